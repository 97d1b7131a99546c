import { dependency, job } from "@tenon/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { createWorker, type JobEngine, memoryJobs, openQueue, work } from "../jobs.ts";

const queueOf = (engine: JobEngine) => dependency.scope("app").resolve(() => openQueue(engine));
const queue = queueOf(memoryJobs());

describe("a worker", () => {
  it("takes no two jobs of one name", () => {
    const one = job("a").handle(() => {});
    const other = job("a").handle(() => {});
    expect(() => createWorker({ queue, jobs: [one, other] })).toThrow("TENON1041");
  });

  it.each([
    ["* * * *", "UTC", "which is not minute"],
    ["* * * * * *", "UTC", "which is not minute"],
    ["0 0 L * *", "UTC", "which is not minute"],
    ["@daily", "UTC", "which is not minute"],
    ["60 * * * *", "UTC", "which cannot be read"],
    ["0 3 * * *", "Mars/Olympus", "which cannot be read"],
    ["0 0 31 2 *", "UTC", "which never comes"],
  ])("refuses the schedule '%s' in %s", (cron, timeZone, why) => {
    const scheduled = job("a")
      .schedule(cron, { timeZone })
      .handle(() => {});
    expect(() => createWorker({ queue, jobs: [scheduled] })).toThrow(
      expect.objectContaining({ number: 1042, message: expect.stringContaining(why) }),
    );
  });

  it.each(["*/5 8-17 * JAN,mar MON-FRI", "0 3 1,15 * 0", "59 23 31 12 7"])(
    "takes the schedule '%s'",
    (cron) => {
      const scheduled = job("a")
        .schedule(cron)
        .handle(() => {});
      expect(createWorker({ queue, jobs: [scheduled] })).toBeDefined();
    },
  );

  it("does not start with a schedule whose input does not fit, nor with a dependency that fails, and closes what was opened", async () => {
    const events: string[] = [];
    const pool = dependency.scope("app").resolve(async function* () {
      events.push("pool opens");
      yield 1;
      events.push("pool closes");
    });
    const broken = dependency
      .scope("app")
      .use({ pool })
      .resolve(() => {
        throw new Error("no connection");
      });
    const wrong = job("a")
      .use({ pool })
      .input({ id: z.int().max(5) })
      .schedule("0 3 * * *", { input: { id: 6 } })
      .handle(() => {});
    await expect(work({ queue: queueOf(memoryJobs()), jobs: [wrong], signals: false })).rejects.toThrow(
      "TENON1042",
    );
    const failing = job("b")
      .use({ broken })
      .handle(() => {});
    await expect(work({ queue: queueOf(memoryJobs()), jobs: [failing], signals: false })).rejects.toThrow(
      "no connection",
    );
    expect(events).toEqual(["pool opens", "pool closes", "pool opens", "pool closes"]);
  });

  it("runs what is due before the application stops, and says how many jobs are lost", async () => {
    const ran: number[] = [];
    const errors: unknown[] = [];
    const counted = job("a")
      .input({ n: z.int() })
      .handle(({ input }) => ran.push(input.n));
    const own = queueOf(memoryJobs());
    const app = createApp(
      {},
      {
        background: [createWorker({ queue: own, jobs: [counted] })],
        onError: (error) => errors.push((error as Error).message),
      },
    );
    await app.start();
    const { value } = await app.resolve(own);
    await value.enqueue(counted, { n: 1 });
    await value.enqueue(counted, { n: 2 }, { delay: 3_600_000 });
    await value.enqueue(counted, { n: 3 });
    await app.stop();
    expect(ran).toEqual([1, 3]);
    expect(errors).toEqual(["1 jobs were kept in memory only, and are lost"]);
  });

  it("runs with the doubles of an application that overrides what jobs use", async () => {
    const name = dependency.resolve(() => "original");
    const seen: string[] = [];
    const named = job("a")
      .use({ name })
      .handle(({ name: value }) => seen.push(value));
    const own = dependency.scope("app").resolve(() => openQueue(memoryJobs()));
    const app = createApp({}, { background: [createWorker({ queue: own, jobs: [named] })] });
    for (const each of [app, app.override(name, "double")]) {
      await each.start();
      await (await each.resolve(own)).value.enqueue(named);
      await each.settled();
      await each.stop();
    }
    expect(seen).toEqual(["original", "double"]);
  });

  it("fails a run whose dependency does not close, and one that returns a failure", async () => {
    const errors: unknown[] = [];
    const session = dependency.resolve(async function* () {
      yield 1;
      throw new Error("could not commit");
    });
    const conflicted = dependency
      .errors({ TAKEN: { status: 409 } })
      .resolve(({ errors: make }) => make.TAKEN());
    const jobs = [session, conflicted].map((used, index) =>
      job(`a${index}`)
        .use({ used })
        .retry({ limit: 0 })
        .handle(() => {}),
    );
    const own = queueOf(memoryJobs());
    const app = createApp(
      {},
      {
        background: [createWorker({ queue: own, jobs })],
        onError: (error) => errors.push(error),
      },
    );
    await app.start();
    const { value } = await app.resolve(own);
    for (const each of jobs) {
      await value.enqueue(each);
    }
    await app.settled();
    expect(errors).toHaveLength(2);
    expect(errors).toContainEqual(
      expect.objectContaining({ job: "a0", isDead: true, cause: new Error("could not commit") }),
    );
    expect(errors).toContainEqual(
      expect.objectContaining({ job: "a1", isDead: true, cause: expect.objectContaining({ code: "TAKEN" }) }),
    );
    await app.stop();
  });
});

describe("schedules in memory", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("keep to the clock of their time zone when it changes", async () => {
    // The night in which Zurich's clocks go from two to three.
    vi.setSystemTime("2026-03-28T12:00:00Z");
    const came: string[] = [];
    const nightly = job("a")
      .schedule("30 3 * * *", { timeZone: "Europe/Zurich" })
      .handle(() => came.push(new Date().toISOString()));
    const running = await work({ queue: queueOf(memoryJobs()), jobs: [nightly], signals: false });
    await vi.advanceTimersByTimeAsync(48 * 3_600_000);
    await running.stop();
    await vi.advanceTimersByTimeAsync(48 * 3_600_000);
    expect(came).toEqual(["2026-03-29T01:30:00.000Z", "2026-03-30T01:30:00.000Z"]);
  });

  it("add none while one still waits", async () => {
    vi.setSystemTime("2026-01-01T00:00:30Z");
    let runs = 0;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = job("a")
      .timeout(3_600_000)
      .schedule("* * * * *")
      .handle(async () => {
        runs++;
        await held;
      });
    const running = await work({ queue: queueOf(memoryJobs()), jobs: [slow], signals: false });
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(runs).toBe(1);
    release();
    await vi.advanceTimersByTimeAsync(1000);
    expect(runs).toBe(2);
    await running.stop();
  });

  it("wait longer than a timer can", async () => {
    vi.setSystemTime("2026-01-01T00:00:00Z");
    const came: string[] = [];
    const yearly = job("a")
      .schedule("0 0 1 4 *")
      .handle(() => came.push(new Date().toISOString()));
    const running = await work({ queue: queueOf(memoryJobs()), jobs: [yearly], signals: false });
    await vi.advanceTimersByTimeAsync(120 * 24 * 3_600_000);
    await running.stop();
    expect(came).toEqual(["2026-04-01T00:00:00.000Z"]);
  });
});
