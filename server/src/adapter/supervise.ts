import cluster, { type Worker } from "node:cluster";
import { availableParallelism } from "node:os";
import { onSignals } from "./signals.ts";

/** How many processes serve, and what becomes of one that dies. */
export interface SuperviseOptions {
  /** How many; as many as there are processors by default. */
  workers?: number;
  /** Runs once, in the parent, before any of them starts: migrations, warnings. What it throws stops everything. */
  before?: () => Promise<void> | void;
  /** Milliseconds before a process that died is replaced; 1 s by default, doubled each time up to 30 s while they keep dying young. */
  restartDelay?: number;
  /** Milliseconds that each process gets to stop; 10 s by default. Their own `grace` should be less. */
  grace?: number;
}

/** A process that lived so long has started well: the next one that dies is replaced without the delay of its predecessors. */
const YOUNG = 10_000;
const LONGEST_DELAY = 30_000;

/**
 * Serves with several processes: `await supervise(() => serve(app), { workers: 4 })`. Each runs `start`, and so has the application's
 * life for itself; they share the port. One that dies is replaced. SIGTERM stops all of them, SIGHUP replaces them one after the
 * other, each when its successor listens. Where the first ones do not start, the parent stops, and exits with 1.
 */
export async function supervise(
  start: () => Promise<unknown>,
  { workers = availableParallelism(), before, restartDelay = 1000, grace = 10_000 }: SuperviseOptions = {},
): Promise<void> {
  if (!cluster.isPrimary) {
    await start();
    return;
  }
  await before?.();
  const supervisor = new Supervisor(restartDelay, grace);
  onSignals(() => supervisor.stop(), grace);
  process.on("SIGHUP", () => void supervisor.replaceAll());
  await supervisor.start(workers);
}

class Supervisor {
  readonly #restartDelay: number;
  readonly #grace: number;
  readonly #workers = new Set<Worker>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #youngDeaths = 0;
  #isStopping = false;
  #replacing: Promise<void> | undefined;

  constructor(restartDelay: number, grace: number) {
    this.#restartDelay = restartDelay;
    this.#grace = grace;
  }

  /** Resolves when all listen. */
  async start(count: number): Promise<void> {
    const listening = await Promise.all(Array.from({ length: count }, () => this.#fork()));
    if (listening.includes(false) && !this.#isStopping) {
      console.error("a worker did not start: all of them are stopped");
      await this.stop();
      process.exit(1);
    }
  }

  /** Tells all to stop; true where each of them ended by itself, in time and in order. */
  async stop(): Promise<boolean> {
    this.#isStopping = true;
    this.#timers.forEach((timer) => clearTimeout(timer));
    const ends = [...this.#workers].map((worker) => this.#end(worker));
    return (await Promise.all(ends)).every((isClean) => isClean);
  }

  replaceAll(): Promise<void> {
    this.#replacing ??= this.#replaceAll().finally(() => {
      this.#replacing = undefined;
    });
    return this.#replacing;
  }

  async #replaceAll(): Promise<void> {
    const old = [...this.#workers];
    for (const worker of old) {
      if (this.#isStopping || !worker.isConnected()) {
        continue;
      }
      if (!(await this.#fork())) {
        console.error("a new worker did not start: the old ones stay");
        return;
      }
      await this.#end(worker);
    }
  }

  /** Starts one; true when it listens, false when it died before. */
  #fork(): Promise<boolean> {
    const worker = cluster.fork();
    const born = Date.now();
    let isListening = false;
    this.#workers.add(worker);
    return new Promise((resolve) => {
      worker.once("listening", () => {
        isListening = true;
        resolve(true);
      });
      worker.once("exit", (code, signal) => {
        this.#workers.delete(worker);
        resolve(false);
        if (isListening && !worker.exitedAfterDisconnect && !this.#isStopping) {
          console.error(`worker ${worker.process.pid} died (${signal ?? code}): it is replaced`);
          this.#replaceLater(Date.now() - born);
        }
      });
    });
  }

  #replaceLater(age: number): void {
    this.#youngDeaths = age < YOUNG ? this.#youngDeaths + 1 : 0;
    const delay = Math.min(this.#restartDelay * 2 ** Math.max(0, this.#youngDeaths - 1), LONGEST_DELAY);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // One that does not start again is tried again, later each time.
      void this.#fork().then((isListening) => {
        if (!isListening && !this.#isStopping) {
          this.#replaceLater(0);
        }
      });
    }, delay);
    this.#timers.add(timer);
  }

  #end(worker: Worker): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => worker.process.kill("SIGKILL"), this.#grace);
      worker.once("exit", (code, signal) => {
        clearTimeout(timer);
        // One that has not come so far as to hear of signals had nothing to lose.
        resolve(code === 0 || signal === "SIGTERM");
      });
      // So that its end is not taken for a death.
      worker.exitedAfterDisconnect = true;
      worker.process.kill("SIGTERM");
    });
  }
}
