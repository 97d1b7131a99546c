import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, release, totalmem } from "node:os";

const TICK_MS = 10;
const require = createRequire(import.meta.url);

/** Milliseconds of CPU that the whole machine has spent on work, the host's stolen time included. */
export function machineBusyMs() {
  const fields = readFileSync("/proc/stat", "utf8")
    .split("\n", 1)[0]
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const [user, nice, system, , , irq, softirq, steal] = fields;
  return (user + nice + system + irq + softirq + steal) * TICK_MS;
}

/** Milliseconds of CPU of this process and of the children that have ended, the load generators. */
export function ownBusyMs() {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) * TICK_MS;
}

export const cores = cpus().length;

/** What a reader of the figures must know about where they were taken. */
export function describeEnvironment() {
  return {
    date: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0].model.trim(),
    cores,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    loadAverage: loadavg().map((value) => Number(value.toFixed(2))),
    commit: commit(),
  };
}

/** The installed version of a package, or `undefined` where its files cannot be found. */
export function versionOf(name) {
  const folder = (require.resolve.paths(name) ?? []).map((path) => `${path}/${name}/package.json`);
  for (const file of folder) {
    try {
      return JSON.parse(readFileSync(file, "utf8")).version;
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return undefined;
}

function commit() {
  try {
    const cwd = new URL(".", import.meta.url);
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd, encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
