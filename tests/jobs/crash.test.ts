import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { job } from "@tenon/core";
import { createApp } from "@tenon/server";
import type { JobQueue } from "@tenon/server/jobs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { engineOf } from "./engine-of.mjs";
import { queueOn } from "./running.ts";
import { addressOf } from "./servers.ts";

const PROGRAM = fileURLToPath(new URL("worker-process.mjs", import.meta.url));
const WITHIN = { timeout: 20_000, interval: 20 };

describe.each(["pg-boss", "bullmq"] as const)("a worker process on %s", { timeout: 60_000 }, (kind) => {
  const url = addressOf(kind);
  const children: ChildProcess[] = [];
  let folder: string;
  let log: string;
  let name: string;
  let queue: JobQueue;
  let close: () => Promise<void>;

  // The process has this job with what it does; here it is only put into the queue.
  const counted = () =>
    job(name)
      .input({ n: z.int(), waits: z.boolean().default(false) })
      .timeout(1500)
      .handle(() => {});
  const start = (grace = 10_000): ChildProcess => {
    const child = fork(PROGRAM, [kind, url, name, log], {
      env: { ...process.env, GRACE: String(grace) },
      execArgv: [],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    children.push(child);
    return child;
  };
  const lines = async (): Promise<string[]> =>
    (await readFile(log, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
  const said = (line: string): Promise<unknown> => expect.poll(lines, WITHIN).toContain(line);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenon-jobs-"));
    log = join(folder, "log");
    name = `crash-${randomUUID()}`;
    const made = await engineOf(kind, url);
    const app = createApp({});
    queue = (await app.resolve(queueOn(made.engine))).value;
    close = async () => {
      await app.stop();
      await made.close();
    };
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill("SIGKILL");
    }
    await close();
    await rm(folder, { recursive: true });
  });

  it("that is killed in the middle of a job loses none, and repeats none but that one", async () => {
    for (let n = 1; n <= 7; n++) {
      await queue.enqueue(counted(), { n, waits: n === 4 });
    }
    const first = start();
    await said("begins 4 1");
    first.kill("SIGKILL");
    await once(first, "exit");
    start();
    for (let n = 1; n <= 7; n++) {
      await said(`ends ${n} ${n === 4 ? 2 : 1}`);
    }
    const all = (await lines()).filter((line) => /^(?:begins|ends)/.test(line));
    const numbers = [1, 2, 3, 4, 5, 6, 7];
    const expected = numbers.flatMap((n) =>
      n === 4 ? ["begins 4 1", "begins 4 2", "ends 4 2"] : [`begins ${n} 1`, `ends ${n} 1`],
    );
    expect(all.toSorted()).toEqual(expected.toSorted());
    expect(await queue.deadLetters(counted())).toEqual([]);
  });

  it("that is told to stop ends the job at work, takes no other, closes its dependencies, and exits with 0", async () => {
    await queue.enqueue(counted(), { n: 1, waits: true });
    await queue.enqueue(counted(), { n: 2 });
    const child = start();
    await said("begins 1 1");
    child.kill("SIGTERM");
    await said("told to stop");
    child.send("release");
    const [code] = await once(child, "exit");
    expect([code, (await lines()).filter((line) => !line.startsWith("ready"))]).toEqual([
      0,
      ["opens", "begins 1 1", "told to stop", "ends 1 1", "closes"],
    ]);
    const second = start();
    await said("ends 2 1");
    second.kill("SIGTERM");
    expect((await once(second, "exit"))[0]).toBe(0);
    expect((await lines()).filter((line) => line.startsWith("begins"))).toEqual(["begins 1 1", "begins 2 1"]);
  });

  it("that cannot wait any longer aborts the job at work, exits with 0, and leaves it to the next", async () => {
    await queue.enqueue(counted(), { n: 1, waits: true });
    const child = start(100);
    await said("begins 1 1");
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).toBe(0);
    const jobError = expect.stringMatching(/^run 1 of the job .* failed: the worker stops/);
    expect((await lines()).filter((line) => !line.startsWith("ready"))).toEqual([
      "opens",
      "begins 1 1",
      "told to stop",
      "session sees AbortError",
      jobError,
      "closes",
    ]);
    start();
    await said("ends 1 2");
    expect(await queue.deadLetters(counted())).toEqual([]);
  });
});
