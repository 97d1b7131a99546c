import { randomUUID } from "node:crypto";
import { type AnyJob, bytes, dependency, job, type JobBuilder } from "@tenon/core";
import { SchemaError } from "@tenon/core/wire";
import { createApp } from "@tenon/server";
import { createWorker, type JobEngine, type JobError } from "@tenon/server/jobs";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { gate, queueOn, type Running, running } from "./running.ts";

/** An engine under test. */
export interface Subject {
  readonly name: string;
  /** A connection of its own to the same jobs; the one of the process where they are in its memory. */
  readonly engine: () => JobEngine<unknown>;
  /** What it keeps outlives the process. */
  readonly isDurable: boolean;
}

const Instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** What every engine promises. */
export function describeEngine({ name, engine, isDurable }: Subject): void {
  const started: Running<unknown>[] = [];
  const start = async (...jobs: AnyJob[]): Promise<Running<unknown>> => {
    const made = await running(engine(), jobs);
    started.push(made);
    return made;
  };
  // Names of their own, since what an engine keeps outlives a test.
  const fresh = (): JobBuilder<{}, {}> => job(`contract-${randomUUID()}`).retry({ limit: 2, delay: 50 });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((each) => each.stop()));
  });

  describe(`jobs on ${name}`, { timeout: 60_000 }, () => {
    it("get their input as it was, whatever JSON has no form for", async () => {
      const got = gate<unknown>();
      const rich = fresh()
        .input({
          at: z.date(),
          count: z.bigint(),
          prices: z.map(z.string(), z.bigint()),
          days: z.set(z.date()),
          page: z.instanceof(URL),
          picture: bytes(),
          instant: Instant,
          note: z.string().default("none"),
          nothing: z.null(),
        })
        .handle(({ input }) => got.open(input));
      const { queue } = await start(rich);
      const input = {
        at: new Date("2026-01-15T08:30:00.123Z"),
        count: 12_345_678_901_234_567_890n,
        prices: new Map([["pen", 3n]]),
        days: new Set([new Date(0)]),
        page: new URL("https://example.com/a?b=c"),
        picture: new Uint8Array([1, 2, 255]),
        instant: new Date("2026-01-15T08:30:00.000Z"),
        nothing: null,
      };
      expect(await queue.enqueue(rich, input)).toEqual(expect.any(String));
      expect(await got.opened).toEqual({ ...input, note: "none" });
    });

    it("are refused with all issues where their input does not fit, and are not kept", async () => {
      const ran: unknown[] = [];
      const typed = fresh()
        .input({ id: z.int(), at: z.date() })
        .handle(({ input }) => ran.push(input.id));
      const { queue } = await start(typed);
      const refused = queue.enqueue(typed, { id: 1.5, at: "today" } as never);
      await expect(refused).rejects.toThrow(SchemaError);
      await expect(refused).rejects.toMatchObject({ issues: [{ path: ["id"] }, { path: ["at"] }] });
      await queue.enqueue(typed, { id: 2, at: new Date() });
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([2]);
    });

    it("run again after a failure, and are the same job then", async () => {
      const done = gate();
      const runs: { jobId: string; attempt: number; enqueuedAt: Date }[] = [];
      const flaky = fresh().handle(({ ctx }) => {
        runs.push({ jobId: ctx.jobId, attempt: ctx.attempt, enqueuedAt: ctx.enqueuedAt });
        if (ctx.attempt < 3) {
          throw new Error(`failure ${ctx.attempt}`);
        }
        done.open();
      });
      const { queue, errors } = await start(flaky);
      const jobId = await queue.enqueue(flaky);
      await done.opened;
      expect(runs).toEqual([1, 2, 3].map((attempt) => ({ jobId, attempt, enqueuedAt: runs[0]?.enqueuedAt })));
      expect(Math.abs(Date.now() - Number(runs[0]?.enqueuedAt))).toBeLessThan(60_000);
      expect(errors).toEqual([
        expect.objectContaining({ name: "JobError", jobId, attempt: 1, isDead: false }),
        expect.objectContaining({ name: "JobError", jobId, attempt: 2, isDead: false }),
      ]);
      expect((errors[0] as JobError).cause).toEqual(new Error("failure 1"));
      expect(await queue.deadLetters(flaky)).toEqual([]);
    });

    it("are dead letters when no repetition is left, and can be revived", async () => {
      let isCured = false;
      const cured = gate<unknown>();
      const broken = fresh()
        .input({ at: z.date() })
        .handle(({ input, ctx }) => {
          if (!isCured) {
            throw new TypeError("still broken");
          }
          cured.open({ at: input.at, jobId: ctx.jobId, attempt: ctx.attempt });
        });
      const { queue, errors } = await start(broken);
      const at = new Date("2026-01-15T08:30:00.000Z");
      const id = (await queue.enqueue(broken, { at })) as string;
      await expect.poll(() => queue.deadLetters(broken), { timeout: 20_000 }).toHaveLength(1);
      expect(errors.map((error) => (error as JobError).isDead)).toEqual([false, false, true]);
      expect(await queue.deadLetters(broken)).toEqual([
        {
          id,
          input: { at: at.toISOString() },
          failure: { name: "TypeError", message: "still broken" },
          attempts: 3,
          enqueuedAt: expect.any(Date),
          failedAt: expect.any(Date),
        },
      ]);
      expect(await queue.revive(broken, randomUUID())).toBe(false);
      isCured = true;
      expect(await queue.revive(broken, id)).toBe(true);
      expect(await cured.opened).toEqual({ at, jobId: id, attempt: 4 });
      expect(await queue.deadLetters(broken)).toEqual([]);
    });

    it("are dead letters at once where no repetition could cure them", async () => {
      let runs = 0;
      const hopeless = fresh()
        .retry({ limit: 5, delay: 0, when: (error) => !(error instanceof RangeError) })
        .handle(() => {
          runs++;
          throw new RangeError("never");
        });
      const { queue } = await start(hopeless);
      await queue.enqueue(hopeless);
      await expect.poll(() => queue.deadLetters(hopeless), { timeout: 20_000 }).toHaveLength(1);
      expect(runs).toBe(1);
      expect(await queue.deadLetters(hopeless)).toMatchObject([
        { attempts: 1, failure: { name: "RangeError" } },
      ]);
    });

    it("are dead letters with their issues, and never run, where their schema has changed meanwhile", async () => {
      const base = fresh();
      const was = base.input({ id: z.int() }).handle(() => {});
      let runs = 0;
      const is = base.input({ id: z.uuid() }).handle(() => void runs++);
      const { queue } = await start(is);
      await queue.enqueue(was, { id: 7 });
      await expect.poll(() => queue.deadLetters(is), { timeout: 20_000 }).toHaveLength(1);
      expect(await queue.deadLetters(is)).toMatchObject([
        {
          input: { id: 7 },
          attempts: 1,
          failure: { name: "SchemaError", issues: [{ path: ["id"], code: "type" }] },
        },
      ]);
      expect(runs).toBe(0);
    });

    it("wait as long as they are told to", async () => {
      const ran: { what: string; at: number }[] = [];
      const done = gate();
      const delayed = fresh()
        .input({ what: z.string() })
        .handle(({ input }) => {
          ran.push({ what: input.what, at: Date.now() });
          if (ran.length === 3) {
            done.open();
          }
        });
      const { queue } = await start(delayed);
      const from = Date.now();
      await queue.enqueue(delayed, { what: "at" }, { at: new Date(from + 1500) });
      await queue.enqueue(delayed, { what: "delayed" }, { delay: 700 });
      await queue.enqueue(delayed, { what: "now" });
      await done.opened;
      expect(ran.map(({ what }) => what)).toEqual(["now", "delayed", "at"]);
      // The clock of a database is another one, on the same machine.
      expect((ran[1]?.at ?? 0) - from).toBeGreaterThanOrEqual(650);
      expect((ran[2]?.at ?? 0) - from).toBeGreaterThanOrEqual(1450);
      await expect(queue.enqueue(delayed, { what: "never" }, { delay: -1 })).rejects.toThrow(RangeError);
    });

    it("of one key wait once: until the first run begins, not longer", async () => {
      const begun = gate();
      const release = gate();
      const ran: number[] = [];
      const keyed = fresh()
        .input({ id: z.int() })
        .handle(async ({ input }) => {
          ran.push(input.id);
          begun.open();
          await release.opened;
        });
      const { queue } = await start(keyed);
      const first = await queue.enqueue(keyed, { id: 1 }, { key: "a", delay: 400 });
      expect(first).toEqual(expect.any(String));
      expect(await queue.enqueue(keyed, { id: 2 }, { key: "a" })).toBeUndefined();
      const other = await queue.enqueue(keyed, { id: 3 }, { key: "b", delay: 3_600_000 });
      expect(other).toEqual(expect.any(String));
      await begun.opened;
      // It is at work, and may have missed what happened since it began.
      expect(await queue.enqueue(keyed, { id: 4 }, { key: "a" })).toEqual(expect.any(String));
      expect(await queue.enqueue(keyed, { id: 5 }, { key: "a" })).toBeUndefined();
      release.open();
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1, 4]);
    });

    it("of many callers with one key are one", async () => {
      const { queue } = await start();
      const keyed = fresh().handle(() => {});
      const made = await Promise.all(
        Array.from({ length: 20 }, () => queue.enqueue(keyed, {}, { key: "x" })),
      );
      expect(made.filter((id) => id !== undefined)).toHaveLength(1);
    });

    it("go by their priority, then by their order", async () => {
      const ran: string[] = [];
      const ranked = fresh()
        .priority(1)
        .input({ what: z.string() })
        .handle(({ input }) => ran.push(input.what));
      const shared = engine();
      const queueing = queueOn(shared);
      const app = createApp({});
      const { value: queue } = await app.resolve(queueing);
      await queue.enqueue(ranked, { what: "b" });
      await queue.enqueue(ranked, { what: "d" }, { priority: -5 });
      await queue.enqueue(ranked, { what: "a" }, { priority: 1000 });
      await queue.enqueue(ranked, { what: "c" });
      await expect(queue.enqueue(ranked, { what: "e" }, { priority: 1001 })).rejects.toThrow(RangeError);
      const worker = createApp(
        {},
        { background: [createWorker({ queue: queueOn(unclosed(shared)), jobs: [ranked] })] },
      );
      await worker.start();
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual(["a", "b", "c", "d"]);
      await worker.stop();
      await app.stop();
    });

    it("run as many at a time as they say, and no more", async () => {
      const release = gate();
      let active = 0;
      let most = 0;
      let ended = 0;
      const crowded = fresh()
        .concurrency(3)
        .handle(async () => {
          active++;
          most = Math.max(most, active);
          await release.opened;
          active--;
          ended++;
        });
      const { queue } = await start(crowded);
      await Promise.all(Array.from({ length: 8 }, () => queue.enqueue(crowded)));
      await expect.poll(() => active, { timeout: 10_000 }).toBe(3);
      release.open();
      await expect.poll(() => ended, { timeout: 20_000 }).toBe(8);
      expect(most).toBe(3);
    });

    it("are told by their signal that they take too long, and have failed then", async () => {
      const done = gate();
      const reasons: string[] = [];
      const slow = fresh()
        .timeout(200)
        .handle(async ({ ctx, signal }) => {
          if (ctx.attempt > 1) {
            return done.open();
          }
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          reasons.push(signal.reason.name);
          throw new Error("gave up");
        });
      const { queue, errors } = await start(slow);
      await queue.enqueue(slow);
      await done.opened;
      expect(reasons).toEqual(["TimeoutError"]);
      expect(errors).toMatchObject([{ attempt: 1, cause: { name: "TimeoutError" } }]);
    });

    it("have failed though they do not listen to their signal", async () => {
      const release = gate();
      const done = gate();
      const deaf = fresh()
        .timeout(100)
        .handle(({ ctx }) => (ctx.attempt > 1 ? done.open() : release.opened));
      const { queue, errors } = await start(deaf);
      await queue.enqueue(deaf);
      await done.opened;
      release.open();
      expect(errors).toMatchObject([{ attempt: 1, cause: { name: "TimeoutError" } }]);
    });

    it("open what they use for each run, and close it with the error of the run", async () => {
      const events: string[] = [];
      const done = gate();
      const pool = dependency.scope("app").resolve(async function* () {
        events.push("pool opens");
        yield "pool";
        events.push("pool closes");
      });
      const session = dependency.use({ pool }).resolve(async function* ({ pool, signal }) {
        events.push(`session of ${pool} opens`);
        try {
          yield { signal };
          events.push("session commits");
        } catch (error) {
          events.push(`session sees ${(error as Error).message}`);
          throw error;
        }
      });
      const using = fresh()
        .use({ pool, session })
        .handle(({ ctx, session, signal }) => {
          events.push(
            `run ${ctx.attempt} ${session.signal === signal ? "has one signal" : "has two signals"}`,
          );
          if (ctx.attempt === 1) {
            throw new Error("oh");
          }
          done.open();
        });
      const { queue, stop } = await start(using);
      await queue.enqueue(using);
      await done.opened;
      await stop();
      expect(events).toEqual([
        "pool opens",
        "session of pool opens",
        "run 1 has one signal",
        "session sees oh",
        "session of pool opens",
        "run 2 has one signal",
        "session commits",
        "pool closes",
      ]);
    });

    it("may enqueue others", async () => {
      const done = gate<number>();
      const queue = queueOn(engine());
      const second = fresh()
        .input({ n: z.int() })
        .handle(({ input }) => done.open(input.n));
      const first = fresh()
        .use({ queue })
        .handle(({ queue }) => queue.enqueue(second, { n: 7 }));
      const app = createApp({}, { background: [createWorker({ queue, jobs: [first, second] })] });
      await app.start();
      await (await app.resolve(queue)).value.enqueue(first);
      expect(await done.opened).toBe(7);
      await app.stop();
    });

    it("that are at work end before a stop, and do not run again", async () => {
      const begun = gate();
      const release = gate();
      let runs = 0;
      let ended = 0;
      const base = fresh().handle(async () => {
        runs++;
        begun.open();
        await release.opened;
        ended++;
      });
      const one = await start(base);
      await one.queue.enqueue(base);
      await begun.opened;
      const stopped = one.stop();
      release.open();
      await stopped;
      expect([runs, ended]).toEqual([1, 1]);
      if (isDurable) {
        // What had been left of the first one would come before the second.
        const again = await start(base);
        await again.queue.enqueue(base);
        await expect.poll(() => ended, { timeout: 10_000 }).toBe(2);
        expect(runs).toBe(2);
      }
    });

    if (isDurable) {
      it("that a stop does not wait for are aborted, and run again elsewhere", async () => {
        const begun = gate();
        const done = gate<number>();
        const reasons: unknown[] = [];
        const long = fresh().handle(async ({ ctx, signal }) => {
          if (ctx.attempt > 1) {
            return done.open(ctx.attempt);
          }
          begun.open();
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          reasons.push(signal.reason.name);
          throw signal.reason;
        });
        const one = await start(long);
        await one.queue.enqueue(long);
        await begun.opened;
        await one.stop(100);
        expect(reasons).toEqual(["AbortError"]);
        await start(long);
        expect(await done.opened).toBe(2);
      });

      it("wait for a worker as long as there is none, and go to one of several", async () => {
        const ran: number[] = [];
        const waiting = fresh()
          .input({ n: z.int() })
          .handle(({ input }) => ran.push(input.n));
        const { queue, stop } = await start();
        for (let n = 0; n < 10; n++) {
          await queue.enqueue(waiting, { n });
        }
        await stop();
        await Promise.all([start(waiting), start(waiting), start(waiting)]);
        await expect.poll(() => ran.length, { timeout: 20_000 }).toBe(10);
        expect(new Set(ran).size).toBe(10);
      });
    }

    it("come by the clock, with their input", { timeout: 130_000 }, async () => {
      const came = gate<unknown>();
      const base = fresh().input({ from: z.date(), unit: z.string().default("day") });
      const nightly = base
        .schedule("* * * * *", { timeZone: "Asia/Kathmandu", input: { from: new Date(0) } })
        .handle(({ input }) => came.open(input));
      await start(nightly);
      expect(await came.opened).toEqual({ from: new Date(0), unit: "day" });
    });
  });
}

/** The same engine for a second queue: who opened it closes it. */
function unclosed<Transaction>(engine: JobEngine<Transaction>): JobEngine<Transaction> {
  return { ...engine, open: async () => {}, close: async () => {} };
}
