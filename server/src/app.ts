import {
  ApiError,
  collectDependencies,
  DefinitionError,
  type Dependency,
  type DependencyDefinition,
  type MaybePromise,
  type Operation,
  type Override,
  Overriding,
  project,
} from "@tenon/core";
import { AddressBook } from "./address/address-book.ts";
import { FetchExchange, type FetchOptions } from "./adapter/fetch-exchange.ts";
import { toResponse } from "./adapter/fetch-reply.ts";
import type { AppDependency, AppOptions } from "./app-options.ts";
import { Backgrounds } from "./background.ts";
import { compile } from "./compile.ts";
import { type Resolved, resolveAlone, type ResolveOptions } from "./dependency/resolve-alone.ts";
import { dispatch } from "./dispatch.ts";
import { documentPages } from "./document-pages.ts";
import type { Exchange } from "./exchange/exchange.ts";
import { discardReply, type Reply } from "./exchange/reply.ts";
import { healthPages } from "./health.ts";
import { Life, type StopOptions } from "./life.ts";
import { Lifespan } from "./lifespan.ts";
import { consoleLogger } from "./log/console-logger.ts";
import { logErrors, safely } from "./log/report.ts";
import { type ReportedRequest, RequestContext } from "./request/request-context.ts";
import type { Compiled } from "./route/compiled.ts";
import { FORM_LIMITS } from "./upload/form-limits.ts";
import { hostSpool } from "./upload/storage.ts";
import { canGenerate } from "./validation/compile-schema.ts";
import { install } from "./plugin/install.ts";
import type { AnyPlugin, WithPlugins } from "./plugin/plugin.ts";
import { Mounts } from "./mount/mounts.ts";
import { compileEntrance } from "./proxy/proxied-exchange.ts";
import { problemTypeOf } from "./response/problem-type.ts";
import { withValidationError } from "./response/validation-error.ts";
import { SEMANTICS, type Semantics } from "./semantics.ts";
import { warnOfLonelyReplay } from "./stream/lonely-replay.ts";
import { Work } from "./work.ts";

/** An application: its routers' type for clients, and what answers requests. */
export interface App<Routes> {
  readonly "~routes": Routes;
  /** The flat list of operations that everything is made of. */
  readonly operations: readonly Operation[];
  readonly options: Readonly<AppOptions>;
  /** Answers a web-standard request. */
  fetch(request: Request, options?: FetchOptions): Promise<Response>;
  /** Answers an exchange; what adapters call. */
  handle(exchange: Exchange): MaybePromise<Reply>;
  /** The reply in place of one that could not be made or written; the error is reported. What adapters call. */
  fail(error: unknown, exchange: Exchange): Reply;
  /**
   * The same application with something else in place of a dependency, wherever it is used: a value, or another dependency. This
   * application stays as it is, so that tests can run side by side.
   */
  override<Value>(dependency: Overridable<Value>, replacement: Value | Overridable<Value>): App<Routes>;
  /** The same application with other options. */
  with(options: AppOptions): App<Routes>;
  /**
   * Resolves a dependency outside of a request, for jobs, command lines and tests: `await using session = await app.resolve(db)`.
   * Throws a `TypeError` for whatever only a request can give.
   */
  resolve<Value>(dependency: Resolvable<Value>, options?: ResolveOptions): Promise<Resolved<Value>>;
  /** Tells whether anything is at the address of a request: an operation, by whatever method, a page, or what is mounted. */
  finds(exchange: Exchange): boolean;
  /** Resolves the dependencies of scope `app`, starts mounted applications and what runs beside; requests wait for it. */
  start(): Promise<void>;
  /** It is about to stop: `/readyz` says no from now on, and no further jobs are taken. Part of `stop`. */
  announceStop(): void;
  /** Ends open streams and sockets, so that their connections can close. Part of `stop`. */
  endStreams(): void;
  /**
   * Ends streams and sockets, waits for background work and jobs within the grace time, then closes the dependencies of scope `app`.
   * All of it is tried; what failed first is thrown.
   */
  stop(options?: StopOptions): Promise<void>;
  /** Resolves when no background work runs and no job waits for its turn: for tests. */
  settled(): Promise<void>;
}

// oxlint-disable typescript/no-explicit-any -- whatever else a dependency asks for and answers
type Overridable<Value> = Dependency<Value, any, any, any, any>;
/** One that reads no input. */
type Resolvable<Value> = Dependency<Value, any, never, any, any>;
// oxlint-enable typescript/no-explicit-any

const MIB = 1024 * 1024;

/** Makes an application of routers. Throws a `DefinitionError` for whatever could not be served; nothing is started. */
export function createApp<Routes extends object, const Plugins extends readonly AnyPlugin[] = readonly []>(
  routes: Routes,
  options: AppOptions & {
    /** What is installed as a whole, in this order: each brings routers, middleware, mounts, or words in the document. */
    plugins?: Plugins;
  } = {},
): App<WithPlugins<Routes, Plugins>> {
  const { plugins = [], ...own } = options;
  return makeApp({ routes, options: own, plugins }, []) as App<WithPlugins<Routes, Plugins>>;
}

/** What an application is made of. */
interface Given {
  readonly routes: object;
  readonly options: AppOptions;
  readonly plugins: readonly AnyPlugin[];
}

