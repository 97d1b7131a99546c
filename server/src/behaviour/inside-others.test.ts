import { type AddressInfo, connect } from "node:net";
import { createServer } from "node:http";
import { dependency, file, procedure, router } from "@tenon/core";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { type AppOptions, createApp, routeHandlers } from "../index.ts";
import { fastifyPlugin } from "../fastify.ts";
import { createMiddleware, createUpgradeListener } from "../node.ts";
import { json } from "./adapters.ts";

const events: string[] = [];
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) {
    await close();
  }
  events.length = 0;
});

const life = dependency.scope("app").resolve(async function* () {
  events.push("opens");
  yield 1;
  events.push("closes");
});

function make(options: AppOptions = {}) {
  const items = {
    list: procedure
      .use({ life })
      .output(z.string())
      .query(({ ctx }) => ctx.url.pathname),
    create: procedure
      .input({ name: z.string(), price: z.number() })
      .output({ name: z.string(), price: z.number() })
      .mutation(({ input, ctx }) => {
        ctx.cookies.set("own", "1");
        ctx.cookies.set("other", "2");
        return input;
      }),
    upload: procedure
      .input({ picture: file() })
      .output(z.int())
      .mutation(({ input }) => input.picture.size),
    watch: procedure.output(z.int()).stream(async function* ({ signal }) {
      try {
        yield 1;
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      } finally {
        events.push("left");
      }
    }),
    chat: procedure
      .route("GET /chat")
      .receive(z.string())
      .send(z.string())
      .socket(async ({ socket }) => {
        for await (const text of socket) {
          await socket.send(text);
        }
      }),
  };
  return createApp(
    { items: router(items) },
    { info: { title: "Shop", version: "1" }, onError: () => {}, ...options },
  );
}

