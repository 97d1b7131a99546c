/**
 * What a layer of middleware costs, in nanoseconds of the pipeline and as a ratio to the same request without one: layers that do
 * nothing, and each built-in one alone.
 *
 *     node bench/run-time/layers.mjs [--rounds 21] [--count 20000]
 */
import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import * as builtIn from "@tenon/server/middleware";
import * as schemas from "./schemas/zod.mjs";
import { compareApps } from "./compare-apps.mjs";
import { readItem } from "./data.mjs";

const sync = { name: "sync", handle: (_context, next) => next() };
const async_ = { name: "async", handle: async (_context, next) => await next() };
const repeat = (layer, times) => Array.from({ length: times }, () => layer);
const quiet = { info() {}, error() {} };

/** Layers by the name of the case. The caller of all of them sends no headers. */
const cases = {
  none: [],
  "1 that passes on": repeat(sync, 1),
  "5 that pass on": repeat(sync, 5),
  "1 async": repeat(async_, 1),
  "5 async": repeat(async_, 5),
  cors: [builtIn.cors({ origins: ["https://shop.example"] })],
  compress: [builtIn.compress()],
  secureHeaders: [builtIn.secureHeaders()],
  trustedHost: [builtIn.trustedHost({ hosts: ["shop.example"] })],
  requestId: [builtIn.requestId()],
  timeout: [builtIn.timeout(1000)],
  decompress: [builtIn.decompress()],
  rateLimit: [builtIn.rateLimit({ limit: 1e9, window: 1, key: () => "all" })],
  csrf: [builtIn.csrf()],
  session: [builtIn.session({ secrets: ["a secret of thirty-two characters"] })],
  accessLog: [builtIn.accessLog({ logger: quiet })],
  "cache (hashes the body)": [builtIn.cache()],
};

const items = {
  read: procedure
    .input({ id: schemas.Id, q: schemas.SearchText.optional(), limit: schemas.Limit.default(10) })
    .output(schemas.ReadReply)
    .query(({ input }) => readItem(input.id, input.q, input.limit)),
};

function makeApp(middleware) {
  return createApp({ items: router(items) }, { openapi: false, docs: false, middleware });
}

await compareApps(
  "layers",
  Object.fromEntries(Object.entries(cases).map(([name, layers]) => [name, makeApp(layers)])),
);
