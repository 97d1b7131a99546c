import type { Dependency, MaybePromise } from "@tenon/core";
import type { Page } from "./compile.ts";
import type { Resolved } from "./dependency/resolve-alone.ts";
import type { Reply } from "./exchange/reply.ts";

/** Pages by which whoever runs the process asks how it is. */
export interface HealthOptions {
  /** Where it says that the process answers at all; `/healthz` by default. */
  live?: `/${string}`;
  /** Where it says whether requests should be sent to it; `/readyz` by default. */
  ready?: `/${string}`;
  /**
   * Dependencies that have to be there for it to be ready, by name. Each is resolved, and closed, for each question: one that throws
   * is not there. What it throws goes to `onError`.
   */
  checks?: Readonly<Record<string, Checked>>;
  /** Milliseconds that all checks together may take; 2 s by default. */
  timeout?: number;
}

/** A dependency that reads no input. */
// oxlint-disable-next-line typescript/no-explicit-any -- whatever it gives, may fail with, however long it lives
type Checked = Dependency<any, any, never, any, any>;

/** What the pages ask of the application. */
interface Asked {
  readonly isReady: () => boolean;
  readonly resolve: (dependency: Checked, signal: AbortSignal) => Promise<Resolved<unknown>>;
  readonly report: (error: unknown, source: string) => void;
}

/** The pages of health: `200` while it can be sent requests, `503` before it has started, when it stops, and while a check fails. */
export function healthPages(options: HealthOptions | boolean | undefined, asked: Asked): readonly Page[] {
  if (options === undefined || options === false) {
    return [];
  }
  const {
    live = "/healthz",
    ready = "/readyz",
    checks = {},
    timeout = 2000,
  } = options === true ? {} : options;
  return [
    { path: live, reply: () => answer(200, { status: "alive" }) },
    {
      path: ready,
      reply: (): MaybePromise<Reply> =>
        asked.isReady() ? check(checks, timeout, asked) : answer(503, { status: "not ready" }),
    },
  ];
}

async function check(
  checks: Readonly<Record<string, Checked>>,
  timeout: number,
  { resolve, report }: Asked,
): Promise<Reply> {
  const signal = AbortSignal.timeout(timeout);
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  late.catch(() => {});
  const failed: string[] = [];
  await Promise.all(
    Object.entries(checks).map(async ([name, dependency]) => {
      try {
        await Promise.race([resolve(dependency, signal).then((resolved) => resolved.close()), late]);
      } catch (error) {
        failed.push(name);
        report(error, `the check '${name}'`);
      }
    }),
  );
  return failed.length === 0
    ? answer(200, { status: "ready" })
    : answer(503, { status: "not ready", failed: failed.sort() });
}

function answer(status: number, body: object): Reply {
  return {
    kind: "bytes",
    status,
    headers: ["content-type", "application/json", "cache-control", "no-store"],
    body: JSON.stringify(body),
  };
}
