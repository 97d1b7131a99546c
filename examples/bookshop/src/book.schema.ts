import { z } from "zod";

export const Id = z.int().positive();
export const Title = z.string().min(1).max(200);
export const Tag = z.string().min(1).max(30);

/** What a book's cover is, without the picture itself. */
export const Cover = z
  .object({ name: z.string(), type: z.string(), size: z.int() })
  .meta({ id: "Cover", description: "The picture on a book" });

/** A book, as the shop shows it. With `.meta({ id })` it is a component of the OpenAPI document. */
export const Book = z
  .object({
    id: Id,
    title: Title,
    author: z.string(),
    tags: z.array(Tag),
    addedAt: z.date(),
    archivedAt: z.date().nullable(),
    cover: Cover.nullable(),
  })
  .meta({ id: "Book" });

/** A constant and its type share their name; `import type` sees the type alone. */
export type Book = z.infer<typeof Book>;
