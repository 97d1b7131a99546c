import * as zlib from "node:zlib";
import { brotliDecompressSync, createGunzip, gunzipSync } from "node:zlib";
import { binary, download, procedure, raw, router, text } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { codersOf } from "../middleware/coders.ts";
import { compress, type CompressOptions } from "../middleware/compress.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

const LONG = "tea ".repeat(1000);
const BYTES = new Uint8Array(5000).fill(7);

interface Gate {
  open: () => void;
  readonly opened: Promise<void>;
}

function gate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

function makeApp(
  options: CompressOptions = {},
  second: Gate = gate(),
  ended: () => void = () => {},
): App<unknown> {
  const media = {
    json: procedure.output(z.string()).query(() => LONG),
    short: procedure.output(z.string()).query(() => "tea"),
    noise: procedure.output(text()).query(() => "0123456789".slice(0, 8)),
    picture: procedure.output(binary("image/png")).query(() => BYTES),
    drawing: procedure.output(binary("image/svg+xml")).query(() => BYTES),
    archive: procedure.output(binary("application/zip")).query(() => BYTES),
    encoded: procedure.output(text()).query(({ ctx }) => {
      ctx.response.headers.set("content-encoding", "br");
      return LONG;
    }),
    exact: procedure.output(text()).query(({ ctx }) => {
      ctx.response.headers.set("cache-control", "public, no-transform");
      return LONG;
    }),
    story: procedure
      .errors({ STORY: { status: 409, data: z.string() } })
      .output(z.string())
      .query(({ errors }) => errors.STORY(LONG)),
    broken: procedure.output(z.string()).query(() => {
      throw new Error("secret");
    }),
    lines: procedure.output(z.string()).stream(async function* ({ signal }) {
      try {
        yield "first";
        signal.addEventListener("abort", second.open);
        await second.opened;
        yield "second";
      } finally {
        ended();
      }
    }),
    failing: procedure.output(binary("application/x-log")).query(async function* () {
      yield new TextEncoder().encode(LONG);
      throw new Error("secret");
    }),
    report: procedure.output(download("text/plain")).query(() => ({ body: BYTES, etag: '"1"' })),
    web: procedure
      .output(raw("text/plain"))
      .query(
        () => new Response(LONG, { headers: { "content-type": "text/plain", vary: "cookie", etag: '"w"' } }),
      ),
  };
  return createApp({ media: router(media) }, { middleware: [compress(options)], onError: () => {} });
}

const gzip = { "accept-encoding": "gzip" };

