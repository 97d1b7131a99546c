import {
  DefinitionError,
  type Logger,
  type MaybePromise,
  type Middleware,
  type Operation,
} from "@tenon/core";
import { findLossyUnion, holdsFile, isOneWay, readSchema } from "@tenon/core/wire";
import type { AddressBook } from "./address/address-book.ts";
import { compileRoute, type RouteSettings } from "./compile-route.ts";
import { planDependencies } from "./dependency/plan.ts";
import type { Reply } from "./exchange/reply.ts";
import { composeMiddleware } from "./middleware/compose.ts";
import type { Mounts } from "./mount/mounts.ts";
import { planParameters } from "./request/parameter-plan.ts";
import type { RequestContext } from "./request/request-context.ts";
import { hasForbidden } from "./request/target.ts";
import { parseQuery } from "./request/query-string.ts";
import { Deadline } from "./response/deadline.ts";
import { compileDescribe, compileFail, type Fail, type FailureSettings } from "./response/fail.ts";
import { frameworkError } from "./response/problem.ts";
import type { Around, Compiled, Found } from "./route/compiled.ts";
import type { Semantics } from "./semantics.ts";
import type { Address, Route } from "./route/route.ts";
import { RouteTable } from "./route/route-table.ts";

/** A page of the app that is no procedure: the document, the docs. */
export interface Page {
  readonly path: string;
  readonly reply: (context: RequestContext) => MaybePromise<Reply>;
}

/** Everything that compiling needs. */
export interface CompileSettings extends Omit<RouteSettings, "describe">, FailureSettings {
  readonly middleware: readonly Middleware[];
  readonly pages: readonly Page[];
  readonly mounts: Mounts;
  readonly addresses: AddressBook;
  /** The path before every canonical address: `/rpc`. */
  readonly rpcPath: string | undefined;
  /** The type of a code's problems; `about:blank` where undefined. */
  readonly typeOf: ((code: string) => string) | undefined;
  /** Milliseconds to the first byte; 0 for none. */
  readonly timeout: number;
  /** Milliseconds that one piece of background work is waited for; 0 for no limit. */
  readonly backgroundLimit: number;
  readonly track: (work: Promise<void>) => void;
  readonly keep: (end: () => void) => () => void;
  readonly logger: Logger;
}

type Entry = { readonly kind: "page"; readonly page: Page } | LazyRoute;

/** Compiles an application. Throws a `DefinitionError` for whatever could not be served; routes are made when first used. */
export function compile(operations: readonly Operation[], settings: CompileSettings): Compiled {
  const table = new RouteTable<Entry>();
  const describe = compileDescribe(settings.report, {
    statuses: settings.semantics.statuses,
    typeOf: settings.typeOf,
  });
  const fail = compileFail(describe, settings.semantics.envelope);
  const routeSettings: RouteSettings = { ...settings, describe };
  const middleware = settings.middleware.map((layer) => layer.beside?.(settings.middleware) ?? layer);
  for (const operation of operations) {
    checkOperation(operation, settings.semantics);
    const around = aroundOf(operation, middleware, fail);
    table.add(operation.method, operation.path, new LazyRoute(operation, "rest", around, routeSettings));
    if (settings.rpcPath !== undefined && operation.hasRpc) {
      table.add(
        // A handshake is a GET: its input travels in the query.
        operation.kind === "socket" ? "GET" : "POST",
        `${settings.rpcPath}/${operation.id}`,
        new LazyRoute(operation, "rpc", around, routeSettings),
      );
    }
  }
  for (const page of settings.pages) {
    const rival = operations.find(({ method, path }) => method === "GET" && path === page.path);
    if (rival !== undefined) {
      throw new DefinitionError(
        "DUPLICATE_ADDRESS",
        `'${rival.id}' is at GET ${page.path}, where the app serves a page of its own: move one (options openapi, docs)`,
      );
    }
    table.add("GET", page.path, { kind: "page", page });
  }
  const deadline = new Deadline(settings.timeout, (context) => fail(frameworkError("TIMEOUT"), context));
  return {
    match: (context) => matchRequest(table, settings, context),
    around: composeMiddleware(
      middleware.filter((layer) => layer.applies === undefined),
      fail,
    ),
    fail,
    deadline: (reply, context) => deadline.watch(reply, context),
    report: settings.report,
    backgroundLimit: settings.backgroundLimit,
    pathOf: (of, parameters) => settings.addresses.pathOf(of, parameters),
    logger: settings.logger,
    closesRequestOnFailure: settings.semantics.defaultScope === "request",
    track: settings.track,
    keep: settings.keep,
  };
}

/** The middleware of one operation: those of the app that apply to it, then its own. */
function aroundOf(operation: Operation, middleware: readonly Middleware[], fail: Fail): Around | undefined {
  const layers = [
    ...middleware.filter((layer) => layer.applies?.(operation) ?? true),
    ...operation.procedure.wraps,
  ];
  return layers.length === 0 ? undefined : composeMiddleware(layers, fail);
}

class LazyRoute {
  readonly kind = "route";
  readonly around: Around | undefined;
  readonly #make: () => Route;
  #route: Route | undefined;

  constructor(operation: Operation, address: Address, around: Around | undefined, settings: RouteSettings) {
    this.around = around;
    this.#make = () => compileRoute(operation, address, settings);
  }

  get route(): Route {
    this.#route ??= this.#make();
    return this.#route;
  }
}

