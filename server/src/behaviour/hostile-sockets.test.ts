import { dependency, procedure, router } from "@tenon/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WebSocket as NodeWebSocket } from "ws";
import { z } from "zod";
import { createApp } from "../app.ts";
import { type RunningServer, serve } from "../node.ts";
import { sendRaw } from "./adapters.ts";

interface Tree {
  children: Tree[];
}
const Tree: z.ZodType<Tree> = z.object({
  get children() {
    return z.array(Tree);
  },
});

const events: string[] = [];
const reported: unknown[] = [];
const session = dependency.resolve(async function* () {
  try {
    yield 1;
  } finally {
    events.push("session closes");
  }
});
const pool = dependency.scope("request").resolve(async function* () {
  try {
    yield 1;
  } finally {
    events.push("pool closes");
  }
});
const slow = dependency.use({ session }).resolve(() => new Promise((resolve) => setTimeout(resolve, 50)));
const sockets = {
  echo: procedure
    .route("GET /echo")
    .use({ pool, session })
    .receive({ text: z.string() })
    .send({ text: z.string() })
    .socket(async ({ socket }) => {
      for await (const message of socket) {
        await socket.send(message);
      }
    }),
  tree: procedure
    .route("GET /tree")
    .receive(Tree)
    .send(z.string())
    .socket(async ({ socket }) => {
      for await (const _ of socket) {
        await socket.send("kept");
      }
    }),
  picky: procedure
    .route("GET /picky")
    .receive(
      z.string().refine(() => {
        throw new Error("secret");
      }),
    )
    .send(z.string())
    .socket(async ({ socket }) => {
      for await (const _ of socket) {
        await socket.send("kept");
      }
    }),
  deaf: procedure
    .route("GET /deaf")
    .receive(z.string())
    .send(z.string())
    .socket(
      ({ signal }) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve())),
    ),
  broken: procedure
    .route("GET /broken")
    .use({ pool, session })
    .receive(z.string())
    .send(z.string())
    .socket(async () => {
      throw new Error("secret");
    }),
  chatty: procedure
    .route("GET /chatty")
    .use({ session })
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket }) => {
      for (;;) {
        await socket.send("x".repeat(10_000));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }),
  slow: procedure
    .route("GET /slow")
    .use({ slow })
    .receive(z.string())
    .send(z.string())
    .socket(() => {}),
  numbers: procedure
    .route("GET /numbers")
    .use({ session })
    .output(z.int())
    .stream(async function* () {
      yield 1;
    }),
  sum: procedure
    .route("POST /sum")
    .input({ a: z.int(), b: z.int() })
    .output(z.int())
    .mutation(({ input }) => input.a + input.b),
};

const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
let server: RunningServer;
beforeEach(async () => {
  for (const list of [uncaught, events, reported]) {
    list.length = 0;
  }
  process.on("unhandledRejection", note).on("uncaughtException", note);
  const app = createApp({ sockets: router(sockets) }, { onError: (error) => void reported.push(error) });
  server = await serve(app, { port: 0, signals: false, grace: 300 });
});
afterEach(async () => {
  await server.stop();
  process.off("unhandledRejection", note).off("uncaughtException", note);
  expect(uncaught).toEqual([]);
});

async function open(path: string): Promise<NodeWebSocket> {
  const socket = new NodeWebSocket(server.url.replace("http", "ws") + path);
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", () => {});
  return socket;
}
const closeOf = (socket: NodeWebSocket): Promise<number> =>
  new Promise((resolve) => socket.once("close", resolve));

it.each<[string, string, string | Buffer, number]>([
  ["longer than the limit", "/sockets/echo", "x".repeat(1024 * 1024 + 1), 1009],
  ["of bytes", "/sockets/echo", Buffer.from([1, 2]), 1003],
  ["that does not fit", "/sockets/echo", '{"text":1}', 1008],
  ["whose check throws", "/sockets/picky", '"x"', 1011],
  ["nested too deep", "/sockets/tree", '{"children":['.repeat(60_000), 1008],
  [
    "nested too deep, whole",
    "/sockets/tree",
    `${'{"children":['.repeat(30_000)}${"]}".repeat(30_000)}`,
    1008,
  ],
])("closes for a message %s, and goes on serving", async (_name, path, message, code) => {
  const socket = await open(path);
  socket.send(message);
  expect(await closeOf(socket)).toBe(code);
  const next = await open("/sockets/echo");
  next.send('{"text":"hi"}');
  expect(String(await new Promise((resolve) => next.once("message", resolve)))).toBe('{"text":"hi"}');
  next.close();
  await closeOf(next);
});

it("closes with 1011 where the handler throws, and closes what was open, the request last", async () => {
  const socket = await open("/sockets/broken");
  expect(await closeOf(socket)).toBe(1011);
  await expect.poll(() => events).toEqual(["session closes", "pool closes"]);
  expect(reported).toHaveLength(1);
});

it("reports nothing where the caller goes away while it is written to", async () => {
  const socket = await open("/sockets/chatty");
  await new Promise((resolve) => socket.once("message", resolve));
  socket.terminate();
  await expect.poll(() => events).toEqual(["session closes"]);
  expect(reported).toEqual([]);
});

it("does not gather messages without end that nobody reads", async () => {
  const socket = await open("/sockets/deaf");
  const closed = closeOf(socket);
  const message = JSON.stringify("x".repeat(500_000));
  for (let count = 0; count < 200; count++) {
    socket.send(message);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  // Most of it still waits on the caller's side: the server has stopped reading.
  expect(socket.bufferedAmount).toBeGreaterThan(50 * 1024 * 1024);
  socket.terminate();
  await closed;
});

it("closes what was open where the handshake breaks off or is refused", async () => {
  const head = "GET /sockets/slow HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n";
  const answer = await sendRaw(server.url, `${head}sec-websocket-version: 13\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
  await expect.poll(() => events).toEqual(["session closes"]);
  const socket = new NodeWebSocket(`${server.url.replace("http", "ws")}/sockets/slow`);
  socket.on("error", () => {});
  setTimeout(() => socket.terminate(), 20);
  await expect.poll(() => events).toEqual(["session closes", "session closes"]);
  expect(reported).toEqual([]);
});

it("answers a request that only offers an upgrade as if it did not", async () => {
  const body = '{"a":1,"b":2}';
  const upgrade = "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n";
  const answer = await sendRaw(
    server.url,
    `POST /sockets/sum HTTP/1.1\r\nhost: x\r\n${upgrade}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain("\r\n\r\n3HTTP/1.1 404 ");
});

it("opens no stream on a connection that wants to be a socket", async () => {
  const head =
    "GET /sockets/numbers HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n";
  const answer = await sendRaw(server.url, head);
  expect(answer).toMatch(/^HTTP\/1\.1 /);
  await expect.poll(() => events).toEqual(["session closes"]);
});
