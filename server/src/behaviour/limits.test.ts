import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { body, file, form, procedure, router } from "@tenon/core";
import { describe as describeDocument } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { bodyLimit } from "../middleware/body-limit.ts";
import { type DecompressOptions, decompress } from "../middleware/decompress.ts";
import { memoryRateLimits, type RateLimitStore } from "../middleware/rate.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { timeout } from "../middleware/timeout.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

const MIB = 1024 * 1024;

const sums = {
  create: procedure
    .input({ numbers: z.array(z.number()) })
    .output(z.number())
    .mutation(({ input }) => input.numbers.reduce((sum, each) => sum + each, 0)),
  upload: procedure
    .input({ title: form(z.string()), data: file() })
    .output(z.int())
    .mutation(({ input }) => input.data.size),
  bytes: procedure
    .input({ bytes: body.bytes() })
    .output(z.int())
    .mutation(({ input }) => input.bytes.byteLength),
  request: procedure
    .output(z.string())
    .mutation(
      async ({ ctx }) => `${ctx.request.headers.get("content-encoding")} ${await ctx.request.text()}`,
    ),
  list: procedure.output(z.string()).query(() => "none"),
};

function bodies(options?: DecompressOptions, more: AppOptions = {}): App<unknown> {
  return createApp({ sums: router(sums) }, { middleware: [decompress(options)], onError: () => {}, ...more });
}

const text = JSON.stringify({ numbers: [1, 2, 3] });
const json = { "content-type": "application/json" };
const coded = (coding: string) => ({ ...json, "content-encoding": coding });

behindEveryAdapter("decompress", (adapter) => {
  it("takes bodies that are compressed, and those that are not", () =>
    withApp(adapter.open(bodies()), async (opened) => {
      const sent: [coding: string, body: string | Uint8Array][] = [
        ["gzip", gzipSync(text)],
        ["X-GZIP", gzipSync(text)],
        ["br", brotliCompressSync(text)],
        ["deflate", deflateSync(text)],
        ["identity", text],
      ];
      for (const [coding, sentBody] of sent) {
        const reply = await exact(opened, "/sums", {
          method: "POST",
          headers: coded(coding),
          body: sentBody,
        });
        expect([coding, reply.status, reply.text]).toEqual([coding, 201, "6"]);
      }
      const rpc = await exact(opened, "/rpc/sums.create", {
        method: "POST",
        headers: coded("gzip"),
        body: gzipSync(text),
      });
      expect(rpc.text).toBe("6");
    }));

  it("gives the handler's web request the body that was meant", () =>
    withApp(adapter.open(bodies()), async (opened) => {
      const reply = await exact(opened, "/sums/request", {
        method: "POST",
        headers: coded("gzip"),
        body: gzipSync("hello"),
      });
      expect(reply.text).toBe('"null hello"');
    }));

  it("decompresses forms as they arrive", () =>
    withApp(adapter.open(bodies()), async (opened) => {
      const data = new FormData();
      data.set("title", "zeros");
      data.set("data", new File([new Uint8Array(3 * MIB)], "zeros.bin"));
      const request = new Request("http://x", { method: "POST", body: data });
      const reply = await exact(opened, "/sums/upload", {
        method: "POST",
        headers: {
          "content-type": request.headers.get("content-type") as string,
          "content-encoding": "gzip",
        },
        body: gzipSync(new Uint8Array(await request.arrayBuffer())),
      });
      expect([reply.status, reply.text]).toEqual([200, String(3 * MIB)]);
    }));

  it("stops a small body that becomes a huge one, with 413, wherever it is read", () =>
    withApp(adapter.open(bodies({ limit: 2 * MIB }, { limits: { body: 64 * MIB } })), async (opened) => {
      const bomb = gzipSync(new Uint8Array(50 * MIB));
      expect(bomb.byteLength).toBeLessThan(MIB / 10);
      const asked: [path: string, type: string][] = [
        ["/sums", "application/json"],
        ["/sums/bytes", "application/octet-stream"],
        ["/rpc/sums.create", "application/json"],
      ];
      for (const [path, type] of asked) {
        const reply = await exact(opened, path, {
          method: "POST",
          headers: { "content-type": type, "content-encoding": "gzip" },
          body: bomb,
        });
        expect([path, reply.status, JSON.parse(reply.text)]).toMatchObject([
          path,
          413,
          { code: "TOO_LARGE", detail: `the body is larger than ${2 * MIB} bytes` },
        ]);
      }
    }));

  it("counts decompressed bytes against the limit of the app", () =>
    withApp(adapter.open(bodies(undefined, { limits: { body: 1000 } })), async (opened) => {
      const reply = await exact(opened, "/sums", {
        method: "POST",
        headers: coded("gzip"),
        body: gzipSync(JSON.stringify({ numbers: Array.from({ length: 1000 }, () => 1) })),
      });
      expect([reply.status, JSON.parse(reply.text).detail]).toEqual([
        413,
        "the body is larger than 1000 bytes",
      ]);
    }));

  it("says what is broken with 400, and what it does not take with 415", () =>
    withApp(adapter.open(bodies({ encodings: ["gzip"] })), async (opened) => {
      const whole = gzipSync(text);
      for (const broken of [
        whole.subarray(0, whole.length - 4),
        Buffer.from("no gzip"),
        Buffer.from([31, 139, 8]),
      ]) {
        const reply = await exact(opened, "/sums", { method: "POST", headers: coded("gzip"), body: broken });
        expect([reply.status, JSON.parse(reply.text)]).toMatchObject([
          400,
          { code: "MALFORMED_BODY", detail: "the body is no valid gzip" },
        ]);
      }
      for (const coding of ["br", "gzip, gzip", "zip"]) {
        const reply = await exact(opened, "/sums", { method: "POST", headers: coded(coding), body: text });
        expect([reply.status, reply.headers.get("accept-encoding")]).toEqual([415, "gzip"]);
      }
      const bodyless = await exact(opened, "/sums", { headers: { "content-encoding": "zip" } });
      expect(bodyless.status).toBe(200);
    }));
});

