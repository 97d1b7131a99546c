import { once } from "node:events";
import { connect } from "node:net";
import { file, form, procedure, query, router, type StreamedFile } from "@tenon/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { type Adapter, behindEveryAdapter, type Opened } from "./adapters.ts";
import { chunkedRequest, multipart, multipartRequest, type PartText } from "./multipart.ts";

const MIB = 1024 * 1024;
const large = new Uint8Array(3 * MIB).map((_byte, index) => index % 251);
const reported: unknown[] = [];
let opened: Opened | undefined;
let events: string[] = [];
let arrived: (chunk: Uint8Array) => void = () => {};
let release: () => void = () => {};
let held: Promise<void>;

beforeEach(() => {
  events = [];
  reported.length = 0;
  arrived = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
});
afterEach(async () => {
  release();
  await opened?.close();
  opened = undefined;
});

async function count(video: StreamedFile): Promise<{ size: number; sum: number }> {
  let size = 0;
  let sum = 0;
  for await (const chunk of video) {
    arrived(chunk);
    size += chunk.byteLength;
    sum = chunk.reduce((total, byte) => (total + byte) % 65_521, sum);
  }
  return { size, sum };
}

const things = {
  count: procedure
    .input({
      title: form(z.string().default("none")),
      poster: z.optional(file()),
      video: file.stream({ maxBytes: 4 * MIB, types: ["video/*"] }),
    })
    .output(z.unknown())
    .mutation(async ({ input: { title, poster, video } }) => ({
      title,
      poster: poster?.size,
      name: video.name,
      type: video.type,
      ...(await count(video)),
    })),
  web: procedure
    .input({ video: file.stream() })
    .output(z.unknown())
    .mutation(async ({ input: { video } }) => {
      const bytes = await new Response(video.stream()).arrayBuffer();
      let again = "";
      try {
        video.stream();
      } catch (error) {
        again = (error as Error).message;
      }
      return { size: bytes.byteLength, again };
    }),
  leave: procedure
    .input({ chunks: query(z.int().default(0)), video: file.stream({ maxBytes: 100 * MIB }) })
    .output(z.unknown())
    .mutation(async ({ input: { chunks, video } }) => {
      let read = 0;
      if (chunks > 0) {
        for await (const chunk of video) {
          read += chunk.byteLength;
          if (--chunks === 0) {
            break;
          }
        }
      }
      return { isPart: read < large.length };
    }),
  hold: procedure
    .input({ video: file.stream({ maxBytes: 100 * MIB }) })
    .output(z.unknown())
    .mutation(async ({ input: { video } }) => {
      arrived(new Uint8Array());
      await held;
      return count(video);
    }),
  abort: procedure
    .input({ video: file.stream({ maxBytes: 100 * MIB }) })
    .output(z.unknown())
    .mutation(async ({ input: { video }, signal }) => {
      signal.addEventListener("abort", () => events.push("signal"));
      try {
        return await count(video);
      } catch (error) {
        events.push((error as { code?: string }).code ?? "unknown");
        throw error;
      }
    }),
};

function make(): App<unknown> {
  return createApp(
    { things: router(things, { prefix: "" }) },
    { onError: (error) => reported.push(error), limits: { timeout: 1000 } },
  );
}

async function send(
  adapter: Adapter,
  path: string,
  init: RequestInit,
): Promise<{ status: number; json: unknown; headers: Headers }> {
  opened ??= await adapter.open(make());
  const response = await opened.request(path, init);
  return { status: response.status, json: await response.json(), headers: response.headers };
}

const video = (content: string | Uint8Array, type = "video/mp4"): PartText => ({
  name: "video",
  filename: "v.mp4",
  type,
  content,
});
const post = (...parts: PartText[]): RequestInit => multipartRequest(multipart(...parts));
const sumOf = (bytes: Uint8Array): number => bytes.reduce((total, byte) => (total + byte) % 65_521, 0);

