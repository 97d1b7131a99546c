// One contestant of the bench of streams: node bench/streams/server.mjs NAME. Tells its port, and its CPU time when asked.
import { createServer } from "node:http";
import { once } from "node:events";
import { serve as serveHono } from "@hono/node-server";
import { OpenAPIHandler } from "@orpc/openapi/node";
import { eventIterator, os } from "@orpc/server";
import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { serve } from "@tenon/server/node";
import { node as elysiaNode } from "@elysiajs/node";
import { initTRPC } from "@trpc/server";
import { createHTTPServer } from "@trpc/server/adapters/standalone";
import { Elysia, sse } from "elysia";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { WebSocketServer } from "ws";
import { z } from "zod";

const COUNT = Number(process.env.COUNT);
const Item = z.object({ n: z.int(), text: z.string(), tags: z.array(z.string()) });
const item = (n) => ({ n, text: "the quick brown fox", tags: ["one", "two"] });

async function* items() {
  for (let n = 0; n < COUNT; n++) {
    yield item(n);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

const contestants = {
  async raw() {
    const server = createServer((_request, response) => void write(response)).listen(0, "127.0.0.1");
    async function write(response) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let n = 0; n < COUNT; n++) {
        if (!response.write(`data: ${JSON.stringify(item(n))}\n\n`)) {
          await once(response, "drain");
        }
      }
      response.end();
    }
    new WebSocketServer({ server, path: "/socket" }).on("connection", (socket) => {
      socket.on("message", (data) => socket.send(JSON.stringify(JSON.parse(data))));
    });
    await once(server, "listening");
    return { port: server.address().port, stream: "/", socket: "/socket" };
  },
  async tenon() {
    const feed = {
      watch: procedure.output(Item).stream(items),
      echo: procedure
        .route("GET /echo")
        .receive(Item)
        .send(Item)
        .socket(async ({ socket }) => {
          for await (const message of socket) {
            await socket.send(message);
          }
        }),
    };
    const { port } = await serve(createApp({ feed }), { port: 0, signals: false });
    return { port, stream: "/feed/watch", socket: "/feed/echo" };
  },
  async hono() {
    const app = new Hono().get("/", (context) =>
      streamSSE(context, async (stream) => {
        for await (const each of items()) {
          await stream.writeSSE({ data: JSON.stringify(Item.parse(each)) });
        }
      }),
    );
    const server = serveHono({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
    await once(server, "listening");
    return { port: server.address().port, stream: "/" };
  },
  async elysia() {
    const app = new Elysia({ adapter: elysiaNode() }).get("/", async function* () {
      for await (const each of items()) {
        yield sse({ data: Item.parse(each) });
      }
    });
    const port = await freePort();
    await new Promise((resolve) => app.listen({ port, hostname: "127.0.0.1" }, resolve));
    return { port, stream: "/" };
  },
  async trpc() {
    const t = initTRPC.create();
    const server = createHTTPServer({
      router: t.router({ watch: t.procedure.output(z.any()).subscription(items) }),
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return { port: server.address().port, stream: "/watch" };
  },
  async orpc() {
    const watch = os.route({ method: "GET", path: "/watch" }).output(eventIterator(Item)).handler(items);
    const handler = new OpenAPIHandler({ watch });
    const server = createServer((request, response) => void handler.handle(request, response)).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    return { port: server.address().port, stream: "/watch" };
  },
};

process.send(await contestants[process.argv[2]]());
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpu: user + system });
});
