#!/usr/bin/env node
// Is what would be published in order? Unused code (knip), package.json against files (publint),
// and types as others resolve them (attw).
//
//   node scripts/check-packages.mjs [--json FILE]
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./install.mjs";

const { values: flags } = parseArgs({ options: { json: { type: "string" } } });

const PACKAGES = ["core", "client", "server", "docs-site"];
const counts = { passed: 0, failed: 0 };

await check("knip: nothing is unused", "knip", ["--no-progress"]);
for (const name of PACKAGES) {
  await check(`publint: ${name}`, "publint", ["run", name, "--strict"]);
  await check(`attw: ${name}`, "attw", ["--pack", name, "--profile", "esm-only", "--no-emoji", "--no-color"]);
  checkNames(name);
}
if (flags.json !== undefined) {
  writeFileSync(flags.json, JSON.stringify(counts));
}
process.exitCode = counts.failed > 0 ? 1 : 0;

function check(title, tool, args) {
  return new Promise((done) => {
    execFile(join(ROOT, "node_modules/.bin", tool), args, { cwd: ROOT }, (error, stdout, stderr) => {
      record(title, error === null, stdout + stderr);
      done();
    });
  });
}

/** Every entry offers its source to this repository's tests and its types before its code to everybody. */
function checkNames(name) {
  const { exports } = JSON.parse(readFileSync(join(ROOT, name, "package.json"), "utf8"));
  const wrong = Object.entries(exports).filter(
    ([path, target]) =>
      path !== "./package.json" && Object.keys(target).join() !== "tenon-source,types,default",
  );
  record(
    `entries: ${name}`,
    wrong.length === 0,
    wrong.map(([path]) => `${path} lacks a condition`).join("\n"),
  );
}

function record(title, ok, details) {
  counts[ok ? "passed" : "failed"] += 1;
  console.log(`${ok ? "✔" : "✘"} ${title}`);
  if (!ok) {
    console.log(details.trim());
  }
}