behindEveryAdapter("bodyLimit", (adapter) => {
  it("refuses larger bodies, declared or not, and leaves smaller limits of the app", async () => {
    const limited = createApp(
      { sums: router(sums) },
      { middleware: [bodyLimit(20)], limits: { upload: { total: 200 } }, onError: () => {} },
    );
    await withApp(adapter.open(limited), async (opened) => {
      const post = (path: string, type: string, sent: string | ReadableStream<Uint8Array>) =>
        opened.request(path, {
          method: "POST",
          headers: { "content-type": type },
          body: sent,
          duplex: "half",
        } as RequestInit);
      const chunks = (): ReadableStream<Uint8Array> =>
        new Blob(["a".repeat(15), "b".repeat(15)]).stream() as ReadableStream<Uint8Array>;
      expect((await post("/sums", "application/json", `${text}  `)).status).toBe(413);
      expect((await post("/sums", "application/json", '{"numbers":[1]}')).status).toBe(201);
      const streamed = await post("/sums/bytes", "application/octet-stream", chunks());
      expect([streamed.status, await streamed.json()]).toMatchObject([
        413,
        { detail: "the body is larger than 20 bytes" },
      ]);
      const data = new FormData();
      data.set("title", "long enough");
      const form = await opened.request("/sums/upload", { method: "POST", body: data });
      expect(form.status).toBe(413);
    });
  });
});

behindEveryAdapter("timeout", (adapter) => {
  it("shortens and lengthens the time of one operation", async () => {
    let finish = (): void => {};
    const finished = new Promise<string>((resolve) => {
      finish = () => resolve("done");
    });
    let reason: unknown;
    const waits = {
      long: procedure
        .wrap(timeout(60_000))
        .output(z.string())
        .query(() => finished),
      short: procedure
        .wrap(timeout(10))
        .output(z.string())
        .query(
          ({ signal }) =>
            new Promise<string>((_resolve, reject) => {
              signal.addEventListener("abort", () => {
                reason = (signal.reason as Error).name;
                reject(signal.reason as Error);
              });
            }),
        ),
      endless: procedure
        .wrap(timeout(0))
        .output(z.string())
        .query(() => finished),
      usual: procedure.output(z.string()).query(() => finished),
    };
    const app = createApp({ waits: router(waits) }, { limits: { timeout: 40 }, onError: () => {} });
    await withApp(adapter.open(app), async (opened) => {
      const [long, endless] = [exact(opened, "/waits/long"), exact(opened, "/waits/endless")];
      const short = await exact(opened, "/waits/short");
      expect([short.status, JSON.parse(short.text), reason]).toMatchObject([
        503,
        { code: "TIMEOUT" },
        "TimeoutError",
      ]);
      // By the app's own limit; those that wait longer are still waiting.
      expect((await exact(opened, "/waits/usual")).status).toBe(503);
      finish();
      expect([(await long).text, (await endless).text]).toEqual(['"done"', '"done"']);
    });
  });
});

