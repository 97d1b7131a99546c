import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Image = z.object({ url: z.url(), name: z.string() }).meta({ id: "Image" });
const Item = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    tax: z.number().nullable().default(null),
    tags: z.set(z.string()).default(new Set()),
    images: z.array(Image).nullable().default(null),
  })
  .meta({ id: "Item" });
const Offer = z
  .object({
    name: z.string(),
    description: z.string().nullable().default(null),
    price: z.number(),
    items: z.array(Item),
  })
  .meta({ id: "Offer" });

const offers = {
  add: procedure
    .route("POST /offers/")
    .input({ offer: body(Offer) })
    .output(Offer)
    .mutation(({ input }) => input.offer),
};

export const routes = { offers: router(offers, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
