/**
 * What a dependency costs, in nanoseconds of the pipeline and as a ratio to the same request without one: those that return, that
 * promise and that yield, those that live as long as the application, and what siblings cost beside one after another.
 *
 *     node bench/run-time/dependencies.mjs [--rounds 21] [--count 20000]
 */
import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { compareApps } from "./compare-apps.mjs";
import { readItem } from "./data.mjs";
import * as schemas from "./schemas/zod.mjs";

const kinds = {
  app: () => dependency.scope("app").resolve(() => 1),
  sync: () => dependency.resolve(() => 1),
  async: () => dependency.resolve(async () => 1),
  generator: () =>
    dependency.resolve(function* () {
      yield 1;
    }),
  "async generator": () =>
    dependency.resolve(async function* () {
      yield 1;
    }),
};

/** Each in a `.use` of its own, so that it waits for the one before; or all in one. */
function used(kind, times, isTogether = false) {
  const all = Array.from({ length: times }, (_, index) => [`d${index}`, kinds[kind]()]);
  return isTogether
    ? procedure.use(Object.fromEntries(all))
    : all.reduce((base, [key, each]) => base.use({ [key]: each }), procedure);
}

function makeApp(base) {
  const items = {
    read: base
      .input({ id: schemas.Id, q: schemas.SearchText.optional(), limit: schemas.Limit.default(10) })
      .output(schemas.ReadReply)
      .query(({ input }) => readItem(input.id, input.q, input.limit)),
  };
  return createApp({ items: router(items) }, { openapi: false, docs: false });
}

const shared = kinds.sync();
const sharing = (index) => dependency.use({ shared }).resolve(({ shared: value }) => value + index);

await compareApps("dependencies", {
  none: makeApp(procedure),
  ...Object.fromEntries(
    Object.keys(kinds).flatMap((kind) =>
      [1, 5].map((times) => [`${times} ${kind}`, makeApp(used(kind, times))]),
    ),
  ),
  "5 async together": makeApp(used("async", 5, true)),
  "5 that share a sixth": makeApp(
    procedure.use(Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`d${index}`, sharing(index)]))),
  ),
  "1 guard": makeApp(procedure.guard(kinds.sync())),
});
