// #region test
import { createClient } from "@tenon/client";
import { afterAll, expect, it, vi } from "vitest";
import { type App, app } from "./app.ts";

const api = createClient<App>({ url: "http://localhost", fetch: (request) => app.fetch(request) });
afterAll(() => app.stop());

it("adds books and reads them", async () => {
  const { id } = await api.books.create({ title: "Emma", author: "Jane Austen" });
  expect(await api.books.read({ id })).toMatchObject({
    id,
    title: "Emma",
    tags: [],
    addedAt: expect.any(Date),
  });
});

it("says what is wrong with bad input", async () => {
  const result = await api.books.create.safe({ title: "", author: 7 as never });
  expect(result).toMatchObject({
    ok: false,
    error: {
      code: "INVALID_INPUT",
      status: 422,
      data: {
        issues: [
          { in: "body", path: ["title"], code: "too_small" },
          { in: "body", path: ["author"], code: "type" },
        ],
      },
    },
  });
});
// #endregion

it("lists books that have all the tags, no more than the limit", async () => {
  const add = (title: string, tags: string[]) => api.books.create({ title, author: "A", tags });
  await add("One", ["new", "red"]);
  await add("Two", ["new"]);
  await add("Three", ["new", "red"]);
  const titles = async (input: Parameters<typeof api.books.list>[0]) =>
    (await api.books.list(input)).map(({ title }) => title);
  expect(await titles({ tags: ["new", "red"] })).toEqual(["One", "Three"]);
  expect(await titles({ tags: ["new"], limit: 2 })).toEqual(["One", "Two"]);
  const rest = await api.GET("/books", { query: { tag: ["red", "new"], limit: 1 } });
  expect(rest.ok && rest.data.map(({ title }) => title)).toEqual(["One"]);
});

it("refuses a limit that no list has, and a body that is no JSON", async () => {
  const limit = await app.fetch(new Request("http://localhost/books?limit=1000"));
  expect([limit.status, await limit.json()]).toMatchObject([
    422,
    { code: "INVALID_INPUT", errors: [{ in: "query", path: ["limit"], code: "too_big" }] },
  ]);
  const body = { method: "POST", headers: { "content-type": "application/json" }, body: "{" };
  const malformed = await app.fetch(new Request("http://localhost/books", body));
  expect([malformed.status, await malformed.json()]).toMatchObject([400, { code: "MALFORMED_BODY" }]);
});

it("tells which book is not there, or already there", async () => {
  const missing = { ok: false, error: { code: "NOT_FOUND", status: 404, data: { id: 999 } } };
  const picture = new File(["x"], "x.png", { type: "image/png" });
  expect(await api.books.read.safe({ id: 999 })).toMatchObject(missing);
  expect(await api.books.update.safe({ id: 999 })).toMatchObject(missing);
  expect(await api.books.archive.safe({ id: 999 })).toMatchObject(missing);
  expect(await api.books.setCover.safe({ id: 999, picture })).toMatchObject(missing);
  const { id } = await api.books.create({ title: "Middlemarch", author: "George Eliot" });
  await expect(api.books.create({ title: "Middlemarch", author: "B" })).rejects.toMatchObject({
    code: "TITLE_TAKEN",
    data: { id },
  });
});

it("changes what an update names, and leaves the rest", async () => {
  const book = await api.books.create({ title: "Ulises", author: "James Joyce", tags: ["long"] });
  expect(await api.books.update({ id: book.id, title: "Ulysses" })).toEqual({ ...book, title: "Ulysses" });
  expect(await api.books.update({ id: book.id, tags: [] })).toEqual({ ...book, title: "Ulysses", tags: [] });
});

it("takes a picture as a cover, and nothing else", async () => {
  const { id } = await api.books.create({ title: "Dracula", author: "Bram Stoker" });
  const picture = (content: string, type: string) => new File([content], "cover", { type });
  const { cover } = await api.books.setCover({ id, picture: picture("png!", "image/png") });
  expect(cover).toEqual({ name: "cover", type: "image/png", size: 4 });
  const refused = [picture("text", "text/plain"), picture("x".repeat(500_001), "image/png")];
  for (const picture of refused) {
    expect(await api.books.setCover.safe({ id, picture })).toMatchObject({
      error: { code: "INVALID_INPUT", data: { issues: [{ in: "body", path: ["picture"] }] } },
    });
  }
  expect(await api.books.read({ id })).toMatchObject({ cover });
});

it("archives now with one status, later with another, and tells of it when asked", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const { id } = await api.books.create({ title: "Utopia", author: "Thomas More", tags: ["old"] });
  const later = new Date("2100-01-01");
  expect(await api.books.archive.safe({ id, at: later, notify: true })).toEqual({
    ok: true,
    status: 202,
    data: { id, archivedAt: later },
  });
  expect(await api.books.list({ tags: ["old"] })).toHaveLength(1);
  await expect.poll(() => log.mock.calls).toEqual([[expect.stringContaining("2100-01-01")]]);
  expect(await api.POST("/books/{id}/archive", { path: { id } })).toMatchObject({
    status: 200,
    data: { id, archivedAt: expect.any(Date) },
  });
  expect(await api.books.list({ tags: ["old"] })).toEqual([]);
  expect(log).toHaveBeenCalledTimes(1);
  log.mockRestore();
});

it("streams the books there are, then each as it is added, until the reader leaves", async () => {
  const first = await api.books.create({ title: "Part 1", author: "A" });
  const seen: string[] = [];
  for await (const { title, addedAt } of api.books.watch.stream({ after: first.id - 1 })) {
    expect(addedAt).toBeInstanceOf(Date);
    seen.push(title);
    if (seen.length === 2) {
      break;
    }
    await api.books.create({ title: `Part ${seen.length + 1}`, author: "A" });
  }
  expect(seen).toEqual(["Part 1", "Part 2"]);
});

it("resumes a stream after the event that a reader has seen", async () => {
  const { id } = await api.books.create({ title: "Chapter 1", author: "A" });
  await api.books.create({ title: "Chapter 2", author: "A" });
  const headers = { "last-event-id": String(id) };
  const response = await app.fetch(new Request("http://localhost/books/watch", { headers }));
  const reader = response.body!.getReader();
  const event = new TextDecoder().decode((await reader.read()).value);
  expect(event).toMatch(new RegExp(`^id: ${id + 1}\ndata: .*"title":"Chapter 2"`));
  await reader.cancel();
});
