import * as z from "zod";

const currency = z.enum(["EUR", "USD", "GBP"]);

export const Id = z.int().min(1);
export const SearchText = z.string().min(1).max(50);
export const Limit = z.int().min(1).max(100);

/** Path and query as the peers decode them: zod's own coercion from text. */
export const Path = z.object({ id: z.coerce.number().int().min(1) });
export const Query = z.object({
  q: SearchText.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(10),
});

export const Item = z.object({
  sku: z.string().regex(/^[A-Z]{3}-\d{5}$/),
  uuid: z.uuid(),
  name: z.string().min(1).max(100),
  description: z.string().max(500),
  price: z.number().min(0),
  currency,
  inStock: z.boolean(),
  quantity: z.int().min(0),
  weight: z.number(),
  rating: z.number().min(0).max(5),
  category: z.string(),
  tags: z.array(z.string().max(30)).max(20),
  dimensions: z.object({
    length: z.number(),
    width: z.number(),
    height: z.number(),
    unit: z.enum(["cm", "in"]),
  }),
  supplier: z.object({
    name: z.string(),
    email: z.email(),
    address: z.object({
      street: z.string(),
      city: z.string(),
      zip: z.string(),
      country: z.string().length(2),
    }),
  }),
  variants: z.array(
    z.object({
      id: z.int(),
      color: z.string(),
      size: z.string(),
      price: z.number().min(0),
      stock: z.int().min(0),
    }),
  ),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  active: z.boolean(),
  note: z.string().nullable(),
});

export const ReadReply = z.object({
  id: z.int(),
  q: z.string().nullable(),
  limit: z.int(),
  name: z.string(),
  tags: z.array(z.string()),
});
export const CreateReply = z.object({ id: z.int(), item: Item });
export const ListReply = z.object({
  items: z.array(
    z.object({
      id: z.int(),
      sku: z.string(),
      name: z.string(),
      price: z.number(),
      currency,
      inStock: z.boolean(),
      quantity: z.int(),
      rating: z.number(),
      createdAt: z.string(),
      owner: z.string(),
    }),
  ),
  total: z.int(),
});
export const HelloReply = z.object({ hello: z.string() });
