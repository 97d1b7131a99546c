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

const Sort = z.enum(["price", "name", "rating"]);
const Order = z.enum(["asc", "desc"]);
const Color = z.enum(["red", "green", "blue"]);

/** A form as Tenon reads it: texts by the types of their fields. */
export const LoginFields = {
  name: z.string().min(1).max(100),
  email: z.email(),
  age: z.int().min(18).max(150),
  remember: z.boolean(),
  interest: z.array(z.string()).max(10),
};
export const LoginReply = z.object(LoginFields);

/** The same with zod's own coercion from text, for the peers. */
export const LoginForm = z.object({
  ...LoginFields,
  age: z.coerce.number().int().min(18).max(150),
  remember: z.stringbool(),
});

export const UploadReply = z.object({ size: z.int() });

export const SearchFields = {
  q: z.string().min(1).max(100),
  page: z.int().min(1),
  limit: z.int().min(1).max(100),
  sort: Sort,
  order: Order,
  minPrice: z.number().min(0),
  maxPrice: z.number().min(0),
  inStock: z.boolean(),
  brand: z.array(z.string().min(1)).max(10),
  color: z.array(Color).max(3),
  size: z.array(z.int().min(0)).max(10),
  rating: z.int().min(0).max(5),
  seller: z.int(),
  country: z.string().length(2),
  language: z.string().length(2),
  currency,
  since: z.iso.date(),
  until: z.iso.date(),
  warehouse: z.array(z.string()).max(10),
  weight: z.number(),
  isNew: z.boolean(),
  isSale: z.boolean(),
};
export const SearchReply = z.object(SearchFields);

const integer = z.coerce.number().int();
export const SearchQuery = z.object({
  ...SearchFields,
  page: integer.min(1),
  limit: integer.min(1).max(100),
  minPrice: z.coerce.number().min(0),
  maxPrice: z.coerce.number().min(0),
  inStock: z.stringbool(),
  size: z.array(integer.min(0)).max(10),
  rating: integer.min(0).max(5),
  seller: integer,
  weight: z.coerce.number(),
  isNew: z.stringbool(),
  isSale: z.stringbool(),
});
