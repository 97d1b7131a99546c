import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bodyOf } from "./body.mjs";
import { requestOf } from "./dialect.mjs";
import { PRIORITY } from "./process.mjs";

const GENERATOR_CORE = "1";
const CONNECTIONS = 64;
const post = new URL("post.lua", import.meta.url).pathname;
const MILLISECONDS = { us: 1e-3, ms: 1, s: 1e3 };

/** The generator's version line, or a refusal that says how to get it. */
export function generatorVersion() {
  const { stdout, error } = spawnSync("wrk", ["-v"], { encoding: "utf8" });
  if (error) throw new Error("wrk is not on the PATH: run bench/setup.sh, which installs it");
  return stdout.split("\n")[0].replace(/ Copyright.*/, "");
}

/** Keeps 64 connections busy for some seconds. */
export async function load(server, scenario, seconds) {
  const request = requestOf(server.contestant, scenario);
  const folder = mkdtempSync(join(tmpdir(), "tenon-bench-"));
  const bodyFile = join(folder, "body");
  const { bytes, type } = bodyOf(request) ?? { bytes: "", type: "" };
  writeFileSync(bodyFile, bytes);
  const script = request.method === "POST" ? ["-s", post] : [];
  const timing = ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--latency"];
  const [command, ...rest] = [...PRIORITY, "taskset", "-c", GENERATOR_CORE, "wrk", ...timing];
  try {
    const target = `${server.url}${request.target}`;
    return parse(
      await run(command, [...rest, ...script, target], {
        ...process.env,
        BODY_FILE: bodyFile,
        CONTENT_TYPE: type,
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(command, parameters, env) {
  const child = spawn(command, parameters, { env, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`wrk ended with ${code}: ${text}`);
  return text;
}

function parse(text) {
  const percentile = (rank) => {
    const [, figure, unit] = new RegExp(`^\\s+${rank}%\\s+([\\d.]+)(us|ms|s)`, "m").exec(text);
    return Number(figure) * MILLISECONDS[unit];
  };
  return {
    requests: Number(/(\d+) requests in/.exec(text)[1]),
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]),
    p50: percentile(50),
    p99: percentile(99),
    refused: Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0),
    socketErrors: /Socket errors: (.*)/.exec(text)?.[1],
  };
}