behindEveryAdapter("compression", (adapter) => {
  it("compresses as the caller prefers, and says so", () =>
    withApp(adapter.open(makeApp({ algorithms: ["br", "gzip"] })), async (opened) => {
      const asked = (accepted: string) =>
        exact(opened, "/media/json", { headers: { "accept-encoding": accepted } });
      const zipped = await asked("gzip");
      expect(zipped.headers.get("content-encoding")).toBe("gzip");
      expect(zipped.headers.get("content-length")).toBe(String(zipped.body.length));
      expect(JSON.parse(gunzipSync(zipped.body).toString())).toBe(LONG);
      const equal = await asked("gzip, deflate, br");
      expect(JSON.parse(brotliDecompressSync(equal.body).toString())).toBe(LONG);
      expect((await asked("br;q=0.5, gzip")).headers.get("content-encoding")).toBe("gzip");
      expect((await asked("*")).headers.get("content-encoding")).toBe("br");
      for (const plain of ["identity", "deflate", "gzip;q=0, br;q=0", "", "br;q=0.1, identity;q=0.9"]) {
        const reply = await asked(plain);
        expect([plain, reply.headers.get("content-encoding"), JSON.parse(reply.text)]).toEqual([
          plain,
          null,
          LONG,
        ]);
      }
    }));

  it("says on the plain form, too, that there is another", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const [long, short] = [
        await exact(opened, "/media/json"),
        await exact(opened, "/media/short", { headers: gzip }),
      ];
      expect([long.headers.get("vary"), long.headers.get("content-encoding")]).toEqual([
        "accept-encoding",
        null,
      ]);
      expect([short.headers.get("vary"), short.headers.get("content-encoding"), short.text]).toEqual([
        "accept-encoding",
        null,
        '"tea"',
      ]);
    }));

  it("leaves alone what is compressed already, what must not change, and what becomes no smaller", () =>
    withApp(adapter.open(makeApp({ min: 1, exclude: ["application/problem+json"] })), async (opened) => {
      for (const path of ["picture", "archive", "exact"]) {
        const reply = await exact(opened, `/media/${path}`, { headers: gzip });
        expect([path, reply.headers.get("content-encoding"), reply.headers.get("vary")]).toEqual([
          path,
          null,
          "accept",
        ]);
      }
      const encoded = await exact(opened, "/media/encoded", { headers: gzip });
      expect([encoded.headers.get("content-encoding"), encoded.text]).toEqual(["br", LONG]);
      const noise = await exact(opened, "/media/noise", { headers: gzip });
      expect([noise.headers.get("content-encoding"), noise.text]).toEqual([null, "01234567"]);
      const excluded = await exact(opened, "/media/broken", { headers: gzip });
      expect([excluded.status, excluded.headers.get("content-encoding")]).toEqual([500, null]);
      const drawing = await exact(opened, "/media/drawing", { headers: gzip });
      expect(gunzipSync(drawing.body)).toEqual(Buffer.from(BYTES));
    }));

  it("compresses problems and pages, and knows its tags again", () =>
    withApp(adapter.open(makeApp({ min: 50 })), async (opened) => {
      const [story, lost, document] = [
        await exact(opened, "/media/story", { headers: gzip }),
        await exact(opened, "/nowhere", { headers: gzip }),
        await exact(opened, "/openapi.json", { headers: gzip }),
      ];
      expect([story.status, JSON.parse(gunzipSync(story.body).toString())]).toMatchObject([
        409,
        { code: "STORY", data: LONG },
      ]);
      expect([lost.status, lost.headers.get("vary")]).toEqual([404, "accept-encoding"]);
      expect(JSON.parse(gunzipSync(document.body).toString())).toMatchObject({ openapi: "3.1.1" });
      const tag = document.headers.get("etag") as string;
      expect(tag).toMatch(/^W\/"/);
      const known = await exact(opened, "/openapi.json", { headers: { ...gzip, "if-none-match": tag } });
      expect([known.status, known.text, known.headers.get("etag"), known.headers.get("vary")]).toEqual([
        304,
        "",
        tag,
        "accept-encoding",
      ]);
    }));

  it("answers HEAD with the headers of GET", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      for (const path of ["json", "web", "report", "picture"]) {
        const [get, head] = [
          await exact(opened, `/media/${path}`, { headers: gzip }),
          await exact(opened, `/media/${path}`, { method: "HEAD", headers: gzip }),
        ];
        const of = ({ headers }: typeof get) =>
          ["content-encoding", "vary", "etag", "content-type"].map((name) => headers.get(name));
        expect([path, head.text, of(head)]).toEqual([path, "", of(get)]);
      }
    }));

  it("weakens the tag, and keeps parts of files as they are", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const whole = await exact(opened, "/media/report", { headers: gzip });
      expect([whole.headers.get("etag"), whole.headers.get("accept-ranges")]).toEqual(['W/"1"', null]);
      expect(gunzipSync(whole.body)).toEqual(Buffer.from(BYTES));
      const part = await exact(opened, "/media/report", { headers: { ...gzip, range: "bytes=0-999" } });
      expect([
        part.status,
        part.headers.get("content-encoding"),
        part.headers.get("etag"),
        part.body.length,
      ]).toEqual([206, null, '"1"', 1000]);
      const plain = await exact(opened, "/media/report");
      expect([plain.headers.get("etag"), plain.headers.get("accept-ranges")]).toEqual(['"1"', "bytes"]);
    }));

  it("compresses web responses, and keeps what they say", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const reply = await exact(opened, "/media/web", { headers: gzip });
      expect(gunzipSync(reply.body).toString()).toBe(LONG);
      expect([reply.headers.get("vary"), reply.headers.get("etag")]).toEqual([
        expect.stringMatching(/cookie.*accept-encoding/),
        'W/"w"',
      ]);
      const plain = await exact(opened, "/media/web");
      expect([plain.text, plain.headers.get("vary")]).toEqual([
        LONG,
        expect.stringContaining("accept-encoding"),
      ]);
    }));

  it("sends each item of a stream before the next is made, and never compresses events", async () => {
    const second = gate();
    await withApp(adapter.open(makeApp({}, second)), async (opened) => {
      const response = await opened.request("/media/lines", {
        headers: { ...gzip, accept: "application/jsonl" },
      });
      expect(response.headers.get("content-encoding")).toBe("gzip");
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const coder = createGunzip();
      let received = "";
      coder.on("data", (chunk: Buffer) => {
        received += chunk.toString();
      });
      // Behind Node, `fetch` has decompressed already.
      const isPlain = adapter.name === "node";
      const take = async (): Promise<boolean> => {
        const { done, value } = await reader.read();
        if (value !== undefined) {
          await new Promise<void>((resolve) => {
            if (isPlain) {
              received += Buffer.from(value).toString();
              resolve();
            } else {
              coder.write(value, () => resolve());
            }
          });
        }
        return done;
      };
      await take();
      expect(received).toBe('"first"\n');
      second.open();
      while (!(await take())) {
        // To the end.
      }
      expect(received).toBe('"first"\n"second"\n');
      const events = await exact(opened, "/media/lines", {
        headers: { ...gzip, accept: "text/event-stream" },
      });
      expect(events.headers.get("content-encoding")).toBe(null);
      expect(events.text).toContain('data: "second"');
    });
  });

  it("closes what it compresses when the caller goes away", async () => {
    const ended = gate();
    await withApp(adapter.open(makeApp({}, gate(), ended.open)), async (opened) => {
      const controller = new AbortController();
      const response = await opened.request("/media/lines", {
        headers: { ...gzip, accept: "application/jsonl" },
        signal: controller.signal,
      });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      await reader.cancel();
      controller.abort();
      await ended.opened;
    });
  }, 10_000);

  it("breaks off where its source does, so that nobody takes it for the end", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      await expect(exact(opened, "/media/failing", { headers: gzip })).rejects.toThrow();
    }));
});

