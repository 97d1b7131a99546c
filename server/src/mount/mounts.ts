import { DefinitionError, type MaybePromise } from "@tenon/core";
import type { Exchange } from "../exchange/exchange.ts";
import type { Reply } from "../exchange/reply.ts";
import { MountedExchange } from "./mounted-exchange.ts";

/** Answers web-standard requests: a function, or what has one (Hono, Elysia, GraphQL Yoga, another framework's application). */
export type FetchHandler =
  | ((request: Request) => MaybePromise<Response>)
  | { fetch(request: Request): MaybePromise<Response> };

/** What of another application of Tenon's concerns the one that it is mounted in. */
export interface MountedApp {
  handle(exchange: Exchange): MaybePromise<Reply>;
  start(): Promise<void>;
  endStreams(): void;
  stop(options?: { readonly grace?: number; readonly onCutOff?: () => void }): Promise<void>;
  /** Resolves when nothing runs in the background, where anything could. */
  settled?(): Promise<void>;
}

/** What can be mounted below a path. */
export type Mountable = MountedApp | FetchHandler;

/** Applications below paths. An operation's own address goes first, then the longest path that fits. */
export class Mounts {
  readonly #entries: readonly (readonly [prefix: string, mounted: Mountable])[];
  readonly #root: Mountable | undefined;
  /** The applications whose lives follow the outer one's, in declared order. */
  readonly apps: readonly MountedApp[];

  constructor(mounts: Readonly<Record<string, Mountable>>) {
    const entries = Object.entries(mounts);
    for (const [prefix, mounted] of entries) {
      if (prefix !== "/" && !/^(?:\/[^/{}?#\s]+)+$/.test(prefix)) {
        throw new DefinitionError(
          "BAD_PREFIX",
          `'${prefix}' is no path to mount at: write '/admin', which starts with '/', does not end with it, and has no parameters`,
        );
      }
      assertMountable(prefix, mounted);
    }
    const { "/": root, ...below } = mounts;
    this.#root = root;
    this.#entries = Object.entries(below).sort(([one], [other]) => other.length - one.length);
    this.apps = Object.values(mounts).filter(isApp);
  }

  /** What answers a path; undefined where nothing is mounted. */
  match(path: string): ((exchange: Exchange) => MaybePromise<Reply>) | undefined {
    // By index: an iterator would cost every path that leads nowhere.
    for (let index = 0; index < this.#entries.length; index++) {
      const [prefix, mounted] = this.#entries[index] as readonly [string, Mountable];
      if (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/")) {
        return (exchange) => answer(mounted, new MountedExchange(exchange, prefix));
      }
    }
    return undefined;
  }

  /** What answers where nothing else does: what is mounted at `/`. */
  get root(): ((exchange: Exchange) => MaybePromise<Reply>) | undefined {
    const root = this.#root;
    return root === undefined ? undefined : (exchange) => answer(root, new MountedExchange(exchange, ""));
  }
}

/** What looks like a handler of Node's would be called with a web-standard request. */
function assertMountable(prefix: string, mounted: Mountable): void {
  const { fetch } = mounted as { readonly fetch?: unknown };
  if (isApp(mounted) || typeof fetch === "function") {
    return;
  }
  if (typeof mounted !== "function" || mounted.length > 1) {
    throw new DefinitionError(
      "NOT_MOUNTABLE",
      `what is mounted at '${prefix}' answers no web-standard requests: write nodeHandler(…) of '@tenon/server/node' around a handler of Node's, Express or Fastify`,
    );
  }
}

function answer(mounted: Mountable, exchange: MountedExchange): MaybePromise<Reply> {
  if (isApp(mounted)) {
    return mounted.handle(exchange);
  }
  const request = exchange.toRequest();
  const response = "fetch" in mounted ? mounted.fetch(request) : mounted(request);
  return response instanceof Promise ? response.then(toReply) : toReply(response);
}

function toReply(response: Response): Reply {
  return { kind: "web", status: response.status, headers: [], response };
}

/** An application of Tenon's answers exchanges: no web request is made for it. */
function isApp(mounted: Mountable): mounted is MountedApp {
  return "handle" in mounted && "endStreams" in mounted;
}
