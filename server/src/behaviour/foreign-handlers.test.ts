import { once } from "node:events";
import { connect } from "node:net";
import { procedure, router } from "@tenon/core";
import express from "express";
import fastify from "fastify";
import { createSchema, createYoga } from "graphql-yoga";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { type AppOptions, createApp, type Mountable } from "../index.ts";
import { bodyLimit, compress, cors } from "../middleware.ts";
import { type NodeHandler, nodeHandler, type NodeHandlerOptions } from "../node.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const hello = router({ list: procedure.output(z.string()).query(() => "Tenon's own") }, { prefix: "/hello" });
const around = (mounts: Record<`/${string}`, Mountable>, options: AppOptions = {}) =>
  createApp({ hello }, { mounts, ...options });
const mounted = (handler: NodeHandler, options?: NodeHandlerOptions, outer?: AppOptions) =>
  around({ "/node": nodeHandler(handler, options) }, outer);

/** Resolves when the condition holds, which something else makes true. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function expressApp() {
  const app = express();
  app.use(express.json());
  app.get("/", (_request, response) => void response.send("root"));
  app.get("/where/:name", (request, response) => {
    const { originalUrl, baseUrl, url, params, ip, protocol, query } = request;
    response.json({ originalUrl, baseUrl, url, params, ip: ip?.replace("::ffff:", ""), protocol, query });
  });
  app.post("/echo", (request, response) => void response.status(201).json(request.body));
  app.get("/cookies", (_request, response) => {
    response.cookie("a", "1").cookie("b", "2").redirect(303, "/elsewhere");
  });
  app.get("/broken", () => {
    throw new Error("broken");
  });
  app.get("/broken-later", async () => {
    await Promise.resolve();
    throw new Error("broken later");
  });
  return app;
}

behindEveryAdapter("handlers of Node's", (adapter) => {
  it("may be an application of Express: addresses, bodies, cookies, HEAD, beside Tenon's own", async () => {
    const app = around({ "/legacy": nodeHandler(expressApp()) });
    const [own, root, where, echo, cookies, head] = await answers(
      adapter,
      app,
      ["/hello"],
      ["/legacy"],
      ["/legacy/where/a%2Fb?q=1&q=2"],
      ["/legacy/echo", json({ a: [1, "ü"] })],
      ["/legacy/cookies"],
      ["/legacy/where/x", { method: "HEAD" }],
    );
    expect([own?.json, root?.text]).toEqual(["Tenon's own", "root"]);
    expect(where?.json).toMatchObject({
      originalUrl: "/legacy/where/a%2Fb?q=1&q=2",
      baseUrl: "/legacy",
      url: "/where/a%2Fb?q=1&q=2",
      params: { name: "a/b" },
      protocol: "http",
      query: { q: ["1", "2"] },
    });
    expect([echo?.status, echo?.json]).toEqual([201, { a: [1, "ü"] }]);
    expect([cookies?.status, cookies?.headers.get("location")]).toEqual([303, "/elsewhere"]);
    expect(cookies?.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; Path=/"]);
    expect([head?.status, head?.text]).toEqual([200, ""]);
    expect(Number(head?.headers.get("content-length"))).toBeGreaterThan(50);
    expect(where?.headers.get("connection")).not.toBe("close");
  });

  it("are told who calls, by which scheme, as the application around them knows it", async () => {
    const app = around({ "/legacy": nodeHandler(expressApp()) }, { trustProxy: 1, basePath: "/api" });
    const headers = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };
    const [where] = await answers(adapter, app, ["/api/legacy/where/x", { headers }]);
    expect(where?.json).toMatchObject({
      ip: "203.0.113.9",
      protocol: "https",
      originalUrl: "/api/legacy/where/x",
      baseUrl: "/api/legacy",
    });
  });

  it("fail as the application around them does: 404 for what they pass on, 500 for what they throw", async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const app = around({ "/legacy": nodeHandler(expressApp()) }, { onError });
    const malformed = { ...json({}), body: "{" };
    const [missing, broken, later, bad] = await answers(
      adapter,
      app,
      ["/legacy/none"],
      ["/legacy/broken"],
      ["/legacy/broken-later"],
      ["/legacy/echo", malformed],
    );
    expect([missing?.status, missing?.json]).toMatchObject([404, { code: "ROUTE_NOT_FOUND" }]);
    expect([broken?.status, broken?.json]).toMatchObject([500, { code: "INTERNAL" }]);
    expect(later?.status).toBe(500);
    expect(bad?.status).toBe(400);
    expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual(["broken", "broken later"]);
  });

  it("may be an application of Fastify, which starts and closes with the one around it", async () => {
    const inner = fastify();
    const events: string[] = [];
    inner.addHook("onReady", async () => void events.push("ready"));
    inner.addHook("onClose", async () => void events.push("closed"));
    inner.get("/where", async ({ originalUrl, url, ip }) => ({ originalUrl, url, ip }));
    inner.post("/echo", async ({ body }, reply) => reply.code(201).send(body));
    inner.get("/broken", async () => {
      throw new Error("fastify's own");
    });
    const app = around({
      "/fast": nodeHandler((request, response) => inner.routing(request, response), {
        start: () => inner.ready(),
        stop: () => inner.close(),
      }),
    });
    await app.start();
    const [where, echo, missing, broken] = await answers(
      adapter,
      app,
      ["/fast/where?x"],
      ["/fast/echo", json({ a: 1 })],
      ["/fast/none"],
      ["/fast/broken"],
    );
    expect(where?.json).toMatchObject({ originalUrl: "/fast/where?x", url: "/where?x" });
    expect([echo?.status, echo?.json]).toEqual([201, { a: 1 }]);
    expect([missing?.status, broken?.json]).toMatchObject([404, { message: "fastify's own" }]);
    expect(events).toEqual(["ready", "closed"]);
  });

  it("have the middleware of the application around them, which may change their bodies", async () => {
    const big = "x".repeat(5000);
    const app = mounted(
      (_request, response) => response.setHeader("content-type", "text/plain").end(big),
      {},
      {
        middleware: [cors({ origins: ["https://a.test"] }), compress()],
      },
    );
    const headers = { origin: "https://a.test", "accept-encoding": "gzip" };
    const [page] = await answers(adapter, app, ["/node", { headers }]);
    expect(page?.headers.get("access-control-allow-origin")).toBe("https://a.test");
    expect(page?.headers.get("content-encoding")).toBe("gzip");
  });

  it("stream both ways: each part leaves before the next is made", async () => {
    const app = mounted(async (request, response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      for await (const chunk of request) {
        response.write(`got ${String(chunk)};`);
      }
      response.end("end");
    });
    const opened = await adapter.open(app);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const send = (text: string) => void writer.write(new TextEncoder().encode(text));
    send("one");
    const response = await opened.request("/node", {
      method: "POST",
      body: readable,
      duplex: "half",
    } as RequestInit);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toBe("got one;");
    send("two");
    expect(await next()).toBe("got two;");
    await writer.close();
    expect(await next()).toBe("end");
    await opened.close();
  });

  it("wait for callers that do not read", async () => {
    let written = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const app = mounted(async (_request, response) => {
      response.on("close", () => (written = -1));
      while (written >= 0) {
        written += chunk.length;
        if (!response.write(chunk)) {
          await Promise.race([once(response, "drain"), once(response, "close")]);
        }
      }
    });
    const opened = await adapter.open(app);
    const response = await opened.request("/node");
    let before = 0;
    // Buffers fill, and then nothing moves.
    do {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (written !== before);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(64 * 1024 * 1024);
    await response.body?.cancel();
    await until(() => written === -1);
    await opened.close();
  });

  it("hear of callers that go away, before and after their first byte", async () => {
    const gone: string[] = [];
    const reached: string[] = [];
    const app = mounted((request, response) => {
      const name = request.url as string;
      reached.push(name);
      response.on("close", () => gone.push(name));
      if (name === "/late") {
        response.write("first");
      }
    });
    const opened = await adapter.open(app);
    for (const path of ["/early", "/late"]) {
      const controller = new AbortController();
      const asked = opened.request(`/node${path}`, { signal: controller.signal });
      await until(() => reached.includes(path));
      if (path === "/late") {
        await asked;
      }
      controller.abort();
      await asked.then((response) => response.text()).catch(() => {});
      await until(() => gone.includes(path));
    }
    await opened.close();
  });

  it("hold to the limits around them, and may answer without reading", async () => {
    const app = mounted(
      async (request, response) => {
        if (request.url === "/read") {
          for await (const _chunk of request) {
            // Read to the end.
          }
        }
        response.end("answered");
      },
      {},
      { middleware: [bodyLimit(1000)] },
    );
    const body = "x".repeat(5000);
    const [refused, unread] = await answers(
      adapter,
      app,
      ["/node/read", { method: "POST", body }],
      ["/node", { method: "POST", body: "short" }],
    );
    expect(refused?.status).toBe(413);
    expect([unread?.status, unread?.text]).toEqual([200, "answered"]);
  });

  it("break off where they fail after the head, and say so to whom it concerns", async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const app = mounted(
      async (_request, response) => {
        response.write("first");
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new Error("too late");
      },
      { onError },
    );
    const opened = await adapter.open(app);
    const response = await opened.request("/node");
    await expect(response.text()).rejects.toThrow();
    expect(onError.mock.calls).toMatchObject([[{ message: "too late" }]]);
    await opened.close();
  });

  it("answer without a body where there is none", async () => {
    const app = mounted((request, response) => {
      response.writeHead(request.url === "/304" ? 304 : 204, { etag: '"a"' }).end();
    });
    const [none, same] = await answers(adapter, app, ["/node/204"], ["/node/304"]);
    expect([none?.status, none?.text, none?.headers.get("etag")]).toEqual([204, "", '"a"']);
    expect(same?.status).toBe(304);
  });

  it("are not reached by paths that hold what no path holds", async () => {
    const handler = vi.fn<NodeHandler>((_request, response) => response.end());
    await adapter.open(mounted(handler)).then(async (opened) => {
      if (adapter.name === "node") {
        const { hostname, port } = new URL(opened.url);
        const socket = connect(Number(port), hostname);
        socket.write("GET /node\\..\\x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let text = "";
        for await (const chunk of socket) {
          text += String(chunk);
        }
        expect(text).toContain("400 Bad Request");
      }
      await opened.close();
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it("are waited for when the application stops, within its grace", async () => {
    let answer: (() => void) | undefined;
    let isClosed = false;
    const app = mounted((_request, response) => {
      response.on("close", () => (isClosed = true));
      answer = () => response.end("in time");
    });
    const asked = app.fetch(new Request("http://localhost/node"));
    await until(() => answer !== undefined);
    const stopped = app.stop({ grace: 5000 });
    answer?.();
    expect(await (await asked).text()).toBe("in time");
    await stopped;
    expect(isClosed).toBe(true);

    let isReached = false;
    const hanging = mounted(() => (isReached = true));
    const given = hanging.fetch(new Request("http://localhost/node"));
    await until(() => isReached);
    await hanging.stop({ grace: 1 });
    expect((await given).status).toBe(500);
  });
});

behindEveryAdapter("GraphQL Yoga", (adapter) => {
  const yoga = createYoga({
    graphqlEndpoint: "/",
    logging: false,
    schema: createSchema({
      typeDefs: "type User { name: String! age: Int! } type Query { user: User! broken: String }",
      resolvers: {
        Query: {
          user: () => ({ name: "Patrick", age: 100 }),
          broken: () => {
            throw new Error("secret");
          },
        },
      },
    }),
  });

  it("answers below its path, with its own errors", async () => {
    const app = around({ "/graphql": yoga });
    const [user, broken, bad] = await answers(
      adapter,
      app,
      ["/graphql", json({ query: "{ user { name, age } }" })],
      ["/graphql", json({ query: "{ broken }" })],
      ["/graphql", json({ query: "{ nothing }" })],
    );
    expect(user?.json).toEqual({ data: { user: { name: "Patrick", age: 100 } } });
    expect(broken?.text).toContain("Unexpected error");
    expect(broken?.text).not.toContain("secret");
    expect(bad?.text).toContain("Cannot query field");
  });
});

it.each([
  ["an application of Express", expressApp()],
  ["an instance of Fastify", fastify()],
  ["a handler of Node's", (_request: unknown, _response: unknown) => {}],
  ["nothing that answers", {}],
])("%s is not mounted without what makes it mountable", (_what, handler) => {
  expect(() => createApp({}, { mounts: { "/x": handler as never } })).toThrow(/TENON1045.*nodeHandler/);
});