it("refuses an algorithm that there is not", () => {
  expect(() => compress({ algorithms: ["lzma" as never] })).toThrow(
    "'lzma' is no algorithm: write zstd, br, gzip",
  );
});

/** A later Node can; an earlier one is given something that it takes for zstd. */
const hasZstd = typeof (zlib as { zstdCompress?: unknown }).zstdCompress === "function";

it(`takes zstd where the run time has it, and the next that the caller takes where it has not: here it has ${hasZstd ? "" : "not"}`, async () => {
  const ask = async (accepted: string) =>
    (
      await makeApp().fetch(new Request("http://x/media/json", { headers: { "accept-encoding": accepted } }))
    ).headers.get("content-encoding");
  expect(await ask("zstd, br, gzip")).toBe(hasZstd ? "zstd" : "br");
  expect(await ask("zstd, gzip;q=0.5")).toBe(hasZstd ? "zstd" : "gzip");
  expect(await ask("zstd")).toBe(hasZstd ? "zstd" : null);
});

it("offers what the run time's library has, whichever Node that is", async () => {
  const whole = (bytes: Uint8Array, _options: object, done: (error: null, bytes: Uint8Array) => void): void =>
    done(null, new Uint8Array([0x28, 0xb5, ...bytes]));
  const later = codersOf({
    ...zlib,
    zstdCompress: whole,
    createZstdCompress: zlib.createGzip,
  } as typeof zlib);
  const {
    zstdCompress: _one,
    createZstdCompress: _other,
    ...older
  } = zlib as typeof zlib & Record<string, unknown>;
  const earlier = codersOf(older as typeof zlib);
  expect([Object.keys(later), Object.keys(earlier)]).toEqual([
    ["zstd", "br", "gzip"],
    ["br", "gzip"],
  ]);
  expect(await later.zstd?.encode(new Uint8Array([1]))).toEqual(new Uint8Array([0x28, 0xb5, 1]));
});
