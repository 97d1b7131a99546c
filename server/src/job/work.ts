import { createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { onSignals } from "../adapter/signals.ts";
import { createWorker, type WorkerOptions } from "./worker.ts";

/** Options of a process that runs jobs. */
export interface WorkOptions extends WorkerOptions, Pick<AppOptions, "onError" | "background"> {
  /** Milliseconds that running jobs get when the process stops; 10 s by default. Then they are aborted, and run again elsewhere. */
  grace?: number;
  /** Stop on SIGTERM and SIGINT, and exit; true by default. */
  signals?: boolean;
}

/** A process that runs jobs. */
export interface RunningWork {
  /** Takes no further jobs, lets those at work end within the grace time, then aborts them, and closes the dependencies. */
  stop(): Promise<void>;
}

/** Runs jobs in a process of their own. A failure to start is thrown, with everything that was opened closed again. */
export async function work({ queue, jobs, ...options }: WorkOptions): Promise<RunningWork> {
  const { grace = 10_000, signals = true, background = [], onError } = options;
  const app = createApp(
    {},
    {
      background: [createWorker({ queue, jobs }), ...background],
      openapi: false,
      ...(onError && { onError }),
    },
  );
  // Whatever else an engine does, a process whose work is to wait for jobs goes on.
  const alive = setInterval(() => {}, 2 ** 30);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    forget();
    stopping ??= app.stop({ grace }).finally(() => clearInterval(alive));
    return stopping;
  };
  // Before the start: the first job may be at work before the last one's queue is there.
  const forget = signals ? onSignals(() => stop().then(() => true), grace) : () => {};
  try {
    await app.start();
  } catch (error) {
    forget();
    clearInterval(alive);
    throw error;
  }
  return { stop };
}
