import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { dependency, file, procedure, router } from "@tenon/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { type RunningServer, serve } from "../node.ts";
import { sendRaw } from "./adapters.ts";

const events: string[] = [];
const reported: unknown[] = [];
let arrive: () => void = () => {};
let release: () => void = () => {};
let arrived: Promise<void>;
let held: Promise<void>;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
const traced = (name: string, scope: "request" | "call") =>
  dependency.scope(scope).resolve(async function* () {
    try {
      yield name;
    } finally {
      events.push(`${name} closes`);
    }
  });
const session = traced("session", "request");
const transaction = traced("transaction", "call");
const base = procedure.use({ session, transaction });
const gate = dependency.use({ session, transaction }).resolve(async () => {
  arrive();
  await held;
});
const things = {
  slow: base
    .route("GET /slow")
    .output(z.string())
    .query(async ({ ctx }) => {
      arrive();
      await held;
      events.push("handler ends");
      ctx.after(() => void events.push("background"));
      return "late";
    }),
  gated: procedure
    .guard(gate)
    .route("POST /gated")
    .input({ text: z.string() })
    .output(z.string())
    .mutation(({ input }) => input.text),
  lateStream: base
    .route("GET /late-stream")
    .use({ gate })
    .output(z.int())
    .stream(async function* () {
      await new Promise(() => {});
      yield 1;
    }),
  signalled: base
    .route("GET /signalled")
    .output(z.int())
    .stream(async function* ({ signal }) {
      yield 1;
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    }),
  stuck: base
    .route("GET /stuck")
    .output(z.int())
    .stream(async function* () {
      yield 1;
      await held;
      yield 2;
    }),
  upload: base
    .route("POST /upload")
    .input({ picture: file(z.file()) })
    .output(z.int())
    .mutation(({ input }) => input.picture.size),
  note: base
    .route("POST /note")
    .input({ text: z.string() })
    .output(z.string())
    .mutation(({ input }) => input.text),
};

const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
let server: RunningServer;
beforeEach(async () => {
  for (const list of [uncaught, events, reported]) {
    list.length = 0;
  }
  arrived = new Promise((resolve) => {
    arrive = resolve;
  });
  held = new Promise((resolve) => {
    release = resolve;
  });
  process.on("unhandledRejection", note).on("uncaughtException", note);
  const app = createApp(
    { things: router(things) },
    { onError: (error) => void reported.push(error), limits: { timeout: 0 } },
  );
  server = await serve(app, { port: 0, signals: false, grace: 300 });
});
afterEach(async () => {
  release();
  await server.stop();
  process.off("unhandledRejection", note).off("uncaughtException", note);
  expect(uncaught).toEqual([]);
});

async function send(text: string): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(text);
  return socket;
}
const get = (path: string): string => `GET /things/${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
const post = (path: string, type: string, length: number, body: string): string =>
  `POST /things/${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n${body}`;

it("keeps the request's dependencies open until the handler has ended, whoever left", async () => {
  const socket = await send(get("slow"));
  await arrived;
  socket.destroy();
  await pause(50);
  expect(events).toEqual([]);
  release();
  await expect
    .poll(() => events)
    .toEqual(["handler ends", "transaction closes", "background", "session closes"]);
});

it("closes everything where the caller leaves before its body is read", async () => {
  const socket = await send(post("gated", "application/json", 100, '{"te'));
  await arrived;
  socket.destroy();
  await pause(50);
  release();
  await expect.poll(() => events).toEqual(["transaction closes", "session closes"]);
  expect(reported).toEqual([]);
});

it("closes everything where the caller leaves amid its body", async () => {
  const socket = await send(post("note", "application/json", 100, '{"te'));
  await pause(30);
  socket.destroy();
  await pause(30);
  expect(reported).toEqual([]);
  expect(events).toEqual([]);
});

it("drops an upload that breaks off, and reports nothing", async () => {
  const head =
    '--b\r\ncontent-disposition: form-data; name="picture"; filename="p"\r\ncontent-type: image/png\r\n\r\n';
  const socket = await send(post("upload", "multipart/form-data; boundary=b", 1000, `${head}xxxx`));
  await pause(50);
  socket.destroy();
  await pause(50);
  expect(reported).toEqual([]);
  const body = `${head}xxxx`;
  const answer = await sendRaw(
    server.url,
    post("upload", "multipart/form-data; boundary=b", body.length, body).replace(
      "host: x",
      "host: x\r\nconnection: close",
    ),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});

it("closes a stream whose caller left before its first item", async () => {
  const socket = await send(get("late-stream"));
  await arrived;
  socket.destroy();
  await pause(50);
  release();
  await expect.poll(() => events).toEqual(["transaction closes", "session closes"]);
});

it("closes a stream whose caller left, its own dependencies first, and reports no abort", async () => {
  const socket = await send(get("signalled"));
  await once(socket, "data");
  socket.destroy();
  await expect.poll(() => events).toEqual(["transaction closes", "session closes"]);
  expect(reported).toEqual([]);
});

it("answers the next request on a connection, whatever became of the last body", async () => {
  const large = "x".repeat(200_000);
  const answer = await sendRaw(
    server.url,
    [
      post("note", "text/plain", large.length, large),
      post("nowhere", "application/json", large.length, large),
      `HEAD /things/slow2 HTTP/1.1\r\nhost: x\r\n\r\n`,
      `POST /things/note HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nc\r\n{"text":"a"}\r\n0\r\n\r\n`,
      `GET /things/last HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
    ].join(""),
  );
  expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
    "415",
    "404",
    "404",
    "100",
    "200",
    "404",
  ]);
});

it("lets the caller hear that its body is too large, though it is still sending", async () => {
  const chunk = Buffer.alloc(1024 * 1024, "x");
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  let received = "";
  socket.on("data", (data: Buffer) => {
    received += data.toString("latin1");
  });
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(post("note", "application/json", 40 * chunk.length, ""));
  for (let sent = 0; sent < 40 && !socket.destroyed; sent++) {
    if (!socket.write(chunk)) {
      await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => {});
    }
  }
  await expect.poll(() => received, { timeout: 3000 }).toMatch(/^HTTP\/1\.1 413 [^]*TOO_LARGE/);
  socket.destroy();
});

it("lets the caller hear that a file is too large", async () => {
  const form = new FormData();
  form.append("picture", new File([new Uint8Array(11 * 1024 * 1024)], "p.png", { type: "image/png" }));
  const response = await fetch(`${server.url}/things/upload`, { method: "POST", body: form });
  expect(response.status).toBe(413);
});

it("stops within the grace time with streams open, and tells when to come back", async () => {
  const signalled = await fetch(`${server.url}/things/signalled`);
  const stuck = await fetch(`${server.url}/things/stuck`);
  const started = Date.now();
  const stopped = server.stop();
  expect(await signalled.text()).toBe("data: 1\n\nretry: 1000\n\n");
  expect(await stuck.text()).toBe("data: 1\n\nretry: 1000\n\n");
  await stopped;
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(reported).toEqual([
    expect.objectContaining({ message: expect.stringContaining("unfinished work") }),
  ]);
});

it("stops within the grace time with a handler that never ends", async () => {
  const socket = await send(get("slow"));
  await arrived;
  const started = Date.now();
  await server.stop();
  expect(Date.now() - started).toBeLessThan(5_000);
  socket.destroy();
});
