#!/usr/bin/env node
// Runs the RealWorld Bruno collection against the built example, on PGlite and on PostgreSQL.
//
//   node scripts/bruno.mjs [--json FILE] [--main FILE]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ROOT } from "./install.mjs";
import { findFreePort, startPostgres } from "./postgres.mjs";

const { values: flags } = parseArgs({
  options: {
    json: { type: "string" },
    main: { type: "string", default: join(ROOT, "examples/realworld/dist/main.js") },
  },
});

const COLLECTION = join(ROOT, "tests/fixtures/realworld/bruno");
const FOLDERS = ["auth", "articles", "comments", "favorites", "profiles", "tags"];
const counts = { passed: 0, failed: 0 };

for (const signal of ["SIGINT", "SIGTERM"]) {
  // Leaving by `exit` also stops PostgreSQL and the server.
  process.once(signal, () => process.exit(1));
}
if (!existsSync(flags.main)) {
  throw new Error(`There is no ${flags.main}: run 'npm run build' first.`);
}
await runCollection("PGlite", {});
const { url, stop } = await startPostgres();
try {
  await runCollection("PostgreSQL", { DATABASE_URL: url });
} finally {
  await stop();
}
if (flags.json !== undefined) {
  writeFileSync(flags.json, JSON.stringify(counts));
}
process.exitCode = counts.failed > 0 ? 1 : 0;

async function runCollection(database, settings) {
  const port = await findFreePort();
  const { DATABASE_URL: _, ...environment } = process.env;
  const server = spawn(process.execPath, [flags.main], {
    env: { ...environment, ...settings, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(server, "exit");
  const endWithParent = () => server.kill("SIGKILL");
  process.once("exit", endWithParent);
  let output = "";
  server.stdout.on("data", (chunk) => (output += chunk));
  server.stderr.on("data", (chunk) => (output += chunk));
  const host = `http://127.0.0.1:${port}`;
  if (await waitForAnswer(`${host}/api/tags`, server)) {
    for (const folder of FOLDERS) {
      await runFolder(`${database}: ${folder}`, folder, host);
    }
    server.kill("SIGTERM");
    const [code] = await Promise.race([ended, sleep(20_000, ["no exit within 20 s"], { ref: false })]);
    record(`${database}: stops on SIGTERM with exit code 0`, code === 0, `exit: ${code}\n${output}`);
  } else {
    record(`${database}: answers within 30 s`, false, output);
  }
  process.removeListener("exit", endWithParent);
  server.kill("SIGKILL");
}

async function waitForAnswer(url, server) {
  const patience = Date.now() + 30_000;
  while (Date.now() < patience && server.exitCode === null && server.signalCode === null) {
    try {
      await fetch(url);
      return true;
    } catch {
      await sleep(100);
    }
  }
  return false;
}

/** `bru` exits with 1 when an assertion or a script fails, or when nobody answers. */
async function runFolder(title, folder, host) {
  const options = ["--env", "local", "--env-var", `host=${host}`, "--sandbox", "safe"];
  const child = spawn(join(ROOT, "node_modules/.bin/bru"), ["run", folder, ...options], {
    cwd: COLLECTION,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  record(title, code === 0, output);
}

function record(title, ok, details) {
  counts[ok ? "passed" : "failed"] += 1;
  console.log(`${ok ? "✔" : "✘"} ${title}`);
  if (!ok) {
    console.log(details);
  }
}
