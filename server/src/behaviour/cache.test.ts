import { ApiError, procedure, router, security, text } from "@tenon/core";
import { describe as describeDocument } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { cache, type CacheOptions } from "../middleware/cache.ts";
import { compress } from "../middleware/compress.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

function makeApp(options: CacheOptions = {}): App<unknown> {
  let name = "tea ".repeat(500);
  const things = {
    read: procedure
      .input({ id: z.int() })
      .output(z.string())
      .query(() => name),
    replace: procedure
      .input({ id: z.int(), name: z.string() })
      .output(z.string())
      .mutation(({ input }) => {
        name = input.name;
        return name;
      }),
  };
  const others = {
    own: procedure.output(text()).query(({ ctx }) => {
      ctx.response.headers.set("etag", '"v1"');
      ctx.response.headers.set("cache-control", "max-age=5");
      return "own";
    }),
    mine: procedure
      .use({ token: security.optional(security.bearer()) })
      .output(z.string())
      .query(() => "mine"),
    lost: procedure.output(z.string()).query(() => {
      throw new ApiError("FORBIDDEN", 403, undefined);
    }),
    watch: procedure.output(z.int()).stream(async function* () {
      yield 1;
    }),
  };
  return createApp(
    { things: router(things), others: router(others) },
    { middleware: [compress({ algorithms: ["gzip"] }), cache(options)], onError: () => {} },
  );
}

behindEveryAdapter("cache", (adapter) => {
  it("gives a tag to what has none, the same for the same, and 304 to whoever has it", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const first = await exact(opened, "/things/1");
      const etag = first.headers.get("etag") as string;
      expect([etag, first.headers.get("cache-control")]).toEqual([
        expect.stringMatching(/^"[\da-f]{24}"$/),
        "no-cache",
      ]);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
        const again = await exact(opened, "/things/1", { headers: { "if-none-match": known } });
        expect([
          known,
          again.status,
          again.text,
          again.headers.get("etag"),
          again.headers.get("content-type"),
        ]).toEqual([known, 304, "", etag, null]);
      }
      const other = await exact(opened, "/things/1", { headers: { "if-none-match": '"other"' } });
      expect([other.status, other.text]).toEqual([200, first.text]);
      const head = await exact(opened, "/things/1", { method: "HEAD" });
      expect([head.status, head.text, head.headers.get("etag")]).toEqual([200, "", etag]);
      await exact(opened, "/things/1", {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: '{"name":"coffee"}',
      });
      const changed = await exact(opened, "/things/1", { headers: { "if-none-match": etag } });
      expect([changed.status, changed.text]).toEqual([200, '"coffee"']);
    }));

  it("keeps what a reply says itself, and what is for one caller to one caller", async () => {
    await withApp(
      adapter.open(makeApp({ control: "public, max-age=60", vary: ["accept-language"] })),
      async (opened) => {
        const own = await exact(opened, "/others/own");
        expect([own.headers.get("etag"), own.headers.get("cache-control")]).toEqual(['"v1"', "max-age=5"]);
        expect((await exact(opened, "/others/own", { headers: { "if-none-match": '"v1"' } })).status).toBe(
          304,
        );
        const mine = await exact(opened, "/others/mine");
        expect(mine.headers.get("cache-control")).toBe("private, no-store");
        const read = await exact(opened, "/things/1");
        expect([read.headers.get("cache-control"), read.headers.get("vary")]).toEqual([
          "public, max-age=60",
          expect.stringContaining("accept-language"),
        ]);
        for (const path of ["/others/lost", "/nowhere", "/others/watch"]) {
          expect([path, (await exact(opened, path)).headers.get("etag")]).toEqual([path, null]);
        }
      },
    );
    await withApp(adapter.open(makeApp({ control: "private, max-age=60" })), async (opened) => {
      expect((await exact(opened, "/others/mine")).headers.get("cache-control")).toBe("private, max-age=60");
    });
  });

  it("goes together with compression: the tag that was given is known again", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const gzip = { "accept-encoding": "gzip" };
      const zipped = await exact(opened, "/things/1", { headers: gzip });
      const etag = zipped.headers.get("etag") as string;
      expect([zipped.headers.get("content-encoding"), etag]).toEqual([
        "gzip",
        expect.stringMatching(/^W\/"/),
      ]);
      const again = await exact(opened, "/things/1", { headers: { ...gzip, "if-none-match": etag } });
      expect([again.status, again.headers.get("etag"), again.headers.get("vary")]).toEqual([
        304,
        etag,
        expect.stringContaining("accept-encoding"),
      ]);
    }));

  it("lets nobody change what has changed since it was read", () =>
    withApp(
      adapter.open(
        makeApp({
          current: (context) => (context.url.pathname.endsWith("/1") ? '"v1"' : undefined),
          required: true,
        }),
      ),
      async (opened) => {
        const put = async (path: string, headers: Record<string, string>, body = '{"name":"x"}') => {
          const reply = await exact(opened, path, {
            method: "PUT",
            headers: { "content-type": "application/json", ...headers },
            body,
          });
          return [reply.status, (JSON.parse(reply.text) as { code?: string }).code];
        };
        expect(await put("/things/1", { "if-match": '"v1"' })).toEqual([200, undefined]);
        expect(await put("/things/1", { "if-match": 'W/"v1"' })).toEqual([200, undefined]);
        expect(await put("/things/1", { "if-match": '"v0", "v1"' })).toEqual([200, undefined]);
        expect(await put("/things/1", { "if-match": "*" })).toEqual([200, undefined]);
        expect(await put("/things/1", { "if-match": '"v0"' })).toEqual([412, "PRECONDITION_FAILED"]);
        expect(await put("/things/2", { "if-match": "*" })).toEqual([412, "PRECONDITION_FAILED"]);
        expect(await put("/things/1", { "if-none-match": "*" })).toEqual([412, "PRECONDITION_FAILED"]);
        expect(await put("/things/2", { "if-none-match": "*" })).toEqual([200, undefined]);
        expect(await put("/things/1", {})).toEqual([428, "PRECONDITION_REQUIRED"]);
        const read = await exact(opened, "/things/1", { headers: { "if-match": '"v0"' } });
        expect(read.status).toBe(412);
      },
    ));
});

it("is in the document, and refuses what means nothing", () => {
  expect(() => cache({ required: true })).toThrow("'required' asks for 'current'");
  const app = makeApp();
  const document = describeDocument(app.operations, {
    info: { title: "x", version: "1" },
    middleware: app.options.middleware ?? [],
  });
  expect(Object.keys(document.paths?.["/things/{id}"]?.get?.responses ?? {})).toEqual(
    expect.arrayContaining(["200", "304", "412"]),
  );
  expect(Object.keys(document.paths?.["/things/{id}"]?.put?.responses ?? {})).not.toContain("412");
});
