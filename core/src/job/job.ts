import type { UseStep } from "../dependency/dependency.ts";

/** When a run that failed is tried again. */
export interface RetryPolicy {
  /** How many times a job may run again after a failure, a crash, or a stop that did not wait for it; 3 by default. */
  limit?: number;
  /** Milliseconds before the first repetition; 1 s by default. */
  delay?: number;
  /** `exponential` (by default) doubles the delay each time, with up to a quarter of it by chance; `fixed` keeps it. */
  backoff?: "fixed" | "exponential";
  /** Milliseconds that no delay exceeds; an hour by default. */
  maxDelay?: number;
  /** False for an error that no repetition cures: the job goes to the dead letters at once. */
  when?: (error: unknown) => boolean;
}

/** Enqueues a job by the clock. */
export interface JobSchedule {
  /** Five fields: minute, hour, day of the month, month, day of the week (`0 3 * * 1-5`). */
  readonly cron: string;
  /** A name of the time zone database: `Europe/Zurich`; UTC by default. */
  readonly timeZone: string;
  /** What each such run gets as its input. */
  readonly input: unknown;
}

/** A job, from its type: what is sent to it, and what its handler receives. */
export interface Job<Sent, Received> {
  readonly "~kind": "job";
  /** What `enqueue` takes: the server's side of the schema, defaults omitted. */
  readonly "~sent": Sent;
  /** What the handler receives: validated, defaults filled. */
  readonly "~received": Received;
  readonly name: string;
}

/** The top of the constraint: both sides are read by key. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyJob = Job<any, any>;

/** One run of a job as its handler sees it. */
export interface JobContext {
  /** The job's name. */
  readonly job: string;
  /** The same for every run of what one `enqueue` has made: the key by which a handler can see that it was here before. */
  readonly jobId: string;
  /** 1 for the first run. */
  readonly attempt: number;
  /** When it was enqueued. */
  readonly enqueuedAt: Date;
}

/** The one argument of a job's handler, beside the values of its dependencies. */
export interface JobArgument<Input> {
  /** The decoded, validated input. */
  readonly input: Input;
  readonly ctx: JobContext;
  /** Aborted when the time limit passes, or the worker stops and does not wait any longer. */
  readonly signal: AbortSignal;
}

/** What a job is at run time. Frozen data: nothing runs by defining it. */
export interface JobDefinition {
  readonly "~kind": "job";
  readonly name: string;
  /** The schema of the input; undefined where there is none. */
  readonly input: unknown;
  readonly uses: readonly UseStep[];
  readonly retry: Readonly<Required<RetryPolicy>>;
  /** Milliseconds that a run may take. */
  readonly timeout: number;
  /** How many runs of it one worker has at work at the same time. */
  readonly concurrency: number;
  /** The larger goes first. */
  readonly priority: number;
  readonly schedule: JobSchedule | undefined;
  readonly handler: (argument: never) => unknown;
}

/** The definition of a job. */
export function readJob(job: AnyJob): JobDefinition {
  return job as unknown as JobDefinition;
}
