// #region define
import { file, procedure, query, sse } from "@tenon/core";
import { z } from "zod";
import { Book, Id, Tag, Title } from "./book.schema.ts";
import { store } from "./store.ts";

/** What every procedure here starts from: a base is a builder kept in a constant. */
const shop = procedure.use({ store });

/** GET /books?tag=novel&tag=short&limit=20 */
export const list = shop
  .input({
    tags: query(z.array(Tag).default([]), { name: "tag" }),
    limit: z.int().min(1).max(100).default(20),
  })
  .output(z.array(Book))
  .doc({ summary: "List the books that have all these tags" })
  .query(({ input, store }) => store.list({ ...input, at: new Date() }));

/** POST /books, answered with 201 */
export const create = shop
  .input({ title: Title, author: z.string().min(1), tags: z.array(Tag).default([]) })
  .output(Book)
  .errors({ TITLE_TAKEN: { status: 409, data: { id: Id } } })
  .doc({ summary: "Add a book" })
  .mutation(({ input, store, errors }) => {
    const taken = store.findByTitle(input.title);
    return taken ? errors.TITLE_TAKEN({ id: taken.id }) : store.add(input);
  });

/** What is about one book has its id, and this way to fail. */
const one = shop.input({ id: Id }).errors({ NOT_FOUND: { status: 404, data: { id: Id } } });

/** GET /books/{id} */
export const read = one
  .output(Book)
  .doc({ summary: "Read a book" })
  .query(({ input, store, errors }) => store.find(input.id) ?? errors.NOT_FOUND({ id: input.id }));

/** PATCH /books/{id} */
export const update = one
  .input({ title: Title.optional(), tags: z.array(Tag).optional() })
  .output(Book)
  .doc({ summary: "Change a book; what is left out stays" })
  .mutation(({ input: { id, title, tags }, store, errors }) => {
    const book = store.find(id);
    return book
      ? store.save({ ...book, title: title ?? book.title, tags: tags ?? book.tags })
      : errors.NOT_FOUND({ id });
  });
// #endregion

// #region upload
/** PUT /books/{id}/cover, as multipart/form-data */
export const setCover = one
  .route("PUT /{id}/cover")
  .input({ picture: file(z.file().max(500_000).mime(["image/png", "image/jpeg"])) })
  .output(Book)
  .doc({ summary: "Upload a book's cover" })
  .mutation(({ input, store, errors }) => {
    const book = store.find(input.id);
    return book ? store.saveCover(book, input.picture) : errors.NOT_FOUND({ id: input.id });
  });
// #endregion

// #region statuses
/** POST /books/{id}/archive */
export const archive = one
  .route("POST /{id}/archive")
  .input({ at: z.date().optional(), notify: query(z.boolean().default(false)) })
  .output({ 200: Book, 202: { id: Id, archivedAt: z.date() } })
  .doc({ summary: "Take a book off the list, now or later" })
  .mutation(({ input, store, errors, reply, ctx }) => {
    const book = store.find(input.id);
    if (book === undefined) {
      return errors.NOT_FOUND({ id: input.id });
    }
    const now = new Date();
    const archivedAt = input.at ?? now;
    const archived = store.save({ ...book, archivedAt });
    if (input.notify) {
      ctx.after(() => console.log(`"${book.title}" goes off the list at ${archivedAt.toISOString()}.`));
    }
    return archivedAt > now ? reply(202, { id: book.id, archivedAt }) : reply(200, archived);
  });
// #endregion

// #region stream
/** GET /books/watch?after=0 */
export const watch = shop
  .input({ after: z.int().min(0).default(0) })
  .output(Book)
  .doc({ summary: "Follow the books after one of them, as they are added" })
  .stream(async function* ({ input, store, signal, lastEventId }) {
    // A browser's EventSource that lost its connection says what it has seen.
    for await (const book of store.watch(Number(lastEventId ?? input.after), signal)) {
      yield sse(book, { id: String(book.id) });
    }
  });
// #endregion
