/**
 * What one request allocates in the pipeline, in bytes: the heap's growth over many requests with the collector held off.
 * Repeats to about 1 %, where times do not, so that it can be a budget (`--update` records it).
 *
 *     node bench/run-time/allocations.mjs [--update]
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const FLAGS = ["--expose-gc", "--max-semi-space-size=1024", "--min-semi-space-size=1024", "--no-opt"];
const BUDGET = new URL("allocations.json", import.meta.url);
const TOLERANCE = 0.03;
const WARM = 2_000;
const COUNT = 5_000;

const { values } = parseArgs({
  options: { update: { type: "boolean", default: false }, measure: { type: "boolean", default: false } },
});

if (values.measure) {
  console.log(JSON.stringify(await measure()));
} else {
  compare(JSON.parse(run()));
}

/** A process of its own: the flags must be there from the start. */
function run() {
  const child = spawnSync(process.execPath, [...FLAGS, fileURLToPath(import.meta.url), "--measure"], {
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return child.stdout;
}

async function measure() {
  const { app, requests } = await import("./allocation-app.mjs");
  const measured = {};
  for (const [name, make] of Object.entries(requests)) {
    for (let count = 0; count < WARM; count++) await app.handle(make());
    globalThis.gc();
    const exchanges = Array.from({ length: COUNT }, make);
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < COUNT; count++) await app.handle(exchanges[count]);
    measured[name] = Math.round((process.memoryUsage().heapUsed - before) / COUNT);
  }
  return measured;
}

function compare(measured) {
  if (values.update) {
    writeFileSync(BUDGET, `${JSON.stringify(measured, null, 2)}\n`);
  }
  const budget = JSON.parse(readFileSync(BUDGET, "utf8"));
  let failed = 0;
  console.log("bytes allocated per request      measured    budget");
  for (const [name, bytes] of Object.entries(measured)) {
    const isOver = !(bytes <= budget[name] * (1 + TOLERANCE));
    failed += isOver ? 1 : 0;
    console.log(
      `${name.padEnd(30)} ${String(bytes).padStart(10)} ${String(budget[name]).padStart(9)}${isOver ? "  OVER" : ""}`,
    );
  }
  console.log(`${Object.keys(measured).length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
