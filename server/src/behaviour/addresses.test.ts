import { header, procedure, query, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const RICH = { accept: "application/vnd.tenon+json, application/json;q=0.9" };
const at = new Date("2026-01-02T03:04:05.678Z");
const things = {
  read: procedure
    .input({
      id: z.int(),
      dry: query(z.boolean().default(false)),
      trace: header("x-trace", z.string().optional()),
    })
    .output({
      id: z.int(),
      at: z.date(),
      big: z.bigint(),
      tags: z.set(z.string()),
      secret: z.string().optional(),
    })
    .errors({ GONE: { status: 410, data: { since: z.date() } } })
    .query(({ input, errors }) =>
      input.id === 0
        ? errors.GONE({ since: at })
        : Object.assign({ id: input.id, at, big: 9n, tags: new Set(["a"]) }, { password: "hunter2" }),
    ),
  several: procedure
    .route("POST /several")
    .input({ which: z.enum(["old", "new"]) })
    .output({ 200: { old: z.literal(true) }, 201: { id: z.int() } })
    .mutation(({ input, reply }) =>
      input.which === "old"
        ? reply(200, { old: true })
        : reply(201, { id: 1 }, { headers: { "X-Made": "yes" } }),
    ),
  codec: procedure
    .output({
      day: z.codec(z.iso.date(), z.date(), {
        decode: (text) => new Date(text),
        encode: (date) => date.toISOString().slice(0, 10),
      }),
      size: z.int().default(3),
    })
    .query(() => ({ day: at })),
  remove: procedure
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {}),
  files: procedure
    .route("GET /files/{rest*}")
    .input({ rest: z.string() })
    .output(z.string())
    .query(({ input }) => input.rest),
};
const make = () =>
  createApp({ things: router(things), plain: router(things, { prefix: "/old", rpc: false }) });

behindEveryAdapter("both addresses", (adapter) => {
  it("answers the same at the REST and at the canonical address", async () => {
    const [rest, rpc, removed, removedRpc, none] = await answers(
      adapter,
      make(),
      ["/things/7?dry=true"],
      ["/rpc/things.read", json({ id: 7, dry: true })],
      ["/things/7", { method: "DELETE" }],
      ["/rpc/things.remove", json({ id: 7 })],
      ["/rpc/plain.read", json({ id: 7 })],
    );
    const body = '{"id":7,"at":"2026-01-02T03:04:05.678Z","big":"9","tags":["a"]}';
    expect(rest?.text).toBe(body);
    expect(rpc?.text).toBe(body);
    for (const answer of [removed, removedRpc]) {
      expect([answer?.status, answer?.text, answer?.headers.get("content-type")]).toEqual([204, "", null]);
    }
    expect(none?.json).toMatchObject({ code: "ROUTE_NOT_FOUND" });
  });

  it("adds what to revive for callers that accept it, around the same bytes", async () => {
    const [plain, rich] = await answers(adapter, make(), ["/things/7"], ["/things/7", { headers: RICH }]);
    expect(rich?.headers.get("content-type")).toBe("application/vnd.tenon+json");
    expect(rich?.headers.get("cache-control")).toBe("private, no-store");
    expect([plain?.headers.get("vary"), rich?.headers.get("vary")]).toEqual(["accept", "accept"]);
    expect(rich?.text.startsWith(`{"json":${plain?.text},"meta":`)).toBe(true);
    expect(rich?.json).toMatchObject({
      meta: { values: { at: ["Date"], big: ["bigint"], tags: ["set"] }, v: 1 },
    });
  });

  it("adds what to revive in the data of a declared error, too", async () => {
    const [plain, rich] = await answers(adapter, make(), ["/things/0"], ["/things/0", { headers: RICH }]);
    expect(plain?.json).toEqual({
      type: "about:blank",
      title: "Gone",
      status: 410,
      code: "GONE",
      data: { since: at.toISOString() },
    });
    expect(rich?.json).toEqual({ ...(plain?.json as object), meta: { values: { since: ["Date"] }, v: 1 } });
  });

  it("sends one of several statuses, with the headers of that reply", async () => {
    const [old, fresh] = await answers(
      adapter,
      make(),
      ["/things/several", json({ which: "old" })],
      ["/things/several", json({ which: "new" })],
    );
    expect([old?.status, old?.json]).toEqual([200, { old: true }]);
    expect([fresh?.status, fresh?.json, fresh?.headers.get("x-made")]).toEqual([201, { id: 1 }, "yes"]);
  });

  it("runs codecs backward and fills defaults on the way out", async () => {
    const [answer] = await answers(adapter, make(), ["/things/codec"]);
    expect(answer?.json).toEqual({ day: "2026-01-02", size: 3 });
  });

  it("gives the rest of a path to a catch-all, static parts first", async () => {
    const [rest, deep] = await answers(adapter, make(), ["/things/files/a/b%20c"], ["/things/files/x%2Fy/z"]);
    expect(rest?.json).toBe("a/b c");
    expect(deep?.json).toBe("x/y/z");
  });

  it("answers HEAD as GET without a body, and OPTIONS with what is allowed", async () => {
    const [head, options, slash] = await answers(
      adapter,
      make(),
      ["/things/7", { method: "HEAD" }],
      ["/things/7", { method: "OPTIONS" }],
      ["/things/7/?dry=1"],
    );
    expect([head?.status, head?.text, head?.headers.get("content-length")]).toEqual([200, "", "63"]);
    expect([options?.status, options?.headers.get("allow")]).toEqual([204, "DELETE, GET, HEAD, OPTIONS"]);
    expect([slash?.status, slash?.headers.get("location")]).toEqual([308, "/things/7?dry=1"]);
  });
});

it("works without code generation", async () => {
  const app = createApp({ things: router(things) }, { backEnd: "close" });
  const response = await app.fetch(new Request("http://x/things/7?dry=1"));
  expect(await response.json()).toEqual({ id: 7, at: at.toISOString(), big: "9", tags: ["a"] });
  const refused = await app.fetch(new Request("http://x/things/x"));
  expect(refused.status).toBe(422);
});
