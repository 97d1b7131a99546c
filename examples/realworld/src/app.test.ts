import { createClient } from "@tenon/client";
import { beforeAll, expect, it } from "vitest";
import { type App, app } from "./app.ts";
import { answer, call, describeApi, type Person, publish, register } from "./test-api.ts";

describeApi("the app", () => {
  let ada: Person;
  beforeAll(async () => {
    ada = await register("ada");
    await publish(ada, "Both wires");
  });

  const client = () =>
    createClient<App>({
      url: "http://conduit.test",
      headers: () => ({ authorization: `Token ${ada.token}` }),
      fetch: (request) => app.fetch(request),
    });

  it("gives ISO texts to curl and dates to the typed client", async () => {
    const { body } = await call("GET /api/articles/both-wires");
    const { article } = await client().articles.read({ slug: "both-wires" });
    expect(article.createdAt).toEqual(new Date(body.article.createdAt));
    expect(article.createdAt).toBeInstanceOf(Date);
    const reply = await client().GET("/api/articles/{slug}", { path: { slug: "both-wires" } });
    expect(reply.ok && reply.data).toEqual({ article });
  });

  it("gives declared errors to the typed client as they were declared", async () => {
    const result = await client().articles.create.safe({
      article: { title: "Both wires", description: "d", body: "b" },
    });
    expect(!result.ok && result.error).toMatchObject({
      code: "TAKEN",
      status: 409,
      data: { field: "title" },
    });
  });

  it("gives the canonical problem to whoever asks for it, and Conduit's errors to everybody else", async () => {
    const headers = { accept: "application/vnd.tenon+json" };
    const canonical = await call("GET /api/articles/nothing", { headers });
    expect(canonical.headers.get("content-type")).toBe("application/problem+json");
    expect(canonical.body).toEqual({
      type: "about:blank",
      title: "Not Found",
      status: 404,
      code: "NOT_FOUND",
      data: { resource: "article" },
    });
    const plain = await call("GET /api/articles/nothing");
    expect(plain.headers.get("content-type")).toBe("application/json");
    expect(plain.headers.get("vary")).toContain("accept");
  });

  it("answers in Conduit's words where no procedure is", async () => {
    expect(await answer("GET /api/nothing")).toEqual([404, { errors: { request: ["not found"] } }]);
    expect(await answer("PATCH /api/tags")).toEqual([405, { errors: { request: ["method not allowed"] } }]);
  });

  it("lets pages of other origins read replies and errors, and send a token", async () => {
    const headers = { origin: "https://conduit.example" };
    for (const address of ["GET /api/tags", "GET /api/user"] as const) {
      const reply = await call(address, { headers });
      expect(reply.headers.get("access-control-allow-origin")).toBe("*");
    }
    const preflight = await call("OPTIONS /api/articles", {
      headers: { ...headers, "access-control-request-method": "POST" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization, content-type");
  });

  it("lists the tags that articles carry", async () => {
    const { body } = await call("GET /api/tags");
    expect(body.tags).toContain("databases");
  });

  it("can be stopped and started again", async () => {
    await call("GET /api/tags");
    await app.stop();
    await app.start();
    expect((await call("GET /api/tags")).status).toBe(200);
  });
});
