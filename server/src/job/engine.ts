import type { SchemaIssue } from "@tenon/core/wire";

/** What an engine has to know of a job beside its payloads. */
export interface QueueSettings {
  /** The job's name. */
  readonly name: string;
  /** How many times it may run again. */
  readonly retries: number;
  /** Milliseconds that a run may take. */
  readonly timeout: number;
  readonly concurrency: number;
}

/** A job that is to be kept. */
export interface NewJob<Transaction> {
  /** Plain JSON. */
  readonly payload: unknown;
  /** When it may run first; at once where undefined. */
  readonly runAt: Date | undefined;
  /** While one with the same key waits for its first run, no other is added. */
  readonly key: string | undefined;
  /** The larger goes first. */
  readonly priority: number;
  /** Added by this transaction, and with it or not at all. */
  readonly transaction: Transaction | undefined;
}

/** A job that is handed out for one run. */
export interface Delivery {
  readonly id: string;
  /** 1 for the first run. */
  readonly attempt: number;
  readonly payload: unknown;
  readonly enqueuedAt: Date;
}

/** What went wrong, as it is stored. */
export interface JobFailure {
  readonly name: string;
  readonly message: string;
  /** Where the payload does not fit the job's schema. */
  readonly issues?: readonly SchemaIssue[];
}

/** What became of a run. */
export type Verdict =
  | { readonly kind: "done" }
  /** To run again, so many milliseconds later. */
  | { readonly kind: "retry"; readonly failure: JobFailure; readonly delay: number }
  /** Never to run again by itself. */
  | { readonly kind: "dead"; readonly failure: JobFailure };

/** A job that has run out of repetitions, or could not be cured by one. */
export interface DeadLetter {
  readonly id: string;
  /** The input as it was stored: plain JSON, which may not fit the job's schema. */
  readonly input: unknown;
  readonly failure: JobFailure;
  /** Runs that it had. */
  readonly attempts: number;
  readonly enqueuedAt: Date;
  readonly failedAt: Date;
}

/** When a job is added by the clock. */
export interface EngineSchedule {
  /** Five fields. */
  readonly cron: string;
  readonly timeZone: string;
  readonly payload: unknown;
  readonly priority: number;
}

/** One job being handed out in this process. */
export interface EngineWorker {
  /** Takes nothing that another process could take. */
  pause(): void;
  /** Takes nothing any more. */
  halt(): void;
  /** Resolves when nothing is at work any more, and tells how many jobs are lost by this. */
  stop(): Promise<number>;
  /** Resolves when nothing is at work here and, where this process alone has the jobs, none waits for its turn. */
  settled(): Promise<void>;
}

/**
 * What keeps jobs and hands them out, each at least once. Tenon decides on retries, time limits and payloads; an engine stores,
 * waits, and finds out that a worker has died.
 */
export interface JobEngine<Transaction = never> {
  /** What `within` takes; for types only. An engine without transactions can stand for one that has them. */
  readonly "~transaction"?: Transaction;
  /** Connects; a failure stops the start. */
  open(): Promise<void>;
  /** Keeps a job; gives its id, or undefined where one of its key waits already. */
  add(queue: QueueSettings, job: NewJob<Transaction>): Promise<string | undefined>;
  /** Hands jobs out until it is stopped; `run` never rejects. Errors of the engine's own go to `report`. */
  work(
    queue: QueueSettings,
    run: (delivery: Delivery) => Promise<Verdict>,
    report: (error: unknown) => void,
  ): Promise<EngineWorker>;
  /** Adds a job by the clock from now on, once for all processes; undefined ends that. */
  schedule(queue: QueueSettings, schedule: EngineSchedule | undefined): Promise<void>;
  /** The latest dead letters first. */
  dead(queue: QueueSettings, limit: number): Promise<readonly DeadLetter[]>;
  /** Lets a dead letter run once more, now; false where there is none of that id. */
  revive(queue: QueueSettings, id: string): Promise<boolean>;
  close(): Promise<void>;
}
