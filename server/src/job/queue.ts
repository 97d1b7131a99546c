import { type AnyJob, type JobDefinition, readJob } from "@tenon/core";
import type { DeadLetter, JobEngine, QueueSettings } from "./engine.ts";
import { encodePayload } from "./payload.ts";

/** When and how a job is to run. */
export interface EnqueueOptions<Transaction = never> {
  /** Milliseconds before its first run. */
  delay?: number;
  /** The moment of its first run, in place of `delay`. */
  at?: Date;
  /** While a job with the same key waits for its first run, this one is not added. */
  key?: string;
  /** The larger goes first, from -1000 to 1000; what the job says by default. */
  priority?: number;
  /** A transaction of the engine's database: the job is there when it commits, and was never there when it rolls back. */
  within?: Transaction;
}

type EnqueueArguments<Sent, Transaction> = {} extends Sent
  ? [input?: Sent, options?: EnqueueOptions<Transaction>]
  : [input: Sent, options?: EnqueueOptions<Transaction>];

/** Where jobs are put, as handlers and jobs use it: the value of a dependency of scope `app`. */
export interface JobQueue<Transaction = never> {
  readonly engine: JobEngine<Transaction>;
  /**
   * Puts a job there; gives its id, or undefined where one of the same key waits already. Throws a `SchemaError` for an input that
   * the job's schema does not take.
   */
  enqueue<J extends AnyJob>(
    job: J,
    ...rest: EnqueueArguments<J["~sent"], Transaction>
  ): Promise<string | undefined>;
  /** Jobs that will not run again by themselves, the latest first; 100 of them by default. */
  deadLetters(job: AnyJob, options?: { readonly limit?: number }): Promise<readonly DeadLetter[]>;
  /** Lets a dead letter run once more, now; false where there is none of that id. */
  revive(job: AnyJob, id: string): Promise<boolean>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Opens a queue on an engine. It is made for a dependency, which closes it when the application stops:
 *
 *     export const queue = dependency.scope("app").resolve(() => openQueue(memoryJobs()));
 */
export async function openQueue<Transaction>(engine: JobEngine<Transaction>): Promise<JobQueue<Transaction>> {
  await engine.open();
  const close = (): Promise<void> => engine.close();
  return {
    engine,
    enqueue: async (job: AnyJob, input?: unknown, options: EnqueueOptions<Transaction> = {}) => {
      const definition = readJob(job);
      const priority = options.priority ?? definition.priority;
      if (!Number.isSafeInteger(priority) || Math.abs(priority) > 1000) {
        throw new RangeError(`a priority is a whole number from -1000 to 1000, not ${priority}`);
      }
      return engine.add(settingsOf(definition), {
        payload: await encodePayload(definition, input),
        runAt: firstRun(options),
        key: options.key,
        priority,
        transaction: options.within,
      });
    },
    deadLetters: (job, { limit = 100 } = {}) => engine.dead(settingsOf(readJob(job)), limit),
    revive: (job, id) => engine.revive(settingsOf(readJob(job)), id),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What an engine has to know of a job. */
export function settingsOf({ name, retry, timeout, concurrency }: JobDefinition): QueueSettings {
  return { name, retries: retry.limit, timeout, concurrency };
}

function firstRun({ delay = 0, at }: EnqueueOptions<unknown>): Date | undefined {
  if (!Number.isFinite(delay) || delay < 0 || Number.isNaN(at?.getTime())) {
    throw new RangeError("the first run of a job is a number of milliseconds from now, or a valid moment");
  }
  return at ?? (delay === 0 ? undefined : new Date(Date.now() + delay));
}
