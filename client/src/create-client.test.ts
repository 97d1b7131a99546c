import { inspect } from "node:util";
import { type ApiError, procedure, RESERVED_NAMES } from "@tenon/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { ClientOptions } from "./client-options.ts";
import { createClient } from "./create-client.ts";

namespace items {
  export const list = procedure
    .input({ q: z.string().optional() })
    .output(z.array(z.string()))
    .query(() => []);
  export const read = procedure
    .input({ id: z.int() })
    .output({ id: z.int() })
    .errors({ NOT_FOUND: { status: 404 } })
    .query(({ input }) => input);
}
type App = { "~routes": { items: typeof items; shop: { items: typeof items } } };

/** A client whose fetch answers from a queue and keeps the requests. */
function client(
  answers: readonly (Response | Error)[],
  options: Partial<ClientOptions> = {},
): { api: ReturnType<typeof createClient<App>>; requests: Request[] } {
  const requests: Request[] = [];
  const left = [...answers];
  const api = createClient<App>({
    url: "http://test/base/",
    fetch: async (request) => {
      requests.push(request);
      const answer = left.shift();
      if (answer === undefined || answer instanceof Error) {
        throw answer ?? new Error("no answer left");
      }
      return answer;
    },
    ...options,
  });
  return { api, requests };
}

const notFound = (): Response =>
  new Response('{"status":404,"code":"NOT_FOUND","title":"Not Found"}', {
    status: 404,
    headers: { "content-type": "application/problem+json" },
  });

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the RPC style", () => {
  it("posts the input to the procedure's canonical address", async () => {
    const { api, requests } = client([Response.json({ id: 7 }), Response.json([])]);
    expect(await api.items.read({ id: 7 })).toEqual({ id: 7 });
    expect(await api.shop.items.list()).toEqual([]);
    const [first, second] = requests as [Request, Request];
    expect([first.method, first.url, await first.text()]).toEqual([
      "POST",
      "http://test/base/rpc/items.read",
      '{"id":7}',
    ]);
    expect(first.headers.get("content-type")).toBe("application/json");
    expect(first.headers.get("accept")).toBe("application/vnd.tenon+json, application/json;q=0.9");
    expect([second.url, await second.text()]).toEqual(["http://test/base/rpc/shop.items.list", "{}"]);
  });

  it("throws the ApiError, with the caller in its stack", async () => {
    const { api } = client([notFound()]);
    const caller = async (): Promise<unknown> => {
      const item = await api.items.read({ id: 7 });
      return item;
    };
    const error = (await caller().catch((caught: unknown) => caught)) as ApiError;
    expect(error).toMatchObject({ code: "NOT_FOUND", status: 404 });
    expect(error.stack).toMatch(/^ApiError: NOT_FOUND\n.*caller/s);
  });

  it("throws transport failures, too", async () => {
    const { api } = client([new Error("offline")]);
    await expect(api.items.read({ id: 7 })).rejects.toMatchObject({ code: "NETWORK", status: undefined });
  });

  it("gives a result by .safe instead, whatever fails", async () => {
    const { api } = client([Response.json({ id: 7 }), notFound(), new Error("offline")]);
    expect(await api.items.read.safe({ id: 7 })).toEqual({ ok: true, status: 200, data: { id: 7 } });
    expect(await api.items.read.safe({ id: 7 })).toMatchObject({ ok: false, error: { code: "NOT_FOUND" } });
    expect(await api.items.read.safe({ id: 7 })).toMatchObject({ ok: false, error: { code: "NETWORK" } });
  });

  it("sends credentials, headers of the client and of the call", async () => {
    const { api, requests } = client([Response.json({ id: 7 })], {
      headers: { "x-a": "1" },
      auth: { bearer: async () => "t", apiKey: { query: { key: "k" } } },
    });
    await api.items.read({ id: 7 }, { headers: { "x-b": "2" } });
    const [request] = requests as [Request];
    expect(request.url).toBe("http://test/base/rpc/items.read?key=k");
    expect([
      request.headers.get("authorization"),
      request.headers.get("x-a"),
      request.headers.get("x-b"),
    ]).toEqual(["Bearer t", "1", "2"]);
  });

  it("rejects an input that cannot be sent, also by .safe: that is no failure of the call", async () => {
    const { api, requests } = client([]);
    const circle: Record<string, unknown> = {};
    circle["id"] = circle;
    await expect(api.items.read(circle as never)).rejects.toThrow(TypeError);
    await expect(api.items.read.safe(circle as never)).rejects.toThrow(TypeError);
    expect(requests.length).toBe(0);
  });

  it("passes on what a function for credentials throws", async () => {
    const cause = new Error("no token");
    const { api } = client([], { auth: { bearer: () => Promise.reject(cause) } });
    await expect(api.items.read.safe({ id: 7 })).rejects.toBe(cause);
  });

  it("calls the global fetch of the moment with an address, not a Request", async () => {
    const api = createClient<App>({ url: "http://test" });
    const seen: unknown[] = [];
    vi.stubGlobal("fetch", async (...argument: unknown[]) => {
      seen.push(...argument);
      return Response.json({ id: 7 });
    });
    await api.items.read({ id: 7 });
    expect(seen).toEqual(["http://test/rpc/items.read", expect.objectContaining({ method: "POST" })]);
  });
});

