import { createClient } from "@tenon/client";
import { match, P } from "ts-pattern";
import type { App } from "./app.ts";

// #region client
let token: string | undefined;

const api = createClient<App>({
  url: process.env.BASE_URL || "http://127.0.0.1:8000",
  headers: () => (token === undefined ? {} : { authorization: `Token ${token}` }),
});
// #endregion

const username = `visitor-${Date.now().toString(36)}`;
const { user } = await api.users.create({
  user: { username, email: `${username}@example.com`, password: "correct horse battery staple" },
});
token = user.token;
console.log(`Registered ${user.username}.`);

// #region call
const { article } = await api.articles.create({
  article: {
    title: `Hello from ${username}`,
    description: "A first try",
    body: "# Hello",
    tagList: ["hello"],
  },
});
console.log(`Published "${article.title}" in ${article.createdAt.getFullYear()}: a real Date.`);
// #endregion

const { comment } = await api.comments.create({ slug: article.slug, comment: { body: "Well said!" } });
console.log(`Commented: "${comment.body}"`);

const page = await api.articles.list({ author: username });
console.log(`Found ${page.articlesCount} article by ${username}: ${page.articles[0]?.slug}`);

// #region errors
const result = await api.articles.create.safe({
  article: { title: article.title, description: "The same title again", body: "…" },
});
const outcome = result.ok
  ? `published as ${result.data.article.slug}`
  : match(result.error)
      .with({ code: "TAKEN" }, ({ data }) => `the ${data.field} has already been taken`)
      .with({ code: "UNAUTHENTICATED" }, () => "please sign in first")
      .with({ code: "INVALID_INPUT" }, ({ data }) => data.issues.map((issue) => issue.message).join(", "))
      .with({ status: undefined }, ({ code }) => `the server could not be reached (${code})`)
      .with({ title: P.string }, ({ status, title }) => `the server said ${status} ${title}`)
      .exhaustive();
console.log(`Published it again: ${outcome}.`);
// #endregion

// #region rest
const reply = await api.GET("/api/articles/{slug}/comments", { path: { slug: article.slug } });
if (reply.ok) {
  console.log(`Read ${reply.data.comments.length} comment REST style, status ${reply.status}.`);
}
// #endregion
