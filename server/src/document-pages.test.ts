import { Validator } from "@seriousme/openapi-schema-validator";
import { callback, procedure, query, webhook } from "@tenon/core";
import type { OpenAPIObject } from "@tenon/core/openapi";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { createApp } from "./app.ts";
import { relativePath } from "./docs/relative-path.ts";

const things = {
  list: procedure.output(z.array(z.string())).query(() => []),
  secret: procedure
    .output(z.string())
    .doc({ hidden: true })
    .query(() => ""),
};
const app = createApp({ things }, { info: { title: "Things", version: "1.2.3" } });
const get = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
  app.fetch(new Request(`http://x${path}`, { method, headers }));

describe("the document's page", () => {
  it("is the document of the application", async () => {
    const response = await get("/openapi.json");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({
      openapi: "3.1.1",
      info: { title: "Things", version: "1.2.3" },
      paths: { "/things": { get: { operationId: "things.list", "x-tenon-rpc": "/rpc/things.list" } } },
    });
  });

  it("answers with 304 where the caller has it", async () => {
    const tag = (await get("/openapi.json")).headers.get("etag") as string;
    expect(tag).toMatch(/^"[0-9a-f]{24}"$/);
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
      const response = await get("/openapi.json", { "if-none-match": known });
      expect([known, response.status, await response.text()]).toEqual([known, 304, ""]);
      expect(response.headers.get("etag")).toBe(tag);
      expect(response.headers.get("content-type")).toBeNull();
    }
    expect((await get("/openapi.json", { "if-none-match": '"x"' })).status).toBe(200);
  });

  it("has a tag that another application does not have", async () => {
    const other = createApp({ things }, { info: { title: "Others", version: "1" } });
    const tag = (await other.fetch(new Request("http://x/openapi.json"))).headers.get("etag");
    expect(tag).not.toBe((await get("/openapi.json")).headers.get("etag"));
  });

  it("knows what the application says about errors, addresses and time", async () => {
    const plain = createApp(
      { things },
      {
        rpc: false,
        limits: { timeout: 0 },
        semantics: {
          envelope: { schema: z.object({ e: z.string() }), map: () => ({ e: "" }) },
          statuses: {},
        },
      },
    );
    const text = await (await plain.fetch(new Request("http://x/openapi.json"))).text();
    expect(text).not.toContain("x-tenon-rpc");
    expect(text).not.toContain("TIMEOUT");
    expect(text).toContain('"application/json":{"schema":{"type":"object","properties":{"e"');
  });
});

