#!/usr/bin/env node
// `npm start [example]`: installs and builds what is missing, then serves an example, RealWorld by default.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, ROOT } from "./install.mjs";

const [example = "realworld", ...rest] = process.argv.slice(2);
if (!existsSync(join(ROOT, "examples", example, "src/main.ts"))) {
  console.error(`There is no example '${example}': write npm start, npm start shop, npm start bookshop …`);
  process.exit(2);
}
ensureInstalled();
build();
serve();

function build() {
  console.log("Building …");
  const turbo = join(ROOT, "node_modules/.bin/turbo");
  const options = [`--filter=@tenon/example-${example}`, "--output-logs=errors-only"];
  const result = spawnSync(turbo, ["run", "build", ...options], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  });
  if (result.status !== 0) {
    console.error(result.error?.message ?? result.stdout + result.stderr);
    process.exit(1);
  }
}

function serve() {
  const main = join(ROOT, "examples", example, "dist/main.js");
  const child = spawn(process.execPath, [main, ...rest], {
    stdio: "inherit",
    env: { ...process.env, PORT: process.env.PORT || "8000" },
  });
  // A terminal sends Ctrl+C to both processes; passing it on would look like a second one.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.once("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once("exit", (code) => process.exit(code ?? 1));
}
