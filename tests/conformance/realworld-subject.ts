import { app } from "../../examples/realworld/src/app.ts";
import { emittedDocument } from "./emitted-document.ts";
import type { Known } from "./generate-value.ts";
import type { Subject } from "./replay.ts";

/** What posting answers with, as far as it is of interest. */
interface Created {
  readonly user: { readonly token: string };
  readonly article: { readonly slug: string };
  readonly comment: { readonly id: number };
}

const PASSWORD = "correct horse";

/** The RealWorld application as the replay asks it; it has to be started. */
export async function realworldSubject(): Promise<Subject> {
  let count = 0;
  const post = async (path: string, body: unknown, token = ""): Promise<Created> => {
    const headers = { "content-type": "application/json", ...(token === "" ? {} : { authorization: token }) };
    const request = new Request(`http://conformance.test${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    const response = await app.fetch(request);
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as Created;
  };
  const newUser = (): { username: string; email: string; password: string } => {
    count++;
    return { username: `user-${count}`, email: `user-${count}@example.com`, password: PASSWORD };
  };
  const login = newUser();
  await post("/api/users", { user: login });
  const { user } = await post("/api/users", { user: newUser() });
  const token = `Token ${user.token}`;
  const publish = async (): Promise<string> => {
    const article = { title: `Article ${++count}`, description: "About it", body: "All of it" };
    return (await post("/api/articles", { article }, token)).article.slug;
  };
  const slug = await publish();

  const known = async (operation: string): Promise<Known> => {
    switch (operation) {
      case "users.create":
      case "user.update":
        return newUser();
      case "users.login":
        return login;
      case "profiles.read":
      case "profiles.follow":
      case "profiles.unfollow":
        return { username: login.username };
      case "articles.create":
        return { title: `Article ${++count}` };
      case "articles.update":
        return { slug: await publish(), title: `Article ${++count}` };
      case "articles.remove":
        return { slug: await publish() };
      case "comments.remove": {
        const { comment } = await post(
          `/api/articles/${slug}/comments`,
          { comment: { body: "Well said" } },
          token,
        );
        return { slug, id: comment.id };
      }
      default:
        return { slug };
    }
  };

  const fetch = (request: Request): Promise<Response> => app.fetch(request);
  return {
    document: await emittedDocument(fetch),
    fetch,
    credentials: { good: { Token: token }, wrong: { Token: "Token of nobody" } },
    known,
    scenarios: [
      { operation: "users.create", status: 409, known: { username: login.username } },
      { operation: "users.login", status: 401, known: { password: "wrong" } },
      { operation: "articles.read", status: 404, known: { slug: "nothing" } },
      { operation: "articles.update", status: 404, known: { slug: "nothing" } },
      { operation: "articles.update", status: 409, known: { title: "Article 3" } },
      { operation: "comments.remove", status: 404, known: { id: 123_456 } },
      { operation: "profiles.read", status: 404, known: { username: "nobody" } },
    ],
  };
}