async function listen(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const body = json({ name: "pen", price: 2 });

it("is middleware of Express: answers what it has an address for, and passes on everything else", async () => {
  const app = make();
  const outer = express();
  outer.use("/api", createMiddleware(app));
  outer.get("/api/other", (_request, response) => void response.send("Express's own"));
  outer.get("/items", (_request, response) => void response.send("not below /api"));
  const url = await listen(outer);
  const ask = (path: string, init?: RequestInit) => fetch(url + path, { redirect: "manual", ...init });
  expect(await (await ask("/api/items")).json()).toBe("/api/items");
  expect(await (await ask("/api/items", body)).json()).toEqual({ name: "pen", price: 2 });
  expect(await (await ask("/api/other")).text()).toBe("Express's own");
  expect(await (await ask("/items")).text()).toBe("not below /api");
  expect((await ask("/api/none")).status).toBe(404);
  const wrong = await ask("/api/items", { method: "DELETE" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS, POST"]);
  expect((await ask("/api/items/")).headers.get("location")).toBe("/api/items");
  expect(await (await ask("/api/openapi.json")).json()).toMatchObject({ servers: [{ url: "/api" }] });
  expect(await (await ask("/api/docs")).text()).toContain("<title>Shop");
  await app.stop();
  expect(events).toEqual(["opens", "closes"]);
});

it("takes what Express's parsers made of a body, and says what is the matter where that is not enough", async () => {
  const onError = vi.fn<(error: unknown) => void>();
  const app = make({ onError, limits: { body: 100 } });
  const outer = express();
  outer.use(express.json(), express.urlencoded(), createMiddleware(app));
  const url = await listen(outer);
  const parsed = await fetch(`${url}/items`, body);
  expect([parsed.status, await parsed.json()]).toEqual([201, { name: "pen", price: 2 }]);
  const wrong = await fetch(`${url}/items`, json({ name: 1 }));
  expect(wrong.status).toBe(422);
  const large = await fetch(`${url}/items`, json({ name: "x".repeat(200), price: 1 }));
  expect(large.status).toBe(413);
  const form = new FormData();
  form.set("picture", new File(["abc"], "a.png"));
  expect(await (await fetch(`${url}/items/upload`, { method: "POST", body: form })).json()).toBe(3);
  expect(onError).not.toHaveBeenCalled();

  const strict = express();
  strict.use(express.urlencoded(), createMiddleware(app));
  const strictUrl = await listen(strict);
  const read = await fetch(`${strictUrl}/items`, { method: "POST", body: new URLSearchParams({ a: "1" }) });
  expect(read.status).toBe(415);
  const bytes = express();
  bytes.use(express.raw({ type: "*/*" }), createMiddleware(app));
  expect((await fetch(`${await listen(bytes)}/items`, body)).status).toBe(201);
});

it("keeps the headers and cookies that were set before it", async () => {
  const outer = express();
  outer.use((_request, response, next) => {
    response.cookie("session", "a").set("x-before", "1");
    next();
  });
  outer.use(createMiddleware(make()));
  const response = await fetch(`${await listen(outer)}/items`, body);
  expect(response.headers.getSetCookie()).toEqual([
    "own=1; Path=/; HttpOnly; Secure; SameSite=Lax",
    "other=2; Path=/; HttpOnly; Secure; SameSite=Lax",
    "session=a; Path=/",
  ]);
  expect(response.headers.get("x-before")).toBe("1");
});

it("closes its streams in Express where their callers leave", async () => {
  const outer = express();
  outer.use(createMiddleware(make()));
  const controller = new AbortController();
  const response = await fetch(`${await listen(outer)}/items/watch`, { signal: controller.signal });
  await response.body?.getReader().read();
  controller.abort();
  await vi.waitFor(() => expect(events).toContain("left"));
});

it("opens sockets on a server of somebody else's", async () => {
  const app = make();
  const server = createServer(express().use("/api", createMiddleware(app)));
  server.on("upgrade", createUpgradeListener(app, server, { basePath: "/api" }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.write(
    "GET /api/items/chat HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  const first = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
  expect(first).toContain("101 Switching Protocols");
  socket.destroy();
  await app.stop();
  server.close();
});

it("is a plugin of Fastify: below its prefix, with Fastify's life and its headers", async () => {
  const outer = fastify({ forceCloseConnections: true });
  outer.addHook("onRequest", async (_request, reply) => void reply.header("x-fastify", "1"));
  outer.get("/api/other", async () => "Fastify's own");
  outer.setNotFoundHandler((_request, reply) => reply.code(404).send("Fastify's 404"));
  await outer.register(fastifyPlugin(make()), { prefix: "/api" });
  const url = await outer.listen({ port: 0, host: "127.0.0.1" });
  expect(events).toEqual(["opens"]);
  const listed = await fetch(`${url}/api/items?x=1`);
  expect([await listed.json(), listed.headers.get("x-fastify")]).toEqual(["/api/items", "1"]);
  const made = await fetch(`${url}/api/items`, body);
  expect([made.status, await made.json()]).toEqual([201, { name: "pen", price: 2 }]);
  expect((await fetch(`${url}/api/items`, { ...body, body: "{" })).status).toBe(400);
  const form = new FormData();
  form.set("picture", new File(["abcd"], "a.png"));
  expect(await (await fetch(`${url}/api/items/upload`, { method: "POST", body: form })).json()).toBe(4);
  expect(await (await fetch(`${url}/api/other`)).text()).toBe("Fastify's own");
  const none = await fetch(`${url}/api/none`);
  expect([none.status, await none.text()]).toEqual([404, "Fastify's 404"]);
  expect((await fetch(`${url}/api/items`, { method: "HEAD" })).status).toBe(200);
  expect((await fetch(`${url}/api/items`, { method: "PATCH" })).status).toBe(405);
  expect(await (await fetch(`${url}/api/openapi.json`)).json()).toMatchObject({ servers: [{ url: "/api" }] });
  const stream = await fetch(`${url}/api/items/watch`);
  await stream.body?.getReader().read();
  await outer.close();
  expect(events).toEqual(["opens", "left", "closes"]);
});

it("is what a file of routes of Next.js exports, at the path that the file has", async () => {
  // The contract: (request, { params }) => Promise<Response>, the request with its whole address.
  const { GET, POST, DELETE, OPTIONS, HEAD } = routeHandlers(make(), { basePath: "/api" });
  type RouteHandler = (
    request: Request,
    context: { params: Promise<{ path?: string[] }> },
  ) => Promise<Response> | Response;
  const handlers: Record<string, RouteHandler> = { GET, POST, DELETE, OPTIONS, HEAD };
  const ask = (path: string, init: RequestInit = {}) =>
    (handlers[init.method ?? "GET"] as RouteHandler)(new Request(`https://shop.example${path}`, init), {
      params: Promise.resolve({ path: path.split("/").slice(2) }),
    });
  expect(await (await ask("/api/items")).json()).toBe("/api/items");
  expect((await ask("/api/items", body)).status).toBe(201);
  expect((await ask("/api/items", { method: "DELETE" })).status).toBe(405);
  expect((await ask("/api/items", { method: "OPTIONS" })).status).toBe(204);
  expect((await ask("/api/items", { method: "HEAD" })).status).toBe(200);
  expect((await ask("/items")).status).toBe(200);
  expect(await (await ask("/api/openapi.json")).json()).toMatchObject({ servers: [{ url: "/api" }] });
});

it("is mounted in Hono, with or without the path in the address", async () => {
  const app = make();
  const outer = new Hono();
  outer.all("/api/*", (context) => app.fetch(context.req.raw, { basePath: "/api" }));
  outer.mount("/stripped", (request) => make({ basePath: "/stripped" }).fetch(request));
  outer.get("/own", (context) => context.text("Hono's own"));
  expect(await (await outer.request("/api/items")).json()).toBe("/api/items");
  expect((await outer.request("/api/items", body)).status).toBe(201);
  expect(await (await outer.request("/stripped/items")).json()).toBe("/stripped/items");
  expect(await (await outer.request("/own")).text()).toBe("Hono's own");
});
