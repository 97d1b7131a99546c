#!/usr/bin/env node
// Runs the recorded answers of FastAPI's tutorial against the applications in examples/fastapi-tutorial.
//
//   node scripts/fastapi.mjs [--level portable|deep] [--app NAME …] [--verbose] [--json FILE]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./install.mjs";

const { values: flags } = parseArgs({
  options: {
    level: { type: "string", default: "portable" },
    app: { type: "string", multiple: true },
    verbose: { type: "boolean", default: false },
    json: { type: "string" },
  },
});

const FIXTURES = join(ROOT, "tests/fixtures/fastapi-tutorial");
const EXAMPLE = join(ROOT, "examples/fastapi-tutorial");

const recorded = readdirSync(join(FIXTURES, "cases")).map((file) => file.replace(/\.json$/, ""));
const ported = recorded.filter((name) => existsSync(sourceOf(name)));
const wanted = flags.app ?? ported;
const missing = wanted.filter((name) => !ported.includes(name));
if (missing.length > 0) {
  throw new Error(`There is no application ${missing.join(", ")} in ${EXAMPLE}.`);
}
if (!existsSync(join(EXAMPLE, "dist"))) {
  throw new Error("The example is not built: run 'npm run build' first.");
}

const run = spawn(
  "python3",
  [
    join(FIXTURES, "run_cases.py"),
    join(FIXTURES, "cases"),
    "--launch",
    `${process.execPath} ${join(EXAMPLE, "serve.js")} --app {app} --port {port}`,
    "--level",
    flags.level,
    ...(flags.verbose ? ["--verbose"] : []),
    ...wanted.flatMap((name) => ["--app", name]),
  ],
  { stdio: ["ignore", "pipe", "inherit"] },
);
let output = "";
run.stdout.on("data", (chunk) => {
  output += chunk;
  process.stdout.write(chunk);
});
const [code] = await once(run, "exit");
const counts = /(\d+) passed, (\d+) failed/.exec(output);
if (counts === null) {
  throw new Error("The runner ended without a count.");
}
if (flags.app === undefined) {
  const rest = recorded.filter((name) => !ported.includes(name));
  console.log(
    `${ported.length} of ${recorded.length} applications are ported; not yet: ${rest.join(", ") || "none"}`,
  );
}
if (flags.json !== undefined) {
  writeFileSync(flags.json, JSON.stringify({ passed: Number(counts[1]), failed: Number(counts[2]) }));
}
process.exitCode = code === 0 ? 0 : 1;

/** path_params.tutorial001 is path-params/tutorial001.ts. */
function sourceOf(name) {
  const path = name
    .replace(/_(?=\.)/g, "")
    .replaceAll("_", "-")
    .replaceAll(".", "/");
  return join(EXAMPLE, "src", `${path}.ts`);
}
