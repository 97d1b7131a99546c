import { randomUUID } from "node:crypto";
import { nextRun } from "./cron.ts";
import type {
  DeadLetter,
  Delivery,
  EngineSchedule,
  EngineWorker,
  NewJob,
  QueueSettings,
  Verdict,
} from "./engine.ts";
import { storedInput } from "./payload.ts";

interface Kept {
  readonly id: string;
  readonly text: string;
  readonly key: string | undefined;
  readonly priority: number;
  readonly order: number;
  readonly enqueuedAt: Date;
  readonly runAt: number;
  readonly attempt: number;
}

/** The key of what the clock adds; one that no caller has. */
const CLOCK = "\0clock";
/** Dead letters that are kept of one job. */
const DEAD_LIMIT = 1000;
/** The longest time that a timer of Node's can wait. */
const LONGEST = 2 ** 31 - 1;

/** The jobs of one name, in memory. */
export class MemoryQueue implements EngineWorker {
  readonly #settings: QueueSettings;
  #waiting: Kept[] = [];
  #dead: DeadLetter[] = [];
  #run: ((delivery: Delivery) => Promise<Verdict>) | undefined;
  readonly #active = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #schedule: { readonly spec: EngineSchedule; readonly next: number } | undefined;
  #order = 0;
  #idle: (() => void)[] = [];

  constructor(settings: QueueSettings) {
    this.#settings = settings;
  }

  add(job: Omit<NewJob<unknown>, "transaction">): string | undefined {
    const { payload, runAt, key, priority } = job;
    // One that has run before waits for a repetition, and may have missed what this one is about.
    if (key !== undefined && this.#waiting.some((each) => each.key === key && each.attempt === 1)) {
      return undefined;
    }
    const now = Date.now();
    const id = randomUUID();
    this.#keep({
      id,
      text: JSON.stringify(payload),
      key,
      priority,
      order: this.#order++,
      enqueuedAt: new Date(now),
      runAt: runAt?.getTime() ?? now,
      attempt: 1,
    });
    return id;
  }

  start(run: (delivery: Delivery) => Promise<Verdict>): void {
    this.#run = run;
    this.#go();
  }

  schedule(spec: EngineSchedule | undefined): void {
    const next = spec && nextRun(spec.cron, spec.timeZone, new Date());
    this.#schedule = spec && next && { spec, next: next.getTime() };
    this.#go();
  }

  dead(limit: number): readonly DeadLetter[] {
    return this.#dead.slice(0, limit);
  }

  revive(id: string): boolean {
    const letter = this.#dead.find((each) => each.id === id);
    if (letter === undefined) {
      return false;
    }
    this.#dead = this.#dead.filter((each) => each !== letter);
    const { input, enqueuedAt, attempts } = letter;
    this.#keep({
      id,
      text: JSON.stringify({ input }),
      key: undefined,
      priority: 0,
      order: this.#order++,
      enqueuedAt,
      runAt: Date.now(),
      attempt: attempts + 1,
    });
    return true;
  }

  pause(): void {
    // Nobody else has these jobs: what is due still runs.
  }

  halt(): void {
    this.#run = undefined;
    this.#wake();
  }

  async stop(): Promise<number> {
    this.#schedule = undefined;
    await this.settled();
    this.#run = undefined;
    clearTimeout(this.#timer);
    const lost = this.#waiting.length;
    this.#waiting = [];
    return lost;
  }

  async settled(): Promise<void> {
    while (this.#active.size > 0 || (this.#run !== undefined && this.#due(Date.now()) !== undefined)) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
  }

  #keep(job: Kept): void {
    this.#waiting.push(job);
    this.#go();
  }

  #due(now: number): Kept | undefined {
    let first: Kept | undefined;
    for (const job of this.#waiting) {
      if (
        job.runAt <= now &&
        (first === undefined ||
          job.priority > first.priority ||
          (job.priority === first.priority && job.order < first.order))
      ) {
        first = job;
      }
    }
    return first;
  }

  /** Begins what is due, and sets the timer for what is not. */
  #go(): void {
    const run = this.#run;
    if (run === undefined) {
      return;
    }
    const now = Date.now();
    this.#tick(now);
    while (this.#active.size < this.#settings.concurrency) {
      const job = this.#due(now);
      if (job === undefined) {
        break;
      }
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      const running = this.#work(job, run).finally(() => {
        this.#active.delete(running);
        this.#go();
        this.#wake();
      });
      this.#active.add(running);
    }
    const later = this.#waiting.filter(({ runAt }) => runAt > now).map(({ runAt }) => runAt);
    const next = Math.min(...later, this.#schedule?.next ?? Number.POSITIVE_INFINITY);
    clearTimeout(this.#timer);
    if (next !== Number.POSITIVE_INFINITY) {
      this.#timer = setTimeout(() => this.#go(), Math.min(next - now, LONGEST));
      // Whoever has nothing else to do may end: nothing here outlives the process.
      this.#timer.unref();
    }
  }

  /** Adds what the clock says; moments that were missed are not made up for. */
  #tick(now: number): void {
    if (this.#schedule === undefined || this.#schedule.next > now) {
      return;
    }
    const { spec } = this.#schedule;
    const next = nextRun(spec.cron, spec.timeZone, new Date(now));
    this.#schedule = next && { spec, next: next.getTime() };
    // While one still waits, another one would only come after it.
    this.add({ payload: spec.payload, priority: spec.priority, runAt: undefined, key: CLOCK });
  }

  async #work(job: Kept, run: (delivery: Delivery) => Promise<Verdict>): Promise<void> {
    const { id, attempt, enqueuedAt } = job;
    // As text, so that a job sees here what it would see from a database.
    const payload: unknown = JSON.parse(job.text);
    const verdict = await run({ id, attempt, enqueuedAt, payload });
    if (verdict.kind === "retry") {
      this.#waiting.push({ ...job, attempt: attempt + 1, runAt: Date.now() + verdict.delay });
    } else if (verdict.kind === "dead") {
      const { failure } = verdict;
      const failedAt = new Date();
      this.#dead.unshift({
        id,
        input: storedInput(payload),
        failure,
        attempts: attempt,
        enqueuedAt,
        failedAt,
      });
      this.#dead.length = Math.min(this.#dead.length, DEAD_LIMIT);
    }
  }

  #wake(): void {
    this.#idle.splice(0).forEach((resolve) => resolve());
  }
}