behindEveryAdapter("rateLimit", (adapter) => {
  const limited = (store: RateLimitStore, options: object = {}, errors: unknown[] = []) =>
    createApp(
      { sums: router(sums) },
      {
        middleware: [
          rateLimit({ limit: 2, window: 60, store, key: (ctx) => ctx.headers.get("x-key"), ...options }),
        ],
        onError: (error) => errors.push(error),
      },
    );
  const of = (key: string) => ({ headers: { "x-key": key } });

  it("lets a limit in at once, then one as each comes back, and says so on every reply", async () => {
    let now = 0;
    await withApp(adapter.open(limited(memoryRateLimits({ now: () => now }))), async (opened) => {
      const first = await exact(opened, "/sums", of("a"));
      expect([first.status, first.headers.get("ratelimit-policy"), first.headers.get("ratelimit")]).toEqual([
        200,
        '"default";q=2;w=60',
        '"default";r=1;t=30',
      ]);
      const lost = await exact(opened, "/nowhere", of("a"));
      expect([lost.status, lost.headers.get("ratelimit")]).toEqual([404, '"default";r=0;t=60']);
      const refused = await exact(opened, "/sums", of("a"));
      expect([refused.status, refused.headers.get("retry-after"), refused.headers.get("ratelimit")]).toEqual([
        429,
        "30",
        '"default";r=0;t=60',
      ]);
      expect(JSON.parse(refused.text)).toMatchObject({ code: "RATE_LIMITED", status: 429 });
      expect((await exact(opened, "/sums", of("b"))).status).toBe(200);
      now += 30_000;
      expect((await exact(opened, "/sums", of("a"))).status).toBe(200);
      expect((await exact(opened, "/sums", of("a"))).status).toBe(429);
      expect((await exact(opened, "/sums")).headers.has("ratelimit")).toBe(false);
    });
  });

  it("says it in separate fields, or not at all", async () => {
    const separate = limited(memoryRateLimits({ now: () => 0 }), { headers: "separate" });
    await withApp(adapter.open(separate), async (opened) => {
      const { headers } = await exact(opened, "/sums", of("a"));
      expect(["limit", "remaining", "reset"].map((name) => headers.get(`ratelimit-${name}`))).toEqual([
        "2",
        "1",
        "30",
      ]);
    });
    await withApp(
      adapter.open(limited(memoryRateLimits({ now: () => 0 }), { headers: false })),
      async (opened) => {
        const { headers } = await exact(opened, "/sums", of("a"));
        expect([...headers.keys()].filter((name) => name.startsWith("ratelimit"))).toEqual([]);
      },
    );
  });

  it("answers 503 without its store, or lets everybody in, and reports it either way", async () => {
    const broken: RateLimitStore[] = [
      { take: () => Promise.reject(new Error("no store")) },
      {
        take: () => {
          throw new Error("no store");
        },
      },
    ];
    for (const store of broken) {
      for (const [failure, status] of [
        ["closed", 503],
        ["open", 200],
      ] as const) {
        const errors: unknown[] = [];
        await withApp(adapter.open(limited(store, { failure }, errors)), async (opened) => {
          const reply = await exact(opened, "/sums", of("a"));
          expect([failure, reply.status, errors]).toMatchObject([failure, status, [{ message: "no store" }]]);
          expect(reply.text).not.toContain("no store");
        });
      }
    }
  });
});

it("counts by address, and says where there is none", async () => {
  const errors: unknown[] = [];
  const app = createApp(
    { sums: router(sums) },
    { middleware: [rateLimit({ limit: 1, window: 60 })], onError: (error) => errors.push(error) },
  );
  const ask = async (ip?: string) =>
    (await app.fetch(new Request("http://x/sums"), ip === undefined ? {} : { ip })).status;
  expect([await ask("192.0.2.1"), await ask("::ffff:192.0.2.1"), await ask("192.0.2.2")]).toEqual([
    200, 429, 200,
  ]);
  expect([
    await ask("2001:db8::1"),
    await ask("2001:0DB8:0:0:ffff::2"),
    await ask("2001:db8:0:1::1"),
  ]).toEqual([200, 429, 200]);
  expect([await ask(), String(errors[0])]).toEqual([500, expect.stringContaining("pass 'ip' to app.fetch")]);
});

it("refuses options that could not work, at the start", () => {
  expect(() => timeout(-1)).toThrow("-1 is no time");
  expect(() => bodyLimit(1.5)).toThrow("1.5 is no number of bytes");
  expect(() => decompress({ encodings: ["lzma" as never] })).toThrow("'lzma' is no encoding of bodies");
  expect(() => rateLimit({ limit: 0, window: 1 })).toThrow("a limit of at least 1");
  expect(() => rateLimit({ limit: 1, window: 1, name: 'a"b' })).toThrow("goes into a header");
});

it("is in the document where it is", () => {
  const limit = rateLimit({ limit: 1, window: 1 });
  const app = createApp({ sums: router({ ...sums, list: sums.list }) });
  const document = describeDocument(app.operations, {
    info: { title: "x", version: "1" },
    middleware: [limit],
  });
  const responses = document.paths?.["/sums"]?.get?.responses;
  expect(document.components?.responses?.["RateLimited"]).toHaveProperty(["headers", "retry-after"]);
  expect(responses?.["200"].headers).toHaveProperty("ratelimit-policy");
  expect(Object.keys(responses ?? {})).toContain("429");
  expect(JSON.stringify(responses?.["503"])).toContain("Unavailable");
});