/** What must not wait for the first request. */
function checkOperation(operation: Operation, { text }: Semantics): void {
  if (operation.procedure.handler === undefined) {
    throw new DefinitionError(
      "NOT_IMPLEMENTED",
      `'${operation.id}' is a contract without a handler: serve what implement(contract, …) gives`,
    );
  }
  planDependencies(operation);
  planParameters(operation, text);
  for (const { schema } of operation.responses) {
    if (schema === undefined) {
      continue;
    }
    if (holdsFile(readSchema(schema))) {
      throw new DefinitionError(
        "UNENCODABLE_OUTPUT",
        `'${operation.id}' has a z.file() in its output, and JSON holds no files: write .output(download()) or .output(binary("image/png"))`,
      );
    }
    if (findLossyUnion(readSchema(schema)) !== undefined) {
      throw new DefinitionError(
        "LOSSY_UNION",
        `'${operation.id}' has a z.union in its output whose options fit the same value and keep different keys of what is in it: write z.discriminatedUnion, or give each option a key with a literal of its own`,
      );
    }
    if (isOneWay(readSchema(schema))) {
      throw new DefinitionError(
        "ONE_WAY_OUTPUT",
        `'${operation.id}' has an output with a one-way .transform or .preprocess, which cannot be encoded: use z.codec, or transform in the handler`,
      );
    }
  }
}

function matchRequest(
  table: RouteTable<Entry>,
  { semantics, mounts }: CompileSettings,
  context: RequestContext,
): Found {
  const { method, path } = context;
  if (!path.startsWith("/")) {
    return matchServer(method, path);
  }
  const isHead = method === "HEAD" && semantics.ownMethods.includes("HEAD");
  const found = table.match(isHead ? "GET" : method, path);
  if (found === undefined) {
    const mounted = mounts.match(path);
    if (mounted === undefined) {
      return matchNothing(table, semantics, context) ?? atRoot(mounts);
    }
    return hasForbidden(path)
      ? forbiddenPath()
      : { kind: "reply", reply: ({ exchange }) => mounted(exchange) };
  }
  if (found === "malformed") {
    return failed("MALFORMED_REQUEST", "the path holds a broken or forbidden percent-encoding");
  }
  if (found.values.length > 0 && hasForbidden(path)) {
    return forbiddenPath();
  }
  if (context.queryStart >= 0) {
    const query = parseQuery(context.exchange.target, context.queryStart + 1);
    if (typeof query === "string") {
      return failed(
        "MALFORMED_REQUEST",
        query === "encoding"
          ? "the query holds a broken percent-encoding"
          : "the query holds too many parameters",
      );
    }
    context.query = query;
  }
  if (found.entry.kind === "page") {
    const { page } = found.entry;
    return { kind: "reply", reply: page.reply };
  }
  return { kind: "route", route: found.entry.route, values: found.values, around: found.entry.around };
}

/** `OPTIONS *` asks the server as a whole (RFC 9110, 9.3.7); nothing else is asked without a path. */
function matchServer(method: string, path: string): Found {
  return method === "OPTIONS" && path === "*"
    ? { kind: "reply", reply: () => ({ kind: "empty", status: 204, headers: [] }) }
    : failed("ROUTE_NOT_FOUND");
}

function forbiddenPath(): Found {
  return failed("MALFORMED_REQUEST", "the path holds characters that a path cannot hold");
}

/** What is mounted at `/`, or 404. */
function atRoot({ root }: Mounts): Found {
  return root === undefined
    ? failed("ROUTE_NOT_FOUND")
    : { kind: "reply", reply: ({ exchange }) => root(exchange) };
}

/** 204 for OPTIONS, 405 for another method's address, a redirect to the address with or without its slash. */
function matchNothing(
  table: RouteTable<Entry>,
  semantics: Semantics,
  context: RequestContext,
): Found | undefined {
  const { method, path } = context;
  if (hasForbidden(path)) {
    return forbiddenPath();
  }
  const methods = table.methodsAt(path);
  if (methods.length > 0) {
    const allow = allowOf(methods, semantics);
    if (method === "OPTIONS" && semantics.ownMethods.includes("OPTIONS")) {
      return { kind: "reply", reply: () => ({ kind: "empty", status: 204, headers: ["allow", allow] }) };
    }
    return failed("METHOD_NOT_ALLOWED", undefined, { headers: { allow } });
  }
  return redirectSlash(table, semantics.slashes, context);
}

/** The way to the address that differs by the slash at its end, where there is one. */
function redirectSlash(
  table: RouteTable<Entry>,
  { status, isAbsolute }: Semantics["slashes"],
  context: RequestContext,
): Found | undefined {
  const { method, path, exchange, queryStart } = context;
  // With exactly one leading slash: a `//` target would leave the site.
  if (path.length < 2 || path.startsWith("//") || path.endsWith("//")) {
    return undefined;
  }
  const hasEnd = path.endsWith("/");
  // To FastAPI `/files/{path*}` with nothing to catch is an address, too.
  if (!hasEnd && !table.hasSlashEnds && !(isAbsolute && table.hasCatchAlls)) {
    return undefined;
  }
  const other = hasEnd ? path.slice(0, -1) : `${path}/`;
  const methods = table.methodsAt(other, isAbsolute ? undefined : "no empty catch-all");
  if (methods.length === 0 || !(isAbsolute || methods.includes(method === "HEAD" ? "GET" : method))) {
    return undefined;
  }
  const target = exchange.basePath + (queryStart < 0 ? other : other + exchange.target.slice(queryStart));
  const location = isAbsolute ? context.url.origin + target : target;
  return { kind: "reply", reply: () => ({ kind: "empty", status, headers: ["location", location] }) };
}

function allowOf(methods: readonly string[], { ownMethods }: Semantics): string {
  const own = ownMethods.filter((method) => method === "OPTIONS" || methods.includes("GET"));
  return [...new Set([...methods, ...own])].sort().join(", ");
}

function failed(...failure: Parameters<typeof frameworkError>): Found {
  return { kind: "failure", failure: frameworkError(...failure) };
}