describe("the REST style", () => {
  it("sends path, query and headers by place and gives a result", async () => {
    const { api, requests } = client([Response.json({ id: 7 }), Response.json([])]);
    const one = await api.GET("/items/{id}", { path: { id: 7 } }, { headers: { "x-b": "2" } });
    expect(one).toEqual({ ok: true, status: 200, data: { id: 7 } });
    await api.GET("/items", { query: { q: "a b" } });
    const [first, second] = requests as [Request, Request];
    expect([first.method, first.url, first.headers.get("x-b")]).toEqual([
      "GET",
      "http://test/base/items/7",
      "2",
    ]);
    expect(first.headers.get("content-type")).toBeNull();
    expect(second.url).toBe("http://test/base/items?q=a%20b");
  });

  it("gives failures as results", async () => {
    const { api } = client([notFound(), new Error("offline")]);
    expect(await api.GET("/items/{id}", { path: { id: 7 } })).toMatchObject({
      error: { code: "NOT_FOUND" },
    });
    expect(await api.GET("/items")).toMatchObject({ error: { code: "NETWORK" } });
  });

  it("is sent at once and only once, however often it is awaited", async () => {
    const { api, requests } = client([Response.json([])]);
    const pending = api.GET("/items");
    await Promise.resolve();
    expect(requests.length).toBe(1);
    expect(await pending).toBe(await pending);
    expect(requests.length).toBe(1);
  });

  it("rejects a path value that leads elsewhere", async () => {
    const { api, requests } = client([]);
    await expect(api.GET("/items/{id}", { path: { id: ".." as never } })).rejects.toThrow(TypeError);
    expect(requests.length).toBe(0);
  });
});

describe("the client as an object", () => {
  it("can be awaited, also its parts", async () => {
    const { api, requests } = client([]);
    expect(await (api as unknown)).toBe(api);
    expect(await (api.items as unknown)).toBe(api.items);
    expect(requests.length).toBe(0);
  });

  it("answers undefined to reserved names and symbols", () => {
    const { api } = client([]);
    const members = new Set<string>(["safe", "raw", "stream", "connect"]);
    for (const name of RESERVED_NAMES.filter((reserved) => !members.has(reserved))) {
      expect((api.items.read as unknown as Record<string, unknown>)[name]).toBeUndefined();
    }
    for (const symbol of [Symbol.iterator, Symbol.asyncIterator, Symbol.toPrimitive, Symbol.toStringTag]) {
      expect((api.items as unknown as Record<symbol, unknown>)[symbol]).toBeUndefined();
      expect((api as unknown as Record<symbol, unknown>)[symbol]).toBeUndefined();
    }
    expect((api as unknown as Record<string, unknown>)["HEAD"]).toBeUndefined();
    expect((api as unknown as Record<string, unknown>)["__proto__"]).toBeUndefined();
  });

  it("can be printed and written as JSON without a request", () => {
    const { api, requests } = client([]);
    expect(JSON.stringify({ api, part: api.items })).toBe('{"api":{}}');
    expect(inspect(api)).toBe("{}");
    expect(inspect(api.items.read)).toMatch(/^\[Function/);
    expect(requests.length).toBe(0);
  });

  it("keeps one object for each name, also for names that functions have", () => {
    const { api } = client([]);
    expect(api.items.read).toBe(api.items.read);
    const loose = api.items as unknown as Record<string, unknown>;
    for (const name of ["name", "length", "arguments", "caller", "toString", "hasOwnProperty"]) {
      expect(loose[name]).toBeTypeOf("function");
    }
  });
});

it("calls in process without an address", async () => {
  const seen: string[] = [];
  const api = createClient<{ "~routes": Record<string, never> }>({
    fetch: async (request) => {
      seen.push(request.url);
      return new Response("1", { headers: { "content-type": "application/json" } });
    },
  });
  expect(await (api as unknown as { items: { list(): Promise<unknown> } }).items.list()).toBe(1);
  expect(seen).toEqual(["http://localhost/rpc/items.list"]);
});
