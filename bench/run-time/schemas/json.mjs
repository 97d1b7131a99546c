const text = { type: "string" };
const number = { type: "number" };
const integer = { type: "integer" };
const boolean = { type: "boolean" };
const currency = { type: "string", enum: ["EUR", "USD", "GBP"] };
const notNegative = { type: "number", minimum: 0 };
const count = { type: "integer", minimum: 0 };
const dateTime = { type: "string", format: "date-time" };
// Fastify's own dialect of draft 7 knows `nullable`; a union of types costs it a slower serializer.
const textOrNull = { type: "string", nullable: true };

const object = (properties, optional = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

export const Path = object({ id: { type: "integer", minimum: 1 } });
export const Query = object(
  {
    q: { type: "string", minLength: 1, maxLength: 50 },
    limit: { type: "integer", minimum: 1, maximum: 100, default: 10 },
  },
  ["q", "limit"],
);

export const Item = object({
  sku: { type: "string", pattern: "^[A-Z]{3}-\\d{5}$" },
  uuid: { type: "string", format: "uuid" },
  name: { type: "string", minLength: 1, maxLength: 100 },
  description: { type: "string", maxLength: 500 },
  price: notNegative,
  currency,
  inStock: boolean,
  quantity: count,
  weight: number,
  rating: { type: "number", minimum: 0, maximum: 5 },
  category: text,
  tags: { type: "array", items: { type: "string", maxLength: 30 }, maxItems: 20 },
  dimensions: object({
    length: number,
    width: number,
    height: number,
    unit: { type: "string", enum: ["cm", "in"] },
  }),
  supplier: object({
    name: text,
    email: { type: "string", format: "email" },
    address: object({
      street: text,
      city: text,
      zip: text,
      country: { type: "string", minLength: 2, maxLength: 2 },
    }),
  }),
  variants: {
    type: "array",
    items: object({ id: integer, color: text, size: text, price: notNegative, stock: count }),
  },
  createdAt: dateTime,
  updatedAt: dateTime,
  active: boolean,
  note: textOrNull,
});

export const ReadReply = object({
  id: integer,
  q: textOrNull,
  limit: integer,
  name: text,
  tags: { type: "array", items: text },
});
export const CreateReply = object({ id: integer, item: Item });
export const ListReply = object({
  items: {
    type: "array",
    items: object({
      id: integer,
      sku: text,
      name: text,
      price: number,
      currency,
      inStock: boolean,
      quantity: integer,
      rating: number,
      createdAt: text,
      owner: text,
    }),
  },
  total: integer,
});
export const HelloReply = object({ hello: text });
