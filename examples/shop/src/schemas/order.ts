import { z } from "zod";
import { Id } from "./product.ts";

/** What somebody wants to buy. */
export const Wanted = z.object({ productId: Id, quantity: z.int().min(1).max(100) }).meta({ id: "Wanted" });

/** An order with its lines, at the prices of its day. */
export const Order = z
  .object({
    id: Id,
    customer: z.string(),
    placedAt: z.date(),
    shippedAt: z.date().nullable(),
    lines: z.array(z.object({ productId: Id, name: z.string(), quantity: z.int(), cents: z.int() })),
  })
  .meta({ id: "Order" });
