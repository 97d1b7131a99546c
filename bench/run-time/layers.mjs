/**
 * What a layer of middleware costs, in nanoseconds of the pipeline and as a ratio to the same request without one: layers that do
 * nothing, and each built-in one alone. The rounds take turns, the figures are medians, so that a slow moment hits all alike.
 *
 *     node bench/run-time/layers.mjs [--rounds 21] [--count 20000]
 */
import { parseArgs } from "node:util";
import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import * as builtIn from "@tenon/server/middleware";
import * as schemas from "./schemas/zod.mjs";
import { readItem } from "./data.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "21" },
    count: { type: "string", default: "20000" },
  },
});
const rounds = Number(values.rounds);
const count = Number(values.count);

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

function exchange() {
  let finished = () => {};
  return {
    method: "GET",
    target: "/items/123?q=hello&limit=25",
    basePath: "",
    headerList: [],
    remoteAddress: "192.0.2.1",
    isSecure: false,
    platform: undefined,
    upgrade: undefined,
    hasBody: false,
    header: (name) => (name === "host" ? "shop.example" : undefined),
    onAbort() {},
    onFinish(listener) {
      finished = listener;
    },
    finish: () => finished(),
  };
}

async function time(app) {
  const started = process.hrtime.bigint();
  for (let index = 0; index < count; index++) {
    const asked = exchange();
    const reply = app.handle(asked);
    if (reply instanceof Promise) {
      await reply;
    }
    asked.finish();
  }
  return Number(process.hrtime.bigint() - started) / count;
}

const median = (list) => list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)];

const apps = Object.entries(cases).map(([name, layers]) => ({ name, app: makeApp(layers), times: [] }));
for (const { app, name } of apps) {
  const reply = await app.handle(exchange());
  if (reply.status !== 200) throw new Error(`${name} answers ${reply.status}`);
  await time(app);
}
for (let round = 0; round < rounds; round++) {
  for (const each of round % 2 === 0 ? apps : apps.toReversed()) {
    each.times.push(await time(each.app));
  }
}
const base = median(apps[0].times);
console.log(`${"layers".padEnd(26)}${"ns/request".padStart(12)}${"more".padStart(9)}${"ratio".padStart(8)}`);
for (const { name, times } of apps) {
  const ns = median(times);
  console.log(
    `${name.padEnd(26)}${ns.toFixed(0).padStart(12)}${(ns - base).toFixed(0).padStart(9)}${(ns / base).toFixed(2).padStart(8)}`,
  );
}
