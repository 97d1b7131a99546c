import type { Backgrounds } from "./background.ts";
import type { Lifespan } from "./lifespan.ts";
import type { MountedApp } from "./mount/mounts.ts";
import type { Spool } from "./upload/spool.ts";
import type { Work } from "./work.ts";

/** How an application is stopped. */
export interface StopOptions {
  /** Milliseconds that everything together gets to end by itself; 10 s by default. */
  readonly grace?: number;
  /** Hears that something had not ended within that time. */
  readonly onCutOff?: () => void;
}

/** What lives as long as an application, in the order in which it starts. */
interface Parts {
  readonly lifespan: Lifespan;
  readonly mounted: readonly MountedApp[];
  readonly backgrounds: Backgrounds;
  readonly work: Work;
  readonly spool: Spool | undefined;
  readonly report: (error: unknown) => void;
}

/**
 * The life of an application: dependencies of scope `app`, then mounted applications, then what runs beside them. It stops the other
 * way round, when requests and their background work have ended.
 */
export class Life {
  readonly #parts: Parts;
  #started: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #isStopping = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Requests need not wait. */
  get isStarted(): boolean {
    return this.#parts.lifespan.isStarted && this.#parts.backgrounds.isStarted;
  }

  /** Started as a whole, and not about to stop. */
  get isReady(): boolean {
    return this.#started !== undefined && this.isStarted && !this.#isStopping;
  }

  /** What a request needs; mounted applications begin with their own first request. */
  async begin(): Promise<void> {
    const { lifespan, backgrounds } = this.#parts;
    await lifespan.start();
    await backgrounds.start();
  }

  /** Starts everything once; what was started before a failure is stopped again. */
  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    const { lifespan, mounted, backgrounds } = this.#parts;
    await this.#stopping?.catch(() => {});
    this.#isStopping = false;
    const undo: (() => Promise<void>)[] = [];
    try {
      await lifespan.start();
      undo.unshift(() => lifespan.stop());
      for (const each of mounted) {
        await each.start();
        undo.unshift(() => each.stop());
      }
      await backgrounds.start();
    } catch (error) {
      this.#started = undefined;
      await inTurn(undo).catch((also) => this.#parts.report(also));
      throw error;
    }
  }

  /** The application is about to stop: it is not ready any more, and what another process could begin does not begin here. */
  announceStop(): void {
    if (!this.#isStopping) {
      this.#isStopping = true;
      this.#parts.backgrounds.pause();
    }
  }

  /** Ends what would last for ever. */
  endLasting(): void {
    const { mounted, work } = this.#parts;
    mounted.forEach((each) => each.endStreams());
    work.endLasting();
  }

  /** Stops everything, whatever fails on the way; throws what failed first. */
  stop(options: StopOptions = {}): Promise<void> {
    this.#stopping ??= this.#stop(options).finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  async #stop({ grace = 10_000, onCutOff }: StopOptions): Promise<void> {
    const starting = this.#started;
    this.#started = undefined;
    const { lifespan, mounted, backgrounds, work, spool, report } = this.#parts;
    const end = Date.now() + grace;
    const options = (): Required<StopOptions> => ({
      grace: Math.max(0, end - Date.now()),
      onCutOff: onCutOff ?? (() => {}),
    });
    this.announceStop();
    this.endLasting();
    await starting?.catch(() => {});
    await inTurn([
      ...mounted.toReversed().map((each) => () => each.stop(options())),
      async () => {
        if (!(await work.drain(options().grace))) {
          report(new Error(`the application stops with unfinished work after ${grace} ms`));
          onCutOff?.();
        }
      },
      () => backgrounds.stop(options()),
      () => lifespan.stop(),
      async () => spool?.close(),
    ]);
  }

  /** Resolves when no background work runs and no job waits for its turn: for tests. */
  async settled(): Promise<void> {
    const { backgrounds, mounted, work } = this.#parts;
    // Work may enqueue jobs, and a job may cause work.
    do {
      await Promise.allSettled(work.running);
      await backgrounds.settled();
      await Promise.all(mounted.map(async (each) => each.settled?.()));
    } while (work.running.size > 0);
  }
}

/** One step after the other, all of them; throws what failed first. */
async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure !== undefined) {
    throw failure.error;
  }
}
