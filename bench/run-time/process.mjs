import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const SERVER_CORE = "0";
const START_LIMIT_MS = 20_000;
// Root may raise the priority, so that other processes disturb a window less; it is the same for every server.
export const PRIORITY = process.getuid?.() === 0 ? ["nice", "-n", "-5"] : [];

/** A running server, pinned to its core. */
export class Server {
  #child;
  #errors = "";

  constructor(name, contestant, port) {
    this.name = name;
    this.contestant = contestant;
    this.url = `http://127.0.0.1:${port}`;
    const file = new URL(`servers/${contestant.file}`, import.meta.url).pathname;
    const [command, ...rest] = [...PRIORITY, "taskset", "-c", SERVER_CORE, process.execPath];
    this.#child = spawn(command, [...rest, ...(contestant.flags ?? []), file], {
      env: { ...process.env, NODE_ENV: "production", PORT: String(port) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#child.stderr.on("data", (chunk) => {
      this.#errors = (this.#errors + chunk).slice(-4000);
    });
  }

  /** Waits for the first answer; a server that dies instead is reported with its own words. */
  async ready() {
    const end = Date.now() + START_LIMIT_MS;
    while (Date.now() < end) {
      if (this.#child.exitCode !== null) throw new Error(`${this.name} did not start: ${this.#complaint()}`);
      try {
        await (await fetch(this.url)).arrayBuffer();
        return;
      } catch {
        await sleep(25);
      }
    }
    throw new Error(`${this.name} did not answer within ${START_LIMIT_MS / 1000} s: ${this.#complaint()}`);
  }

  /** CPU time of all its threads. The scheduler's own count is in ns; utime + stime would come in steps of 10 ms. */
  cpuNanoseconds() {
    const tasks = `/proc/${this.#child.pid}/task`;
    let sum = 0;
    for (const task of readdirSync(tasks))
      sum += Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]);
    return sum;
  }

  residentMegabytes() {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
  }

  stop() {
    this.#child.kill("SIGKILL");
  }

  #complaint() {
    const lines = this.#errors.split("\n").filter((line) => line.trim() !== "");
    return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? "no word on stderr";
  }
}

/** A port that nobody listens on. */
export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
