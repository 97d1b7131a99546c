import type { AnyDependency, DependencyDefinition, UseStep } from "../dependency/dependency.ts";
import { type Dependencies, readUse, type Values } from "../dependency/use.ts";
import { DefinitionError } from "../error/definition-error.ts";
import type { MaybePromise } from "../type/flat.ts";
import type { Mistake } from "../type/mistake.ts";
import type { Out, Returnable } from "../type/schema-side.ts";
import { checkAlone, checkCount, checkName, checkRetry, readInput } from "./check-job.ts";
import type { Job, JobArgument, JobDefinition, RetryPolicy } from "./job.ts";

// What reads an input has parts. Security schemes have none, and are found at start.
type CheckAlone<Used> = {
  [Key in keyof Used]: Used[Key] extends AnyDependency
    ? [Used[Key]["~parts"]] extends [never]
      ? unknown
      : Mistake<`'${Key & string}' reads from a request, and a job has none: pass what it needs as the job's input`>
    : unknown;
};

/** What a schedule says beside the time. The input is left out where the job needs none. */
export type ScheduleOptions<Sent> = { timeZone?: string } & ({} extends Sent
  ? { input?: Sent }
  : { input: Sent });
type ScheduleArguments<Sent> = {} extends Sent
  ? [options?: ScheduleOptions<Sent>]
  : [options: ScheduleOptions<Sent>];

/** Builds a job. Immutable: each step returns a new builder; a base is a builder kept in a constant. */
export interface JobBuilder<Values_, Input> {
  /** What the job is about, as a raw shape or any schema. It is stored as JSON by it, and validated when sent and when run. */
  input<I>(slot: I): JobBuilder<Values_, I>;
  /** Resolves dependencies for each run; those of scope `app` are the application's own. */
  use<U extends Dependencies>(dependencies: U & CheckAlone<U>): JobBuilder<Values_ & Values<U>, Input>;
  /** When a run that failed is tried again. */
  retry(policy: RetryPolicy): JobBuilder<Values_, Input>;
  /** Milliseconds that a run may take; 5 minutes by default. Then its signal is aborted, and the run has failed. */
  timeout(milliseconds: number): JobBuilder<Values_, Input>;
  /** How many runs of it one worker has at work at the same time; 1 by default. */
  concurrency(count: number): JobBuilder<Values_, Input>;
  /** The larger goes first, from -1000 to 1000; 0 by default. `enqueue` may say otherwise. */
  priority(priority: number): JobBuilder<Values_, Input>;
  /** Enqueues the job by the clock, once for all workers: `.schedule("0 3 * * *", { timeZone: "Europe/Zurich" })`. */
  schedule(cron: string, ...options: ScheduleArguments<Returnable<Input>>): JobBuilder<Values_, Input>;
  /** Finishes the job. What the handler returns is dropped; what it throws decides on another run. */
  handle(
    handler: (argument: JobArgument<Out<Input>> & Values_) => MaybePromise<unknown>,
  ): Job<Returnable<Input>, Out<Input>>;
}

type Draft = Omit<JobDefinition, "handler">;

/**
 * Begins a job: work that outlives the request that asks for it. The name is its address in whatever keeps the jobs, and must not
 * change while jobs of it are waiting.
 *
 *     export const sendReceipt = job("send-receipt").input({ orderId: z.int() }).use({ mailer }).handle(({ input, mailer }) => …);
 */
export function job(name: string): JobBuilder<{}, {}> {
  checkName(name);
  return build({
    "~kind": "job",
    name,
    input: undefined,
    uses: [],
    retry: checkRetry({}, name),
    timeout: 5 * 60_000,
    concurrency: 1,
    priority: 0,
    schedule: undefined,
  }) as never;
}

function build(draft: Draft): object {
  const where = `the job '${draft.name}'`;
  const withUse = (dependencies: Record<string, unknown>): object => {
    const step: UseStep = readUse(dependencies, draft.uses, where);
    for (const used of Object.values(dependencies)) {
      checkAlone(used as DependencyDefinition, where);
    }
    return build({ ...draft, uses: [...draft.uses, step] });
  };
  return Object.freeze({
    input: (slot: unknown) => {
      if (draft.input !== undefined) {
        throw new DefinitionError(
          "DUPLICATE_KEY",
          `${where} has two inputs: write all keys into one .input(…)`,
        );
      }
      return build({ ...draft, input: readInput(slot, where) });
    },
    use: withUse,
    retry: (policy: RetryPolicy) => build({ ...draft, retry: checkRetry(policy, draft.name) }),
    timeout: (timeout: number) => build({ ...draft, timeout: checkCount(timeout, `${where}: timeout`, 1) }),
    concurrency: (concurrency: number) =>
      build({ ...draft, concurrency: checkCount(concurrency, `${where}: concurrency`, 1) }),
    priority: (priority: number) =>
      build({ ...draft, priority: checkCount(priority, `${where}: priority`, -1000, 1000) }),
    schedule: (cron: string, { timeZone = "UTC", input }: { timeZone?: string; input?: unknown } = {}) =>
      build({ ...draft, schedule: Object.freeze({ cron, timeZone, input }) }),
    handle: (handler: JobDefinition["handler"]) => Object.freeze({ ...draft, handler }),
  });
}