describe("the docs", () => {
  it.each([
    [{}, '<a href="asyncapi.json">its sockets</a>'],
    [{ docs: "/a/docs", asyncapi: "/sockets.json" }, '<a href="../sockets.json">its sockets</a>'],
    [{ asyncapi: false }, undefined],
  ] as const)("lead to the document of sockets, with %j to %s", async (options, link) => {
    const talk = procedure
      .receive(z.string())
      .send(z.string())
      .socket(() => {});
    const read = async (routes: object): Promise<string> => {
      const app = createApp(routes, options);
      return (await app.fetch(new Request(`http://x${"docs" in options ? options.docs : "/docs"}`))).text();
    };
    const page = await read({ things, chat: { talk } });
    if (link === undefined) {
      expect(page).not.toContain("AsyncAPI");
    } else {
      expect(page).toContain(link);
    }
    expect(await read({ things })).not.toContain("AsyncAPI");
  });

  it("are a page with its files, under a strict policy", async () => {
    const response = await get("/docs");
    const page = await response.text();
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page).toContain("<h1");
    const files = [...page.matchAll(/"(docs\/assets\/[^"]+)"/g)].map(([, file]) => file);
    expect(files).toHaveLength(2);
    for (const file of files) {
      const asset = await get(`/${file}`);
      expect([file, asset.status]).toEqual([file, 200]);
      expect(asset.headers.get("cache-control")).toContain("immutable");
      expect(asset.headers.get("content-type")).toMatch(/^text\/(?:css|javascript); charset=utf-8$/);
    }
  });

  it("refuse files that they do not have", async () => {
    expect((await get("/docs/assets/other.js")).status).toBe(404);
    expect((await get("/docs/assets/..%2f..%2fpackage.json")).status).toBeGreaterThanOrEqual(400);
  });

  it("answer with 304 and to HEAD", async () => {
    const tag = (await get("/docs")).headers.get("etag") as string;
    expect((await get("/docs", { "if-none-match": tag })).status).toBe(304);
    const head = await get("/docs", {}, "HEAD");
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("can be elsewhere, or nowhere", async () => {
    const status = async (options: object, path: string): Promise<number> =>
      (await createApp({ things }, options).fetch(new Request(`http://x${path}`))).status;
    expect(await status({ docs: "/a/reference" }, "/a/reference")).toBe(200);
    expect(await status({ docs: false }, "/docs")).toBe(404);
    expect(await status({ docs: false }, "/openapi.json")).toBe(200);
    expect(await status({ openapi: false }, "/openapi.json")).toBe(404);
    expect(await status({ openapi: false }, "/docs")).toBe(404);
    expect(await status({ openapi: "/api/v1.json" }, "/api/v1.json")).toBe(200);
  });
});

describe("relativePath", () => {
  it.each([
    ["/docs", "/docs", "docs"],
    ["/docs", "/openapi.json", "openapi.json"],
    ["/a/docs", "/openapi.json", "../openapi.json"],
    ["/a/docs", "/a/b/openapi.json", "b/openapi.json"],
    ["/a/b/docs", "/a/c/openapi.json", "../c/openapi.json"],
  ])("leads from %s to %s by %s", (from, to, expected) => {
    expect(relativePath(from, to)).toBe(expected);
    expect(new URL(expected, `http://x${from}`).pathname).toBe(to);
  });
});

describe("what an application says of its document", () => {
  const paid = webhook({ body: { id: z.int() }, summary: "An invoice was paid" });
  const told = callback("POST {$request.query.url}/told", { body: { id: z.int() } });
  const invoices = {
    create: procedure
      .input({ url: query(z.url()), title: z.string() })
      .output({ id: z.int() })
      .doc({
        callbacks: { told },
        links: { read: { operation: "invoices.read", parameters: { id: "$response.body#/id" } } },
        examples: { normal: { summary: "A normal one", value: { title: "T" } } },
        responseExamples: { made: { value: { id: 1 } } },
        parameterExamples: { url: { mine: { value: "https://me.test/" } } },
      })
      .mutation(() => ({ id: 1 })),
    read: procedure
      .input({ id: z.int() })
      .output(z.int().nullable())
      .query(({ input }) => input.id),
    watch: procedure.output(z.int()).stream(async function* () {
      yield 1;
    }),
  };
  const open = async (
    options: Parameters<typeof createApp>[1],
    path = "/openapi.json",
  ): Promise<Response> => {
    const app = createApp({ invoices }, { webhooks: { paid }, ...options });
    return app.fetch(new Request(`http://x${path}`));
  };

  it("comes in every version of OpenAPI, each valid by its official schema", async () => {
    for (const openapiVersion of ["3.0.3", "3.1.1", "3.2.0"] as const) {
      const document = (await (await open({ openapiVersion })).json()) as { openapi: string };
      expect(document.openapi).toBe(openapiVersion);
      const { valid, errors } = await new Validator().validate(document as never);
      expect([openapiVersion, valid, errors]).toEqual([openapiVersion, true, undefined]);
    }
  });

  it("comes as YAML, too, with a tag of its own", async () => {
    const yaml = await open({}, "/openapi.yaml");
    expect(yaml.headers.get("content-type")).toBe("application/yaml");
    expect(yaml.headers.get("etag")).not.toBe((await open({})).headers.get("etag"));
    expect(parse(await yaml.text())).toEqual(await (await open({})).json());
  });

  it("is what the application's last word makes of it, in the docs as well", async () => {
    const transform = (document: OpenAPIObject): OpenAPIObject => ({
      ...document,
      info: { ...document.info, title: "Mine", "x-logo": { url: "logo.png" } },
    });
    expect(await (await open({ transform })).json()).toMatchObject({
      info: { title: "Mine", "x-logo": { url: "logo.png" } },
    });
    expect(await (await open({ transform }, "/docs")).text()).toContain("<title>Mine");
  });

  it("names webhooks, callbacks, links and examples", async () => {
    const document = (await (await open({})).json()) as OpenAPIObject;
    const body = { content: { "application/json": { schema: expect.any(Object) as object } } };
    expect(document.webhooks).toMatchObject({
      paid: { post: { summary: "An invoice was paid", requestBody: body } },
    });
    expect(document.paths?.["/invoices"]?.post).toMatchObject({
      callbacks: { told: { "{$request.query.url}/told": { post: { requestBody: body } } } },
      parameters: [{ name: "url", examples: { mine: { value: "https://me.test/" } } }],
      requestBody: {
        content: {
          "application/json": { examples: { normal: { summary: "A normal one", value: { title: "T" } } } },
        },
      },
      responses: {
        "201": {
          links: { read: { operationId: "invoices.read", parameters: { id: "$response.body#/id" } } },
          content: { "application/json": { examples: { made: { value: { id: 1 } } } } },
        },
      },
    });
    const docs = await (await open({}, "/docs")).text();
    expect(docs).toContain('id="webhook-paid"');
    expect(docs).toContain("{$request.query.url}/told");
  });

  it("does not answer at the address of a webhook", async () => {
    expect((await open({}, "/paid")).status).toBe(404);
  });
});
