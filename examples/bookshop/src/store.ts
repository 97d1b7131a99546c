import { EventEmitter, on } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dependency } from "@tenon/core";
import type { Book } from "./book.schema.ts";

// #region dependency
/** The store, opened when the app starts and closed when it stops. Yours connects to a database here. */
export const store = dependency.scope("app").resolve(async function* () {
  const folder = await mkdtemp(join(tmpdir(), "bookshop-"));
  try {
    yield new Store(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
});
// #endregion

/** Books in memory, covers in a folder. */
export class Store {
  readonly folder: string;
  readonly #books = new Map<number, Book>();
  readonly #events = new EventEmitter();

  constructor(folder: string) {
    this.folder = folder;
  }

  list(wanted: { tags: string[]; limit: number; at: Date }): Book[] {
    return [...this.#books.values()]
      .filter(({ archivedAt }) => archivedAt === null || archivedAt > wanted.at)
      .filter(({ tags }) => wanted.tags.every((tag) => tags.includes(tag)))
      .slice(0, wanted.limit);
  }

  find(id: number): Book | undefined {
    return this.#books.get(id);
  }

  findByTitle(title: string): Book | undefined {
    return [...this.#books.values()].find((book) => book.title === title);
  }

  add(book: Pick<Book, "title" | "author" | "tags">): Book {
    const added = {
      ...book,
      id: this.#books.size + 1,
      addedAt: new Date(),
      archivedAt: null,
      cover: null,
    };
    this.#events.emit("added", this.save(added));
    return added;
  }

  save(book: Book): Book {
    this.#books.set(book.id, book);
    return book;
  }

  async saveCover(book: Book, picture: File): Promise<Book> {
    await writeFile(join(this.folder, `${book.id}.cover`), Buffer.from(await picture.arrayBuffer()));
    const { name, type, size } = picture;
    return this.save({ ...book, cover: { name, type, size } });
  }

  /** The books after one of them, and from then on every book as it is added, until the signal says stop. */
  async *watch(after: number, signal: AbortSignal): AsyncGenerator<Book> {
    const added: AsyncIterable<Book[]> = on(this.#events, "added", { signal });
    yield* [...this.#books.values()].filter(({ id }) => id > after);
    try {
      for await (const books of added) {
        yield* books;
      }
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    }
  }
}