behindEveryAdapter("a file that is read as it arrives", (adapter) => {
  it("is given with what came before it, and read to its last byte", async () => {
    const parts = [
      { name: "title", content: "t" },
      { name: "poster", filename: "p", type: "image/png", content: large.subarray(0, 2 * MIB) },
      video(large),
    ];
    const expected = {
      title: "t",
      poster: 2 * MIB,
      name: "v.mp4",
      type: "video/mp4",
      size: large.length,
      sum: sumOf(large),
    };
    const whole = await send(adapter, "/count", post(...parts));
    expect(whole.json).toEqual(expected);
    expect(whole.headers.get("connection")).not.toBe("close");
    expect((await send(adapter, "/count", chunkedRequest(multipart(...parts)))).json).toEqual(expected);
    const headers = { "content-type": "multipart/form-data; boundary=b", "tenon-rpc": "1" };
    const rpc = { method: "POST", headers, body: multipart(...parts) };
    expect((await send(adapter, "/rpc/things.count", rpc)).json).toEqual(expected);
  });

  it("is a web stream, too, and is read once", async () => {
    expect((await send(adapter, "/web", post(video(large)))).json).toEqual({
      size: large.length,
      again: "the file 'video' arrives once, and is already being read",
    });
  });

  it("reaches the handler before it has been sent", async () => {
    const seen = new Promise<Uint8Array>((resolve) => {
      arrived = resolve;
    });
    const body = multipart(video(large));
    let rest: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(body.subarray(0, 1000));
        rest = controller;
      },
    });
    const answer = send(adapter, "/count", { ...post(), body: stream, duplex: "half" } as RequestInit);
    expect((await seen).byteLength).toBeLessThan(1000);
    rest!.enqueue(body.subarray(1000));
    rest!.close();
    expect((await answer).json).toMatchObject({ size: large.length, sum: sumOf(large) });
  });

  it("makes the caller wait for a handler that does not read", async () => {
    const begun = new Promise<unknown>((resolve) => {
      arrived = resolve;
    });
    const head = multipart(video("")).subarray(0, -9);
    const chunk = new Uint8Array(MIB);
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(sent === 0 ? head : chunk);
          if (++sent > 64) {
            controller.enqueue(new TextEncoder().encode("\r\n--b--\r\n"));
            controller.close();
          }
        },
      },
      { highWaterMark: 0 },
    );
    const answer = send(adapter, "/hold", { ...post(), body: stream, duplex: "half" } as RequestInit);
    await begun;
    let before = -1;
    // Until what lies between the two is full: sockets hold some.
    await expect
      .poll(
        () => {
          const isFull = sent === before;
          before = sent;
          return isFull;
        },
        { interval: 100 },
      )
      .toBe(true);
    expect(sent).toBeLessThan(40);
    release();
    expect((await answer).json).toEqual({ size: 64 * MIB, sum: 0 });
    expect(sent).toBe(65);
  });

  it("is refused while it is read, where it is too large or of another type", async () => {
    const bytes = new Uint8Array(5 * MIB);
    for (const init of [post(video(bytes)), chunkedRequest(multipart(video(bytes)))]) {
      expect((await send(adapter, "/count", init)).json).toMatchObject({
        status: 413,
        code: "TOO_LARGE",
        detail: `the file 'video' is larger than ${4 * MIB} bytes`,
      });
    }
    expect((await send(adapter, "/count", post(video("x", "image/png")))).json).toMatchObject({
      status: 415,
      detail: "the file 'video' must be video/*",
    });
    expect(reported).toEqual([]);
  });

  it("has to be the last part, and to end", async () => {
    for (const content of ["x", large]) {
      const late = post(video(content), { name: "title", content: "late" });
      expect((await send(adapter, "/count", late)).json).toMatchObject({
        status: 400,
        code: "MALFORMED_BODY",
        detail: "a part follows the file that has to be the last",
      });
      const cut = multipartRequest(multipart(video(content)).slice(0, -6));
      expect((await send(adapter, "/count", cut)).json).toMatchObject({
        status: 400,
        code: "MALFORMED_BODY",
      });
    }
    expect(reported).toEqual([]);
  });

  it("is missing where no file of its name came, and refused where a text did", async () => {
    expect((await send(adapter, "/count", post({ name: "title", content: "t" }))).json).toMatchObject({
      status: 422,
      errors: [{ in: "body", path: ["video"], code: "missing" }],
    });
    expect((await send(adapter, "/count", post({ name: "video", content: "t" }))).json).toMatchObject({
      status: 422,
      errors: [{ in: "body", path: ["video"], code: "type", expected: "file" }],
    });
    const wrong = [{ name: "poster", content: "no file" }, video(large)];
    expect((await send(adapter, "/count", post(...wrong))).json).toMatchObject({
      status: 422,
      errors: [{ in: "body", path: ["poster"], code: "type" }],
    });
  });

  it("may be left before its end", async () => {
    for (const chunks of [0, 1]) {
      const answer = await send(adapter, `/leave?chunks=${chunks}`, chunkedRequest(multipart(video(large))));
      expect(answer.json).toEqual({ isPart: true });
    }
    expect(reported).toEqual([]);
  });
});

describe("on a connection", () => {
  async function open(): Promise<Opened> {
    const { ADAPTERS } = await import("./adapters.ts");
    opened = await (ADAPTERS[0] as Adapter).open(make());
    return opened;
  }

  it("a caller that leaves ends the stream and aborts the signal, and nobody is to blame", async () => {
    const { hostname, port } = new URL((await open()).url);
    const seen = new Promise((resolve) => {
      arrived = resolve;
    });
    const body = multipart(video(large));
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, "connect");
    socket.write(
      `POST /abort HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body.subarray(0, 1000));
    await seen;
    socket.destroy();
    await expect.poll(() => [...events].sort()).toEqual(["MALFORMED_BODY", "signal"]);
    expect(reported).toEqual([]);
  });

  it("closes after a file that was not read to its end, and stays open after one that was", async () => {
    const { url } = await open();
    const left = await fetch(`${url}/leave?chunks=1`, post(video(large)));
    expect(left.headers.get("connection")).toBe("close");
    const read = await fetch(`${url}/count`, post(video(large)));
    expect(read.headers.get("connection")).toBe("keep-alive");
  });

  it("does not count the time that the caller takes", async () => {
    const { url } = await open();
    const body = multipart(video(large));
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        for (let at = 0; at < 4; at++) {
          controller.enqueue(body.subarray(at * 500, (at + 1) * 500));
          await new Promise((resolve) => setTimeout(resolve, 400));
        }
        controller.enqueue(body.subarray(2000));
        controller.close();
      },
    });
    const init = { ...post(), body: stream, duplex: "half" } as RequestInit;
    expect((await fetch(`${url}/count`, init)).status).toBe(200);
  });
});

it("refuses a definition with two such files, or one that is not the last", () => {
  const define = (input: Record<string, unknown>): App<unknown> =>
    createApp({
      things: {
        create: procedure
          .input(input)
          .output(z.void())
          .mutation(() => {}),
      },
    });
  expect(() => define({ a: file.stream(), b: file.stream() })).toThrow(
    "TENON1032: 'things.create' reads 'a' with file.stream() while the body arrives",
  );
  expect(() => define({ a: file.stream(), b: form(z.string()) })).toThrow("TENON1032");
  expect(() => define({ b: form(z.string()), a: file.stream() })).not.toThrow();
});
