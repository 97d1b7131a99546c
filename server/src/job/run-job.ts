import { dependency, type Dependency, isFailure, type JobContext, type JobDefinition } from "@tenon/core";
import { SchemaError } from "@tenon/core/wire";
import type { BackgroundHost } from "../background.ts";
import type { Resolved } from "../dependency/resolve-alone.ts";
import type { Delivery, JobFailure, Verdict } from "./engine.ts";
import { JobError } from "./job-error.ts";
import { decodePayload } from "./payload.ts";
import { retryDelay } from "./retry-delay.ts";

/** Milliseconds that a run gets after its signal was aborted; then it counts as failed, whatever it still does. */
const ABORT_GRACE = 1000;

/** Makes what runs one delivery of a job, from the stored payload to what becomes of it. It never rejects. */
export function compileRun(
  definition: JobDefinition,
  host: BackgroundHost,
): (delivery: Delivery, controller: AbortController) => Promise<Verdict> {
  // A dependency whose value is its own argument: everything that the job uses, opened and closed as one.
  const used = Object.freeze({
    ...(dependency.resolve((argument: object) => argument) as object),
    uses: definition.uses,
    name: `the job ${definition.name}`,
  }) as unknown as Dependency<Record<string, unknown>, "call", never, never>;
  const keys = definition.uses.flatMap((step) =>
    step.kind === "use" ? step.entries.map(([key]) => key) : [],
  );

  const execute = async (input: unknown, delivery: Delivery, signal: AbortSignal): Promise<void> => {
    const values = await host.resolve(used, signal);
    await closing(values, async () => {
      const argument: Record<string, unknown> = { input, ctx: contextOf(definition, delivery), signal };
      for (const key of keys) {
        argument[key] = values.value[key];
      }
      const result = await definition.handler(argument as never);
      if (isFailure(result)) {
        throw result;
      }
    });
  };

  return async (delivery, controller) => {
    let input: unknown;
    try {
      input = await decodePayload(definition, delivery.payload);
    } catch (error) {
      // What does not fit now will not fit later.
      return judge(definition, delivery, error, true, host);
    }
    const late = new DOMException(`the run took longer than ${definition.timeout} ms`, "TimeoutError");
    const timer = setTimeout(() => controller.abort(late), definition.timeout);
    try {
      const running = execute(input, delivery, controller.signal);
      await Promise.race([running, neverEnding(running, controller.signal)]);
      return { kind: "done" };
    } catch (error) {
      const { aborted, reason } = controller.signal;
      return judge(definition, delivery, aborted ? reason : error, false, host);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Closes with the error that ended the run, so that a transaction can roll back; a failed closing fails the run. */
async function closing(values: Resolved<unknown>, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    await values.close(error ?? new Error("the job threw nothing"));
    throw error;
  }
  await values.close();
}

/** Rejects when a run goes on although its signal was aborted some time ago. */
function neverEnding(running: Promise<void>, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => {
      const timer = setTimeout(() => reject(signal.reason), ABORT_GRACE);
      running.catch(() => {}).finally(() => clearTimeout(timer));
    };
    if (signal.aborted) {
      onAbort();
    } else {
      signal.addEventListener("abort", onAbort, { once: true });
    }
  });
}

function judge(
  { name, retry }: JobDefinition,
  { id, attempt }: Delivery,
  error: unknown,
  isHopeless: boolean,
  host: BackgroundHost,
): Verdict {
  const isDead = isHopeless || attempt > retry.limit || !isWorthRetrying(retry, error);
  host.report(new JobError(name, id, attempt, isDead, error), `job ${name}`);
  const failure = failureOf(error);
  return isDead ? { kind: "dead", failure } : { kind: "retry", failure, delay: retryDelay(retry, attempt) };
}

/** A predicate that throws is no reason to lose the job. */
function isWorthRetrying({ when }: JobDefinition["retry"], error: unknown): boolean {
  try {
    return when(error);
  } catch {
    return true;
  }
}

function failureOf(error: unknown): JobFailure {
  return error instanceof Error
    ? {
        name: error.name,
        message: error.message,
        ...(error instanceof SchemaError ? { issues: error.issues } : {}),
      }
    : { name: "Error", message: String(error) };
}

function contextOf({ name }: JobDefinition, { id, attempt, enqueuedAt }: Delivery): JobContext {
  return { job: name, jobId: id, attempt, enqueuedAt };
}
