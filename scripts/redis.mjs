#!/usr/bin/env node
// A Redis server for the length of a test run: nothing of it is kept.
//
//   node scripts/redis.mjs -- command arguments …     runs the command with TEST_REDIS_URL set
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findFreePort } from "./postgres.mjs";

/**
 * Starts an empty server on a free port of 127.0.0.1; `stop` ends it.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startRedis(attempts = 3) {
  const port = await findFreePort();
  const home = await mkdtemp(join(tmpdir(), "tenon-redis-"));
  const settings = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", [...settings, "--dir", home], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  server.stdout.resume();
  const ended = new Promise((resolve) => {
    server.once("error", resolve);
    server.once("exit", (code) => resolve(new Error(`it ended with ${code}`)));
  });
  const stopAtExit = () => server.kill("SIGKILL");
  process.once("exit", stopAtExit);
  const failure = await Promise.race([ended, answers(port)]);
  if (failure !== undefined) {
    process.removeListener("exit", stopAtExit);
    await rm(home, { recursive: true, force: true });
    // Another process may have taken the free port first.
    if (attempts > 1 && failure.code !== "ENOENT") {
      return startRedis(attempts - 1);
    }
    throw new Error(`Redis could not be started (run 'bash scripts/setup.sh'): ${failure.message}`);
  }
  const stop = async () => {
    process.removeListener("exit", stopAtExit);
    server.kill("SIGTERM");
    await ended;
    await rm(home, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** Resolves when the server takes connections; the failure is the wait's, not the server's. */
async function answers(port) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect({ port, host: "127.0.0.1" }, () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) {
      return undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return new Error("it takes no connections");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , separator, file, ...args] = process.argv;
  if (separator !== "--" || file === undefined) {
    throw new Error("Write: node scripts/redis.mjs -- command arguments …");
  }
  const { url, stop } = await startRedis();
  const child = spawn(file, args, { env: { ...process.env, TEST_REDIS_URL: url }, stdio: "inherit" });
  process.once("SIGTERM", () => child.kill("SIGTERM"));
  process.exitCode = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal === null ? code : 1));
  });
  await stop();
}
