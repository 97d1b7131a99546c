import { z } from "zod";
import type { ProductRow } from "../data/products.ts";

export const Id = z.int().positive();

/** What staff says of a product. */
export const ProductDetails = z
  .object({
    name: z.string().min(1).max(100),
    description: z.string().max(2000).default(""),
    cents: z.int().min(0).max(100_000_00).meta({ description: "The price in cents" }),
    stock: z.int().min(0).max(1_000_000),
  })
  .meta({ id: "ProductDetails" });

/** A product as everybody sees it. */
export const Product = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    cents: z.int(),
    stock: z.int(),
    hasPicture: z.boolean(),
  })
  .meta({ id: "Product" });

/** A row as everybody sees it. */
export function shown({ picture, ...product }: ProductRow): z.infer<typeof Product> {
  return { ...product, hasPicture: picture !== null };
}