function makeApp(given: Given, overrides: readonly Override[]): App<object> {
  const { routes, options } = install(given.routes, given.options, given.plugins);
  const semantics = semanticsOf(options);
  const overriding = new Overriding(overrides);
  const operations = project(routes as Readonly<Record<string, unknown>>, {
    defaultTags: semantics.document === "complete",
    overriding,
    guard: (options.guard ?? []) as unknown as readonly DependencyDefinition[],
  });
  const lifespan = new Lifespan(operations, openedBesides(options.opens ?? [], overriding));
  const mounts = new Mounts(options.mounts ?? {});
  const addresses = new AddressBook(operations, options.mounts ?? {});
  const work = new Work();
  const logger = options.logger ?? consoleLogger();
  const hook = options.onError ?? logErrors(options.logger);
  const report = (error: unknown, request: ReportedRequest | undefined): void => safely(hook, error, request);
  const reportFrom = (error: unknown, source: string): void =>
    report(error, { operation: source, requestId: undefined });
  const spool = options.spool === false ? undefined : (options.spool ?? hostSpool());
  const compiled: Compiled = compile(operations, {
    backEnd: options.backEnd ?? (canGenerate() ? "generate" : "close"),
    bodyLimit: options.limits?.body ?? MIB,
    timeout: options.limits?.timeout ?? 30_000,
    backgroundLimit: options.limits?.background ?? 5 * 60_000,
    serializer: options.serializer ?? JSON.stringify,
    formLimits: { ...FORM_LIMITS, ...options.limits?.upload },
    spool,
    origins: new Set(options.origins),
    rpcPath: options.rpc === false ? undefined : "/rpc",
    middleware: options.middleware ?? [],
    semantics,
    pages: [
      ...documentPages(operations, { ...options, semantics }),
      ...healthPages(options.health, {
        isReady: () => life.isReady,
        resolve: (dependency, signal) => resolve(dependency, { signal }),
        report: reportFrom,
      }),
    ],
    mounts,
    addresses,
    typeOf: problemTypeOf(options),
    appValue: (step) => lifespan.value(step.dependency),
    report,
    logger,
    track: (running) => work.track(running),
    keep: (end) => work.keep(end),
  });

  const resolve = (dependency: unknown, resolveOptions?: ResolveOptions): Promise<Resolved<unknown>> =>
    resolveAlone(overriding.apply(dependency as never), lifespan, resolveOptions);
  const backgrounds = new Backgrounds(options.background ?? [], {
    resolve: (dependency, signal) => resolve(dependency, { signal }) as never,
    open: (uses, user) => lifespan.open(overriding.steps(uses), user),
    report: reportFrom,
  });
  const life = new Life({
    lifespan,
    mounted: mounts.apps,
    backgrounds,
    work,
    spool,
    report: (error) => report(error, undefined),
  });

  const fail = (error: unknown, exchange: Exchange): Reply =>
    compiled.fail(error, new RequestContext(exchange, compiled));
  const enter = compileEntrance(options);
  const answer = (exchange: Exchange): MaybePromise<Reply> =>
    life.isStarted
      ? dispatch(compiled, exchange)
      : life.begin().then(
          () => dispatch(compiled, exchange),
          (error) => fail(error, exchange),
        );
  const handle = enter === undefined ? answer : (exchange: Exchange) => answer(enter(exchange));

  const app: Omit<App<object>, "~routes"> = {
    operations,
    options,
    handle,
    fail,
    finds: (exchange) => finds(compiled, enter?.(exchange) ?? exchange),
    override: (dependency, replacement) => makeApp(given, [...overrides, [dependency, replacement]]),
    with: (changes) => makeApp({ ...given, options: { ...given.options, ...changes } }, overrides),
    resolve: resolve as never,
    start: () => {
      warnOfLonelyReplay(operations, logger);
      return life.start();
    },
    announceStop: () => life.announceStop(),
    endStreams: () => life.endLasting(),
    stop: (stopOptions) => life.stop(stopOptions),
    settled: () => life.settled(),
    fetch: async (request, fetchOptions = {}) => {
      const exchange = new FetchExchange(request, fetchOptions);
      const finished = (): void => {
        exchange.finish();
        if (fetchOptions.waitUntil !== undefined && work.running.size > 0) {
          fetchOptions.waitUntil(Promise.allSettled(work.running));
        }
      };
      const onAbort = (listener: () => void): void => exchange.onAbort(listener);
      const isHead = request.method === "HEAD";
      const reply = await handle(exchange);
      try {
        return toResponse(reply, isHead, finished, onAbort);
      } catch (error) {
        discardReply(reply);
        return toResponse(fail(error, exchange), isHead, finished, onAbort);
      }
    },
  };
  return app as App<object>;
}

function finds(compiled: Compiled, exchange: Exchange): boolean {
  const found = compiled.match(new RequestContext(exchange, compiled));
  return !(
    found.kind === "failure" &&
    found.failure instanceof ApiError &&
    found.failure.code === "ROUTE_NOT_FOUND"
  );
}

/** An envelope of the app's own goes before the profile's, a form of its own for refused input before both. */
function semanticsOf({ semantics, envelope, validationError }: AppOptions): Semantics {
  const chosen = { ...SEMANTICS, ...semantics, ...(envelope === undefined ? {} : { envelope }) };
  return Object.freeze(validationError === undefined ? chosen : withValidationError(chosen, validationError));
}

/** The dependencies that are opened though no operation uses them, and what they use. */
function openedBesides(
  opens: readonly AppDependency[],
  overriding: Overriding,
): readonly DependencyDefinition[] {
  const dependencies = (opens as unknown as readonly DependencyDefinition[]).map((dependency) => {
    if (dependency?.scope !== "app") {
      throw new DefinitionError(
        "SCOPE",
        `'opens' holds '${dependency?.name ?? "?"}', which does not live as long as the application: write dependency.scope("app")`,
      );
    }
    return overriding.apply(dependency);
  });
  return collectDependencies([{ kind: "guard", dependencies }], "opens");
}
