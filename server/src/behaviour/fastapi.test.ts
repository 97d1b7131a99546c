import { ApiError, body, cookie, dependency, form, header, procedure, query, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { fastapi, TextBody } from "../fastapi.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const nothing = procedure.output(z.unknown());
const routes = {
  items: nothing
    .route("POST /items/{id}/")
    .input({
      id: z.int(),
      size: query(z.number().lt(10.5).multipleOf(0.5)),
      on: query(z.boolean()),
      q: query(z.string().min(3).max(5).regex(/^a/).optional()),
      token: header("x-token", z.uuid()),
      seen: cookie("seen", z.date()),
      item: body(
        z.strictObject({
          name: z.string(),
          price: z.number().gt(0),
          kind: z.enum(["a", "b"]),
          tags: z.array(z.string()).min(1),
        }),
      ),
    })
    .mutation(({ input }) => input),
  login: nothing
    .route("POST /login")
    .input({ username: form(z.string()) })
    .mutation(({ input }) => input),
  gone: nothing
    .errors({ GONE: { status: 410 }, RICH: { status: 409, data: { left: z.int() } } })
    .route("GET /gone")
    .input({ rich: z.boolean().default(false) })
    .query(({ input, errors }) =>
      input.rich ? errors.RICH({ left: 3 }) : errors.GONE({ detail: "It is gone" }),
    ),
};
const app = createApp({ root: router(routes, { prefix: "" }) }, { semantics: fastapi(), onError: () => {} });
const good = {
  "x-token": "ff97dd87-a4a5-4a12-b412-cde99f33e00e",
  cookie: "seen=2024-01-02",
};
const item = { name: "n", price: "1_0.5", kind: "a", tags: ["t"] };

behindEveryAdapter("the profile of FastAPI", (adapter) => {
  it("reads texts and JSON as laxly as pydantic", async () => {
    const [lax] = await answers(adapter, app, [
      "/items/%2B1_000/?size=1e1&size=%201.5%20&on=Y",
      json(item, "POST", good),
    ]);
    expect(lax?.json).toEqual({
      id: 1000,
      size: 1.5,
      on: true,
      token: good["x-token"],
      seen: "2024-01-02T00:00:00.000Z",
      item: { ...item, price: 10.5 },
    });
  });

  it("reads a long text that is nearly a number once", async () => {
    const app = createApp(
      { things: { add: nothing.input({ v: z.number() }).mutation(() => 1) } },
      { semantics: fastapi() },
    );
    for (const text of ["1", "1_", ".1", "1.1_", "1e1_"]) {
      const v = `${text.repeat(Math.floor(900_000 / text.length))}x`;
      const [reply] = await answers(adapter, app, ["/things/add", json({ v })]);
      expect(reply?.json).toMatchObject({ detail: [{ type: "float_parsing", loc: ["body", "v"] }] });
    }
  });

  it("words every complaint in pydantic's types, with locations", async () => {
    const [wrong] = await answers(adapter, app, [
      "/items/1.5/?size=10.6&on=2&q=b",
      json({ price: 0, kind: "c", tags: [], more: 1 }, "POST", { "x-token": "no", cookie: "seen=never" }),
    ]);
    expect(wrong?.status).toBe(422);
    const { detail } = (wrong as { json: unknown }).json as {
      detail: { loc: string[]; type: string; msg: string; ctx?: unknown }[];
    };
    const said = detail.map(({ loc, type, msg, ctx }) => [loc.join("."), type, msg, ctx]);
    expect(said).toEqual(
      expect.arrayContaining([
        [
          "path.id",
          "int_parsing",
          "Input should be a valid integer, unable to parse string as an integer",
          undefined,
        ],
        ["query.size", "less_than", "Input should be less than 10.5", { lt: 10.5 }],
        ["query.size", "multiple_of", "Input should be a multiple of 0.5", { multiple_of: 0.5 }],
        ["query.on", "bool_parsing", "Input should be a valid boolean, unable to interpret input", undefined],
        ["query.q", "string_too_short", "String should have at least 3 characters", { min_length: 3 }],
        ["query.q", "string_pattern_mismatch", "String should match pattern '^a'", { pattern: "^a" }],
        ["header.x-token", "uuid_parsing", "Input should be a valid UUID", undefined],
        ["cookie.seen", "datetime_parsing", "Input should be a valid datetime", undefined],
        ["body.name", "missing", "Field required", undefined],
        ["body.price", "greater_than", "Input should be greater than 0", { gt: 0 }],
        ["body.kind", "enum", "Input should be 'a' or 'b'", { expected: "'a' or 'b'" }],
        ["body.tags", "too_short", "List should have at least 1 item", { min_length: 1 }],
        ["body.more", "extra_forbidden", "Extra inputs are not permitted", undefined],
      ]),
    );
    expect(said).toHaveLength(13);
    expect(wrong?.text).not.toContain("never");
  });

  it("answers malformed and mistyped bodies with 422, missing ones key by key", async () => {
    const path = "/items/1/?size=1&on=1";
    const [broken, mistyped, absent, formless] = await answers(
      adapter,
      app,
      [path, { method: "POST", headers: { ...good, "content-type": "application/json" }, body: "{some}" }],
      [path, { method: "POST", headers: { ...good, "content-type": "text/plain" }, body: "{}" }],
      [path, { method: "POST", headers: good }],
      ["/login", json({ username: "x" })],
    );
    const locations = (reply: typeof broken): unknown =>
      ((reply as { json: unknown }).json as { detail: { loc: unknown }[] }).detail.map(({ loc }) => loc);
    expect([broken, mistyped, absent, formless].map((reply) => reply?.status)).toEqual([422, 422, 422, 422]);
    expect(locations(broken)).toEqual([["body", 1]]);
    expect(locations(mistyped)).toEqual([["body"]]);
    expect(locations(absent)).toEqual([["body"]]);
    expect(locations(formless)).toEqual([["body", "username"]]);
  });

  it("puts sentences and data under detail, and knows FastAPI's wording", async () => {
    const [gone, rich, nowhere, method, head, options] = await answers(
      adapter,
      app,
      ["/gone"],
      ["/gone?rich=1"],
      ["/nowhere"],
      ["/gone", { method: "POST" }],
      ["/gone", { method: "HEAD" }],
      ["/gone", { method: "OPTIONS" }],
    );
    expect([gone?.status, gone?.json]).toEqual([410, { detail: "It is gone" }]);
    expect([rich?.status, rich?.json]).toEqual([409, { detail: { left: 3 } }]);
    expect([nowhere?.status, nowhere?.json]).toEqual([404, { detail: "Not Found" }]);
    expect([method?.status, method?.json]).toEqual([405, { detail: "Method Not Allowed" }]);
    expect(method?.headers.get("allow")).toBe("GET");
    expect([head?.status, options?.status]).toEqual([405, 405]);
  });

  it("redirects slashes both ways by an absolute 307, whatever the method", async () => {
    const [added, removed, other, twice] = await answers(
      adapter,
      app,
      ["/items/1?q=a%20b", { method: "POST" }],
      ["/gone/"],
      ["/items/1"],
      ["//items/1"],
    );
    expect([added?.status, removed?.status, other?.status, twice?.status]).toEqual([307, 307, 307, 404]);
    expect(added?.headers.get("location")).toMatch(/^http:\/\/[\w.:]+\/items\/1\/\?q=a%20b$/);
    expect(removed?.headers.get("location")).toMatch(/^http:\/\/[\w.:]+\/gone$/);
  });

  it("redirects to a catch-all that catches nothing, by an address that no Host header can break", async () => {
    const files = {
      read: nothing
        .route("GET /files/{path*}")
        .input({ path: z.string() })
        .query(({ input }) => input),
    };
    const routes = { root: router(files, { prefix: "" }) };
    const [bare, empty, other] = await answers(
      adapter,
      createApp(routes, { semantics: fastapi() }),
      ["/files?a=b"],
      ["/files/"],
      ["/file"],
    );
    expect([bare?.status, new URL(bare?.headers.get("location") ?? "").pathname]).toEqual([307, "/files/"]);
    expect(bare?.headers.get("location")).toMatch(/\?a=b$/);
    expect([empty?.json, other?.status]).toEqual([{ path: "" }, 404]);
    const [own] = await answers(adapter, createApp(routes), ["/files"]);
    expect(own?.status).toBe(404);
  });

  it("takes the application's own exception handlers", async () => {
    const own = createApp(
      { root: router(routes, { prefix: "" }) },
      {
        semantics: fastapi({
          validationStatus: 400,
          validationError: (detail) => new TextBody(detail.map(({ loc }) => loc.join(".")).join("\n")),
          httpException: (_problem, detail) => new TextBody(String(detail)),
          errors: { GONE: ({ detail }) => ({ message: detail }) },
        }),
      },
    );
    const [gone, nowhere, invalid] = await answers(
      adapter,
      own,
      ["/gone"],
      ["/nowhere"],
      ["/gone?rich=maybe"],
    );
    expect([gone?.status, gone?.json]).toEqual([410, { message: "It is gone" }]);
    expect([nowhere?.status, nowhere?.text]).toEqual([404, "Not Found"]);
    expect(nowhere?.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect([invalid?.status, invalid?.text]).toEqual([400, "query.rich"]);
  });

  it("closes dependencies that name no scope after the response, and lets them change a failure", async () => {
    const events: string[] = [];
    const track = (name: string) =>
      async function* () {
        try {
          yield name;
          events.push(`${name} closes`);
        } catch {
          events.push(`${name} sees the failure`);
          throw new ApiError("OWNER", 400, undefined, { detail: "Owner error: Rick" });
        }
      };
    const usual = dependency.errors({ OWNER: { status: 400 } }).resolve(track("usual"));
    const early = dependency
      .scope("call")
      .errors({ OWNER: { status: 400 } })
      .resolve(track("early"));
    const jobs = {
      good: procedure
        .use({ usual, early })
        .output(z.string())
        .query(({ ctx }) => {
          ctx.after(() => void events.push("background"));
          return "done";
        }),
      bad: procedure
        .use({ usual })
        .output(z.string())
        .query(() => {
          throw new Error("inner");
        }),
    };
    const app = createApp({ jobs }, { semantics: fastapi() });
    const opened = await adapter.open(app);
    await opened.request("/jobs/good").then((reply) => reply.text());
    await expect.poll(() => events).toEqual(["early closes", "background", "usual closes"]);
    const bad = await opened.request("/jobs/bad");
    expect([bad.status, await bad.json()]).toEqual([400, { detail: "Owner error: Rick" }]);
    await opened.close();
  });

  it("documents what FastAPI would", async () => {
    const described = {
      list: nothing
        .errors({ HIDDEN: { status: 410 }, SHOWN: { status: 404, description: "Not found" } })
        .query(() => 1),
    };
    const [answer] = await answers(
      adapter,
      createApp({ described, root: router(routes, { prefix: "" }) }, { semantics: fastapi() }),
      ["/openapi.json"],
    );
    const { paths, tags } = (answer as { json: unknown }).json as {
      paths: Record<string, Record<string, { tags: unknown; responses: Record<string, unknown> }>>;
      tags: unknown;
    };
    expect(tags).toEqual([]);
    expect(paths["/described"]?.["get"]?.responses).toEqual({
      "200": expect.objectContaining({ content: expect.anything() }),
      "404": { description: "Not found" },
    });
    expect(paths["/items/{id}/"]?.["post"]?.tags).toEqual([]);
    expect(paths["/items/{id}/"]?.["post"]?.responses["422"]).toEqual({
      description: "Validation Error",
      content: { "application/json": { schema: { $ref: "#/components/schemas/HTTPValidationError" } } },
    });
  });
});
