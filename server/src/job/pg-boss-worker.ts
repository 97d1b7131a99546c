import type { EngineWorker } from "./engine.ts";

/** A job as pg-boss hands it out. */
export interface TakenJob {
  readonly id: string;
  readonly data: unknown;
  readonly createdOn: Date;
  readonly retryCount: number;
  readonly priority: number;
}

interface PollOptions {
  readonly concurrency: number;
  /** Milliseconds between two looks, where there was nothing. */
  readonly pollInterval: number;
  readonly take: (count: number) => Promise<readonly TakenJob[]>;
  readonly run: (job: TakenJob) => Promise<void>;
  readonly report: (error: unknown) => void;
}

/** Takes jobs from a table as long as it has room for them. */
export class PgBossWorker implements EngineWorker {
  readonly #options: PollOptions;
  readonly #active = new Set<Promise<void>>();
  #isTaking = true;
  #looping: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;
  #wasWoken = false;

  constructor(options: PollOptions) {
    this.#options = options;
  }

  start(): void {
    this.#looping = this.#loop();
  }

  /** There may be something to do. */
  wake(): void {
    this.#wasWoken = true;
    this.#wake?.();
  }

  pause(): void {
    this.#isTaking = false;
    this.wake();
  }

  halt(): void {
    this.pause();
  }

  async stop(): Promise<number> {
    this.pause();
    await this.#looping;
    await this.settled();
    return 0;
  }

  async settled(): Promise<void> {
    while (this.#active.size > 0) {
      await Promise.all(this.#active);
    }
  }

  async #loop(): Promise<void> {
    const { concurrency, take, report } = this.#options;
    while (this.#isTaking) {
      this.#wasWoken = false;
      const room = concurrency - this.#active.size;
      let found = 0;
      if (room > 0) {
        try {
          // The statement that takes several says nothing of their order.
          const jobs = [...(await take(room))].sort(byTurn);
          jobs.forEach((job) => this.#begin(job));
          found = jobs.length;
        } catch (error) {
          report(error);
        }
      }
      // Nothing more to take, or no room for it: until the end of a run, a new job, or the next look.
      if (found < room || room === 0) {
        await this.#sleep();
      }
    }
  }

  #begin(job: TakenJob): void {
    const { run, report } = this.#options;
    const running = run(job)
      .catch(report)
      .finally(() => {
        this.#active.delete(running);
        this.wake();
      });
    this.#active.add(running);
  }

  async #sleep(): Promise<void> {
    if (this.#wasWoken) {
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollInterval);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}

function byTurn(one: TakenJob, other: TakenJob): number {
  return other.priority - one.priority || Number(one.createdOn) - Number(other.createdOn);
}
