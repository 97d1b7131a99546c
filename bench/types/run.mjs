import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeEnvironment } from "../run-time/machine.mjs";
import { checkCanaries } from "./canary.mjs";
import { compilerVersion } from "./compiler.mjs";
import { editorVersion } from "./editor.mjs";
import { judge } from "./goals.mjs";
import { complaintsOf, measureVariant } from "./measure.mjs";
import { describe } from "./report.mjs";
import { bendOf, slopesOf } from "./slope.mjs";
import { peerNames, tenonNames, variantsFor } from "./variants.mjs";

const usage = `node bench/types/run.mjs [--quick] [--json FILE] [--only tenon,trpc] [--sizes 8,250] [--kernel FILE]

  --quick   Tenon, oRPC and tRPC at 8 and 250 procedures
  --only    ${[...tenonNames, ...peerNames].join(", ")}
  --sizes   two or more; the slope is between the smallest and the largest (default 8, 250, for Tenon 1000 too)
  --kernel  a file of types that stands in for Tenon's packages, to compare a design with them`;

// Several peers do not finish or do not compile at 1000.
const SIZES = [8, 250];
const TENON_SIZES = [8, 250, 1000];

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    json: { type: "string" },
    only: { type: "string" },
    sizes: { type: "string" },
    kernel: { type: "string" },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const known = variantsFor(values.kernel);
const quick = [...tenonNames, "orpc", "trpc"];
const names = values.only?.split(",") ?? (values.quick ? quick : [...tenonNames, ...peerNames]);
const unknown = names.filter((name) => !(name in known));
if (unknown.length > 0)
  throw new Error(`--only: ${unknown.join(", ")} is none of ${Object.keys(known).join(", ")}`);
const wanted = readSizes(values.sizes);
const environment = {
  ...describeEnvironment(),
  typescript: compilerVersion,
  typescriptOfTheEditor: editorVersion,
};

const variants = {};
for (const name of names) variants[name] = await measureAll(name);
const result = {
  kind: "types",
  environment,
  kernel: values.kernel,
  variants,
  goals: judge(variants),
};
console.log(describe(result));
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
// A peer that breaks is a finding; Tenon's own complaints are failures.
if (tenonNames.some((name) => variants[name]?.complaints.length > 0)) process.exitCode = 1;

async function measureAll(name) {
  const variant = known[name];
  const sizes = wanted ?? (tenonNames.includes(name) && !values.quick ? TENON_SIZES : SIZES);
  const bySize = {};
  const complaints = await checkCanaries(name, variant);
  for (const size of sizes) {
    bySize[size] = await measureVariant(name, variant, size);
    complaints.push(...complaintsOf(bySize[size]).map((words) => `${size} procedures, ${words}`));
    console.error(`${name} at ${size}: ${bySize[size].server.instantiations} instantiations on the server`);
  }
  return {
    label: variant.label,
    styles: Object.keys(variant.clients),
    range: { from: sizes[0], to: sizes.at(-1) },
    slopes: slopesOf(bySize, sizes[0], sizes.at(-1)),
    bend: bendOf(bySize, sizes),
    complaints,
    sizes: bySize,
  };
}

function readSizes(text) {
  if (text === undefined) return undefined;
  const list = text.split(",").map(Number);
  if (list.length < 2 || list.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new Error(`--sizes takes two or more whole numbers, not '${text}'`);
  }
  return list.sort((a, b) => a - b);
}
