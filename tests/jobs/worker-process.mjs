// A worker as a process of its own, from what was built: node worker-process.mjs <engine> <url> <name> <log>
import { appendFileSync } from "node:fs";
import { dependency, job } from "@tenon/core";
import { openQueue, work } from "@tenon/server/jobs";
import { z } from "zod";
import { engineOf } from "./engine-of.mjs";

const [, , kind, url, name, log] = process.argv;
const say = (line) => appendFileSync(log, `${line}\n`);

const { engine, close } = await engineOf(kind, url);
const connection = dependency.scope("app").resolve(async function* () {
  say("opens");
  yield;
  say("closes");
});
const queue = dependency.scope("app").resolve(async function* () {
  const opened = await openQueue(engine);
  try {
    yield opened;
  } finally {
    await opened.close();
    await close();
  }
});
const session = dependency.use({ connection }).resolve(async function* () {
  try {
    yield;
  } catch (error) {
    say(`session sees ${error.name}`);
    throw error;
  }
});

let release;
const released = new Promise((resolve) => {
  release = resolve;
});
process.on("message", () => release());

const counted = job(name)
  .input({ n: z.int(), waits: z.boolean().default(false) })
  .use({ session })
  .timeout(1500)
  .retry({ limit: 3, delay: 50 })
  .handle(async ({ input: { n, waits }, ctx, signal }) => {
    say(`begins ${n} ${ctx.attempt}`);
    if (waits && ctx.attempt === 1) {
      const aborted = new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      });
      await Promise.race([released, aborted]);
    }
    say(`ends ${n} ${ctx.attempt}`);
  });

// Before the worker hears of it, in the same turn.
process.on("SIGTERM", () => say("told to stop"));
await work({
  queue,
  jobs: [counted],
  grace: Number(process.env.GRACE ?? 10_000),
  onError: (error) => say(error.message),
});
say(`ready ${process.pid}`);
