import type { Dependency, UseStep } from "@tenon/core";
import type { Resolved } from "./dependency/resolve-alone.ts";

/**
 * What runs beside the answering of requests for as long as an application does: a worker of jobs. It is a definition; each
 * application that has it among its options starts one of its own.
 */
export interface Background {
  start(host: BackgroundHost): Promise<RunningBackground>;
}

/** A dependency that reads no input. */
// oxlint-disable-next-line typescript/no-explicit-any -- whatever it may fail with, however long it lives
type Alone<Value> = Dependency<Value, any, never, any, any>;

/** What an application gives to what runs beside it. */
export interface BackgroundHost {
  /** Resolves a dependency for one piece of work, which is closed apart; values of scope `app` are the application's own. */
  resolve<Value>(dependency: Alone<Value>, signal: AbortSignal): Promise<Resolved<Value>>;
  /** Opens the values of scope `app` at or below what is used, so that a failure stops the start, and names the user. */
  open(uses: readonly UseStep[], user: string): Promise<void>;
  /** Tells `onError`. */
  report(error: unknown, source: string): void;
}

/** What was started, and has to be stopped. */
export interface RunningBackground {
  /** Begins nothing that another process could begin; the application is about to stop. */
  pause(): void;
  /** Lets what runs end within `grace` milliseconds, then aborts it. Dependencies are still open. */
  stop(options: { readonly grace: number }): Promise<void>;
  /** Resolves when nothing is at work and nothing waits for its turn; for tests. */
  settled(): Promise<void>;
}

/** Everything that runs beside one application, started in order and stopped in reverse. */
export class Backgrounds {
  readonly #definitions: readonly Background[];
  readonly #host: BackgroundHost;
  #running: RunningBackground[] = [];
  #started: Promise<void> | undefined;
  isStarted: boolean;

  constructor(definitions: readonly Background[], host: BackgroundHost) {
    this.#definitions = definitions;
    this.#host = host;
    this.isStarted = definitions.length === 0;
  }

  /** Starts everything once; a failure stops what was started, and is thrown. */
  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async #start(): Promise<void> {
    try {
      for (const definition of this.#definitions) {
        this.#running.push(await definition.start(this.#host));
      }
      this.isStarted = true;
    } catch (error) {
      this.#started = undefined;
      await this.#stopAll(0).catch(() => {});
      throw error;
    }
  }

  pause(): void {
    this.#running.forEach((each) => each.pause());
  }

  async settled(): Promise<void> {
    await Promise.all(this.#running.map((each) => each.settled()));
  }

  /** A start that is under way is awaited. */
  async stop({ grace }: { readonly grace: number }): Promise<void> {
    await this.#started?.catch(() => {});
    this.#started = undefined;
    this.isStarted = this.#definitions.length === 0;
    await this.#stopAll(grace);
  }

  // Together, since each of them has the whole grace time.
  async #stopAll(grace: number): Promise<void> {
    const stopping = this.#running.splice(0).toReversed();
    const results = await Promise.allSettled(stopping.map(async (each) => each.stop({ grace })));
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) {
      throw failed.reason;
    }
  }
}
