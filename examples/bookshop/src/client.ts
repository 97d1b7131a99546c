// #region call
import { createClient } from "@tenon/client";
import { match, P } from "ts-pattern";
import type { App } from "./app.ts";

const api = createClient<App>({ url: process.env.BASE_URL || "http://127.0.0.1:8000" });

const title = `Walden ${Date.now().toString(36)}`;
const book = await api.books.create({ title, author: "Henry David Thoreau", tags: ["woods"] });
console.log(`Added book ${book.id} in ${book.addedAt.getFullYear()}: a real Date.`);
// #endregion

// #region errors
const again = await api.books.create.safe({ title, author: "Somebody else" });
const outcome = again.ok
  ? `added as ${again.data.id}`
  : match(again.error)
      .with({ code: "TITLE_TAKEN" }, ({ data }) => `book ${data.id} has that title`)
      .with({ code: "INVALID_INPUT" }, ({ data }) => data.issues.map((issue) => issue.message).join(", "))
      .with({ status: undefined }, ({ code }) => `the server could not be reached (${code})`)
      .with({ title: P.string }, ({ status, title }) => `the server said ${status} ${title}`)
      .exhaustive();
console.log(`Added it again: ${outcome}.`);
// #endregion

// #region rest
const found = await api.GET("/books", { query: { tag: ["woods"], limit: 1 } });
if (found.ok) {
  console.log(`Found ${found.data.length} book REST style, status ${found.status}.`);
}
// #endregion

// #region upload
const picture = new File(["not really a picture"], "walden.png", { type: "image/png" });
const { cover } = await api.books.setCover({ id: book.id, picture });
console.log(`Uploaded ${cover?.name}, ${cover?.size} bytes.`);
// #endregion

// #region statuses
const archived = await api.POST("/books/{id}/archive", {
  path: { id: book.id },
  query: { notify: true },
  body: { at: new Date("2100-01-01") },
});
if (archived.ok) {
  console.log(archived.status === 202 ? `Archived ${archived.data.archivedAt.getFullYear()}.` : "Archived.");
}
// #endregion

// #region stream
for await (const added of api.books.watch.stream({ after: book.id - 1 })) {
  console.log(`The stream says: ${added.title === title ? "our book" : added.title}.`);
  break;
}
// #endregion
