import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { checkCanaries } from "./canary.mjs";
import { compilerVersion } from "./compiler.mjs";
import { complaintsOf, measureVariant } from "./measure.mjs";
import { slopesOf } from "./slope.mjs";
import { tenonNames, variantsFor } from "./variants.mjs";

const usage = `node bench/types/budget.mjs [--update] [--kernel FILE]

Fails when Tenon's types cost over 2 % more per procedure than bench/types/budget.json records.
  --update  records what is measured now`;

const FILE = new URL("budget.json", import.meta.url);
// Small sizes: the counts are exact and linear, so the slope is the same as at a thousand.
const SIZES = [8, 64];
const TOLERANCE = 0.02;
const COUNTS = ["instantiations", "types", "bytes"];

const { values } = parseArgs({
  options: {
    update: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    kernel: { type: "string" },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const variants = variantsFor(values.kernel);
const complaints = [];
const measured = {};
for (const name of tenonNames) measured[name] = await measureOne(name, variants[name]);
for (const complaint of complaints) console.log(`FAIL ${complaint}`);

if (values.update) {
  if (complaints.length > 0) {
    console.log("nothing is recorded while an app does not compile or a canary passes");
    process.exit(1);
  }
  const of = values.kernel === undefined ? "the packages" : basename(values.kernel);
  const recorded = { of, typescript: compilerVersion, sizes: SIZES, perProcedure: measured };
  writeFileSync(FILE, `${JSON.stringify(recorded, null, 2)}\n`);
}

const rows = compareWithBudget();
printTable(rows);
const failed =
  rows.filter(({ verdict }) => verdict !== "within" && verdict !== "below").length + complaints.length;
console.log(`${rows.length + complaints.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;

async function measureOne(name, variant) {
  const bySize = {};
  const own = await checkCanaries(name, variant);
  for (const size of SIZES) {
    bySize[size] = await measureVariant(name, variant, size, { withEditor: false, withServer: false });
    own.push(...complaintsOf(bySize[size]).map((words) => `${size} procedures, ${words}`));
  }
  complaints.push(...own.map((words) => `${name}: ${words}`));
  const slopes = Object.entries(slopesOf(bySize, ...SIZES));
  return Object.fromEntries(slopes.map(([part, counts]) => [part, pickCounts(counts)]));
}

// Memory is left out: it does not repeat to 2 %.
function pickCounts(counts) {
  return Object.fromEntries(COUNTS.filter((count) => count in counts).map((count) => [count, counts[count]]));
}

/** A row for each figure that is measured or recorded; one without the other is a failure too. */
function compareWithBudget() {
  const budget = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")).perProcedure : {};
  const now = flatten(measured);
  const recorded = flatten(budget);
  return [...new Set([...now.keys(), ...recorded.keys()])].map((name) => {
    const value = now.get(name);
    const limit = recorded.get(name);
    return { name, value, limit, verdict: verdictOf(value, limit) };
  });
}

function verdictOf(value, limit) {
  if (limit === undefined) return "NOT RECORDED";
  if (value === undefined) return "NOT MEASURED";
  if (value > limit * (1 + TOLERANCE)) return "OVER";
  return value < limit * (1 - TOLERANCE) ? "below" : "within";
}

function flatten(perProcedure) {
  return new Map(
    Object.entries(perProcedure).flatMap(([variant, parts]) =>
      Object.entries(parts).flatMap(([part, counts]) =>
        Object.entries(counts).map(([count, value]) => [`${variant}, ${part}, ${count}`, value]),
      ),
    ),
  );
}

function printTable(lines) {
  const width = Math.max(...lines.map(({ name }) => name.length));
  console.log(`${"per procedure".padEnd(width)}  measured    budget`);
  for (const { name, value, limit, verdict } of lines) {
    const figure = (one) => (one === undefined ? "." : one.toFixed(1)).padStart(8);
    const words =
      verdict === "below" ? "below the budget: record it with --update" : verdict === "within" ? "" : verdict;
    console.log(`${name.padEnd(width)}  ${figure(value)}  ${figure(limit)}  ${words}`.trimEnd());
  }
}
