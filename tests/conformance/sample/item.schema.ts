import { z } from "zod";

/** An enumeration. */
export const Size = z.enum(["s", "m", "l"]);
/** A component of the document, which most of the sample is about. */
export const Item = z
  .object({
    id: z.int(),
    name: z.string().min(1).max(40),
    price: z.number().positive().max(1000),
    tags: z.array(z.string().min(1)).default([]),
    size: Size.optional(),
    note: z.string().nullable(),
  })
  .meta({ id: "Item" });
/** The same, before it has an id. */
export const NewItem = Item.omit({ id: true }).meta({ id: "NewItem" });
/** One of them. */
export const item = { id: 1, name: "Tea", price: 2.5, tags: ["hot"], note: null };
/** The way to fail of whatever is about one. */
export const NOT_FOUND = {
  NOT_FOUND: { status: 404, data: { id: z.int() }, description: "No item has this id." },
} as const;
