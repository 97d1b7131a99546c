import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import type { FormLimits } from "./form-limits.ts";
import type { Spool, SpooledFile } from "./spool.ts";

/** The spool of a host that has a file system; found out when a file first needs it. */
export function hostSpool(): Spool {
  let found: Promise<Spool | undefined> | undefined;
  return {
    open: async () => {
      found ??= import("./disk-spool.ts").then(
        ({ diskSpool }) => diskSpool(),
        () => undefined,
      );
      return (await found)?.open();
    },
    close: async () => {
      await (await found)?.close();
    },
  };
}

/** Room for the files of one request. What it opened is removed when the request has ended, however it did. */
export class Storage {
  readonly #spool: Spool | undefined;
  readonly #context: RequestContext;
  readonly #limits: FormLimits;
  #inMemory = 0;

  constructor(spool: Spool | undefined, context: RequestContext, limits: FormLimits) {
    this.#spool = spool;
    this.#context = context;
    this.#limits = limits;
  }

  /** Bytes of a file that may stay in memory. */
  get memory(): number {
    return this.#limits.memory;
  }

  /** Room for a file that is too large for memory; undefined where there is no file system. */
  async open(): Promise<SpooledFile | undefined> {
    const spooled = await this.#spool?.open();
    if (spooled !== undefined) {
      const remove = (): Promise<void> => spooled.remove();
      this.#context.addExit("request", { close: remove, fail: remove });
    }
    return spooled;
  }

  /** Counts bytes that stay in memory, though there are many. Throws 413 where they are too many. */
  hold(bytes: number): void {
    const { memoryOnly } = this.#limits;
    this.#inMemory += bytes;
    if (this.#inMemory > memoryOnly) {
      throw frameworkError("TOO_LARGE", `the files are larger than ${memoryOnly} bytes together`, {
        headers: { connection: "close" },
      });
    }
  }
}
