/**
 * Applications side by side, in nanoseconds of the pipeline and as a ratio to the first. The rounds take turns, the figures are medians,
 * so that a slow moment hits all alike.
 */
import { parseArgs } from "node:util";

/** Asks each application alike, and prints what a request costs. `cases`: applications by name. */
export async function compareApps(heading, cases) {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "21" },
      count: { type: "string", default: "20000" },
    },
  });
  const rounds = Number(values.rounds);
  const count = Number(values.count);
  const apps = Object.entries(cases).map(([name, app]) => ({ name, app, times: [] }));
  for (const { app, name } of apps) {
    await app.start();
    const reply = await app.handle(exchange());
    if (reply.status !== 200) throw new Error(`${name} answers ${reply.status}`);
    await time(app, count);
  }
  for (let round = 0; round < rounds; round++) {
    for (const each of round % 2 === 0 ? apps : apps.toReversed()) {
      each.times.push(await time(each.app, count));
    }
  }
  const base = median(apps[0].times);
  console.log(`${heading.padEnd(26)}${"ns/request".padStart(12)}${"more".padStart(9)}${"ratio".padStart(8)}`);
  for (const { name, times } of apps) {
    const ns = median(times);
    console.log(
      `${name.padEnd(26)}${ns.toFixed(0).padStart(12)}${(ns - base).toFixed(0).padStart(9)}${(ns / base).toFixed(2).padStart(8)}`,
    );
  }
  for (const { app } of apps) {
    await app.stop();
  }
}

function exchange() {
  let finished = () => {};
  return {
    method: "GET",
    target: "/items/123?q=hello&limit=25",
    basePath: "",
    headerList: [],
    host: "shop.example",
    publicOrigin: undefined,
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

async function time(app, count) {
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
