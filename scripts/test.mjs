#!/usr/bin/env node
// Runs the test suites: node scripts/test.mjs [--check] [--full] [--only name,name] [--json FILE]
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureInstalled, ROOT } from "./install.mjs";
import { judge, readReport, reportOptions } from "./report.mjs";
import { selectSuites } from "./suites.mjs";

const { values: flags } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    only: { type: "string" },
    json: { type: "string", default: join(ROOT, ".tmp/test-summary.json") },
  },
});

const OUTPUT = join(ROOT, ".tmp/test");
const PATH = `${join(ROOT, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
let running;

process.on("SIGINT", () => interrupt(130));
process.on("SIGTERM", () => interrupt(143));
await main();

async function main() {
  const suites = selectSuites({ ...flags, only: flags.only?.split(",") });
  const startedAt = new Date();
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  ensureInstalled();
  const results = [];
  if (suites.some((suite) => suite.machine)) {
    results.push(await runSuite({ name: "setup", command: ["bash", "scripts/setup.sh"], minutes: 15 }));
  }
  for (const suite of suites) {
    results.push(await runSuite(suite));
  }
  if (!flags.check && flags.only === undefined) {
    results.push(findForgottenTests(results));
  }
  const failed = summarise(results, startedAt);
  process.exitCode = failed > 0 ? 1 : 0;
}

async function runSuite(suite) {
  process.stdout.write(`▶ ${suite.name}\n`);
  const started = performance.now();
  const log = join(OUTPUT, `${suite.name}.log`);
  const reportFile = join(OUTPUT, `${suite.name}.report`);
  const exitCode = await runCommand(suite, log, reportFile);
  const { verdict, files, figures } = readVerdict(suite, exitCode, reportFile);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (!verdict.ok) {
    console.log(tail(log, 60));
  }
  console.log(`${verdict.ok ? "✔" : "✘"} ${suite.name} (${seconds} s)`);
  return { name: suite.name, ...verdict, seconds, log, files, figures };
}

/** Runs a suite's command in a process group of its own, so that its time limit ends whatever it started. */
function runCommand(suite, log, reportFile) {
  const { options = [], args = [], env } = reportOptions(suite.report, reportFile);
  const [file, first, ...rest] = suite.command;
  const output = createWriteStream(log);
  return new Promise((done) => {
    const child = spawn(file, [...(first === undefined ? [] : [first]), ...options, ...rest, ...args], {
      cwd: ROOT,
      env: {
        ...process.env,
        PATH,
        CI: "1",
        NO_COLOR: "1",
        TURBO_TELEMETRY_DISABLED: "1",
        ...suite.env,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    running = child;
    const started = performance.now();
    const pulse = setInterval(() => {
      console.log(`  ${suite.name}: ${Math.round((performance.now() - started) / 1000)} s …`);
    }, 60_000);
    const limit = setTimeout(() => {
      output.write(`\nStopped: ${suite.name} took longer than ${suite.minutes} minutes.\n`);
      endGroup(child);
    }, suite.minutes * 60_000);
    const finish = (code) => {
      clearInterval(pulse);
      clearTimeout(limit);
      running = undefined;
      output.end(() => done(code));
    };
    child.stdout.on("data", (chunk) => output.write(chunk));
    child.stderr.on("data", (chunk) => output.write(chunk));
    child.once("error", (error) => {
      output.write(`${error.message}\n`);
      finish(127);
    });
    child.once("close", (code, signal) => finish(code ?? signal));
  });
}

function endGroup(child) {
  signalGroup(child, "SIGTERM");
  setTimeout(() => signalGroup(child, "SIGKILL"), 5_000).unref();
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

function interrupt(exitCode) {
  if (running !== undefined) {
    endGroup(running);
    running.once("close", () => process.exit(exitCode));
  } else {
    process.exit(exitCode);
  }
}

function readVerdict(suite, exitCode, reportFile) {
  if (suite.report === undefined) {
    return { verdict: judge(exitCode, undefined), files: [] };
  }
  try {
    const counts = readReport(suite.report, readFileSync(reportFile, "utf8"));
    return { verdict: judge(exitCode, counts), files: counts.files, figures: counts.figures };
  } catch {
    const reason = `no report, exit code ${exitCode}`;
    return { verdict: { ok: false, passed: 0, failed: 1, reason }, files: [] };
  }
}

/** A test file that no suite runs would stay green for ever. */
function findForgottenTests(results) {
  const known = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.test.ts"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const ran = new Set(results.flatMap((result) => result.files));
  const forgotten = known
    .split("\n")
    .filter((path) => path !== "" && !path.includes("/fixtures/") && !ran.has(resolve(ROOT, path)));
  for (const path of forgotten) {
    console.log(`  no suite ran ${path}`);
  }
  const ok = forgotten.length === 0;
  const counts = { passed: ok ? 1 : 0, failed: forgotten.length };
  return { name: "every file", ok, ...counts, reason: undefined, seconds: 0, log: "", files: [] };
}

function summarise(results, startedAt) {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  const seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
  console.log(`\n${row("suite", "result", "passed", "failed", "seconds")}`);
  for (const result of results) {
    const line = row(
      result.name,
      result.ok ? "ok" : "FAILED",
      result.passed,
      result.failed,
      result.seconds.toFixed(1),
    );
    console.log(result.reason === undefined ? line : `${line}   ${result.reason}`);
  }
  const suites = results.map(({ files, ...result }) => result);
  const summary = { startedAt: startedAt.toISOString(), seconds, passed, failed, suites };
  mkdirSync(dirname(resolve(flags.json)), { recursive: true });
  writeFileSync(flags.json, `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed;
}

function row(name, result, passed, failed, seconds) {
  return [
    String(name).padEnd(14),
    String(result).padEnd(8),
    String(passed).padStart(8),
    String(failed).padStart(8),
    String(seconds).padStart(9),
  ].join("");
}

function tail(file, lines) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}
