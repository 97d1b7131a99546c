import { body, dependency, header, procedure, query, raw, redirect, router } from "@tenon/core";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { fastapi } from "../fastapi.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const nothing = procedure.output(z.unknown());

/** The operations of a document by path and method, as far as these tests look. */
type Paths = Record<
  string,
  Record<
    string,
    {
      responses: Record<string, { content?: Record<string, unknown>; headers?: object }>;
      requestBody?: object;
    }
  >
>;

function pathsOf(answer: { json: unknown } | undefined): Paths {
  return (answer as { json: { paths: Paths } }).json.paths;
}

behindEveryAdapter("ports from FastAPI", (adapter) => {
  it("let each guard judge by its own parameters, and tell of the others only where none objects", async () => {
    const ran = vi.fn<(name: string) => void>();
    const tokenGuard = dependency
      .input({ token: header("x-token", z.string()) })
      .errors({ BAD_TOKEN: { status: 400 } })
      .resolve(({ input, errors }) => {
        ran("token");
        if (input.token !== "good") {
          throw errors.BAD_TOKEN({ detail: "bad token" });
        }
      });
    const sized = dependency.input({ size: query(z.int()) }).resolve(({ input }) => input.size);
    const sizeGuard = dependency
      .use({ sized })
      .errors({ TOO_BIG: { status: 409 } })
      .resolve(({ sized, errors }) => {
        ran("size");
        if (sized > 9) {
          throw errors.TOO_BIG();
        }
      });
    const handler = vi.fn<() => number>(() => 1);
    const routes = {
      list: nothing
        .guard(tokenGuard, sizeGuard)
        .input({ q: query(z.int().optional()) })
        .query(handler),
    };
    const app = createApp({ things: routes }, { semantics: fastapi() });
    const token = (text: string): RequestInit => ({ headers: { "x-token": text } });
    const [neither, bad, unsized, odd, big, other] = await answers(
      adapter,
      app,
      ["/things"],
      ["/things", token("bad")],
      ["/things", token("good")],
      ["/things?size=x&q=y", token("good")],
      ["/things?size=10"],
      ["/things?size=10&q=y", token("good")],
    );
    const locations = (answer: { json: unknown } | undefined): unknown =>
      (answer as { json: { detail: { loc: unknown }[] } }).json.detail.map(({ loc }) => loc);
    expect([neither?.status, locations(neither)]).toEqual([
      422,
      [
        ["header", "x-token"],
        ["query", "size"],
      ],
    ]);
    expect([bad?.status, bad?.json]).toEqual([400, { detail: "bad token" }]);
    expect([unsized?.status, locations(unsized)]).toEqual([422, [["query", "size"]]]);
    expect([odd?.status, locations(odd)]).toEqual([
      422,
      [
        ["query", "q"],
        ["query", "size"],
      ],
    ]);
    expect([big?.status, other?.status]).toEqual([409, 409]);
    expect(handler).not.toHaveBeenCalled();
    // Nothing ran on a parameter that was refused: the size is judged where it can be read, twice.
    expect(ran.mock.calls.map(([name]) => name).filter((name) => name === "size")).toHaveLength(2);
  });

  it("read bytes and texts whatever their type, and JSON without one only where asked to", async () => {
    const routes = {
      bytes: nothing
        .route("POST /bytes")
        .input({ data: body.bytes({ types: ["application/x-yaml"] }) })
        .mutation(({ input }) => input.data.length),
      item: nothing
        .route("POST /item")
        .input({ item: body(z.object({ name: z.string() })) })
        .mutation(({ input }) => input.item),
    };
    const untyped = (text: string): RequestInit => ({
      method: "POST",
      body: new TextEncoder().encode(text),
    });
    const ask = [
      ["/bytes", untyped("four")],
      ["/bytes", json([1])],
      ["/item", untyped('{"name":"n"}')],
      ["/item", { method: "POST", headers: { "content-type": "text/plain" }, body: '{"name":"n"}' }],
      ["/rpc/root.item", untyped('{"item":{"name":"n"}}')],
    ] as const;
    const statuses = async (strictContentType: boolean): Promise<unknown> => {
      const semantics = fastapi({ strictContentType });
      const app = createApp({ root: router(routes, { prefix: "" }) }, { semantics });
      return (await answers(adapter, app, ...ask)).map(({ status }) => status);
    };
    expect(await statuses(true)).toEqual([200, 200, 422, 422, 422]);
    // The canonical address always asks for the type: no simple cross-site request can send it.
    expect(await statuses(false)).toEqual([200, 200, 200, 422, 422]);
  });

  it("give the handler of refused input what was sent", async () => {
    const routes = {
      item: nothing
        .route("POST /item")
        .input({ item: body(z.object({ size: z.int() })) })
        .mutation(({ input }) => input.item),
    };
    const semantics = fastapi({
      validationError: (errors, _problem, sent) => ({ count: errors.length, sent }),
    });
    const [wrong, broken, none] = await answers(
      adapter,
      createApp({ root: router(routes, { prefix: "" }) }, { semantics }),
      ["/item", json({ size: "XL" })],
      ["/item", { method: "POST", headers: { "content-type": "application/json" }, body: "{oops" }],
      ["/item", { method: "POST" }],
    );
    expect(wrong?.json).toEqual({ count: 1, sent: { size: "XL" } });
    expect(broken?.json).toEqual({ count: 1, sent: "{oops" });
    expect(none?.json).toEqual({ count: 1, sent: null });
  });

  it("refuse what a strict model of headers does not name, beside what clients send by themselves", async () => {
    const routes = {
      list: nothing
        .input({ headers: header(z.strictObject({ save_data: z.boolean() })) })
        .query(({ input }) => input.headers),
    };
    const asked = [
      ["/things", { headers: { "save-data": "1", "user-agent": "x", "x-forwarded-for": "1.1.1.1" } }],
      ["/things", { headers: { "save-data": "1", tool: "plumbus" } }],
    ] as const;
    const [fine, stray] = await answers(
      adapter,
      createApp({ things: routes }, { semantics: fastapi() }),
      ...asked,
    );
    expect(fine?.json).toEqual({ save_data: true });
    expect(stray?.json).toEqual({
      detail: [{ type: "extra_forbidden", loc: ["header", "tool"], msg: "Extra inputs are not permitted" }],
    });
    const own = await answers(adapter, createApp({ things: routes }), ...asked);
    expect(own.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("document neither headers without a description, nor 422 for bodies that nobody validates, nor given replies", async () => {
    const routes = {
      memo: nothing
        .route("POST /memo")
        .input({ data: body.text() })
        .mutation(() => 1),
      headers: nothing
        .route("GET /headers")
        .responseHeaders({ "x-said": z.string().meta({ description: "Said" }), "x-unsaid": z.string() })
        .responseCookies("session")
        .query(({ ctx }) => {
          ctx.response.headers.set("x-said", "1");
          ctx.response.headers.set("x-unsaid", "2");
        }),
      away: procedure
        .route("GET /away")
        .output(redirect(307))
        .query(() => "/there"),
    };
    const [answer] = await answers(
      adapter,
      createApp(
        { root: router(routes, { prefix: "" }) },
        { semantics: fastapi({ undescribed: ["root.away"] }) },
      ),
      ["/openapi.json"],
    );
    const paths = pathsOf(answer);
    expect(Object.keys(paths["/memo"]?.["post"]?.responses ?? {})).toEqual(["200"]);
    expect(Object.keys(paths["/headers"]?.["get"]?.responses["200"]?.headers ?? {})).toEqual(["x-said"]);
    expect(paths["/away"]?.["get"]?.responses).toEqual({
      "200": { description: "OK", content: { "application/json": { schema: {} } } },
    });
  });

  it("answer one status in several media types, each as it is documented", async () => {
    const Item = z.object({ id: z.string() }).meta({ id: "Item" });
    const reported: string[] = [];
    const routes = {
      read: procedure
        .input({ id: z.string() })
        .output(raw({ "application/json": Item, "image/png": true }))
        .query(({ input }) => {
          switch (input.id) {
            case "image":
              return new Response("png", { headers: { "content-type": "image/png" } });
            case "page":
              return new Response("<p>", { headers: { "content-type": "text/html" } });
            default:
              return Response.json(input);
          }
        }),
    };
    const app = createApp({ items: routes }, { onError: (error) => reported.push(String(error)) });
    const [item, image, page, document] = await answers(
      adapter,
      app,
      ["/items/1"],
      ["/items/image"],
      ["/items/page"],
      ["/openapi.json"],
    );
    expect([item?.json, image?.headers.get("content-type"), page?.status]).toEqual([
      { id: "1" },
      "image/png",
      500,
    ]);
    expect(reported).toEqual([
      expect.stringContaining(
        "it promises 200 application/json or image/png, and its Response is 200 text/html",
      ),
    ]);
    expect(pathsOf(document)["/items/{id}"]?.["get"]?.responses["200"]?.content).toEqual({
      "application/json": { schema: { $ref: "#/components/schemas/Item" } },
      "image/png": { schema: {} },
    });
  });
});

it("refuses to leave replies undescribed of what is no operation", () => {
  expect(() => createApp({ items: {} }, { semantics: fastapi({ undescribed: ["items.gone"] }) })).toThrow(
    "TENON1037: 'items.gone' of 'undescribed' is no operation: write an id like 'items.read'",
  );
});

it("refuses raw() of no media type, and of what is none", () => {
  expect(() => raw({})).toThrow("TENON1030: raw({}) has no media type");
  expect(() => raw({ png: true })).toThrow('TENON1030: "png" is no media type');
});
