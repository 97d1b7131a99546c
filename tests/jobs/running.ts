import { type AnyJob, type Dependency, dependency } from "@tenon/core";
import { createApp } from "@tenon/server";
import { createWorker, type JobEngine, type JobQueue, openQueue } from "@tenon/server/jobs";

/** An application that does nothing but run jobs, and what it was told of. */
export interface Running<Transaction = never> {
  readonly queue: JobQueue<Transaction>;
  readonly errors: unknown[];
  readonly settled: () => Promise<void>;
  readonly stop: (grace?: number) => Promise<void>;
}

/** A dependency that gives a queue on an engine. */
export function queueOn<Transaction>(
  engine: JobEngine<Transaction>,
): Dependency<JobQueue<Transaction>, "app", never, never> {
  return dependency.scope("app").resolve(() => openQueue(engine));
}

/** Starts a worker of these jobs on an engine of its own. */
export async function running<Transaction>(
  engine: JobEngine<Transaction>,
  jobs: readonly AnyJob[],
): Promise<Running<Transaction>> {
  const queue = queueOn(engine);
  const errors: unknown[] = [];
  const app = createApp(
    {},
    { background: [createWorker({ queue, jobs })], onError: (error) => errors.push(error) },
  );
  await app.start();
  return {
    queue: (await app.resolve(queue)).value,
    errors,
    settled: () => app.settled(),
    stop: (grace = 10_000) => app.stop({ grace }),
  };
}

/** Something that a test waits for, and that is told from elsewhere. */
export interface Gate<Value = void> {
  readonly opened: Promise<Value>;
  open(value: Value): void;
}

/** A gate that is shut. */
export function gate<Value = void>(): Gate<Value> {
  let open: (value: Value) => void = () => {};
  const opened = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
