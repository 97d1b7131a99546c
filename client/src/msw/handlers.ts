import { http, type HttpHandler } from "msw";
import type { AnyProcedure, Mistake } from "@tenon/core";
import { answer } from "./answer.ts";
import { MockFailure, MockReply, type Mock, type StreamMock } from "./mock.ts";
import { type OpenAPIDocument, type RestRoute, readRoutes } from "./rest-route.ts";
import { readRpcInput } from "./rpc-input.ts";

/** Whose place the handlers take. */
export interface HandlerOptions {
  /** Where the application would be: `http://localhost:8000`. Any origin by default. */
  url?: string;
  /** Its OpenAPI document, from which REST addresses are known; without it only the calls by name are answered. */
  document?: OpenAPIDocument;
}

/** The tree of an application's routers, each procedure a maker of its handler. */
export type Handlers<Routes> = { readonly [Name in keyof Routes]: MemberOf<Routes[Name]> };
type MemberOf<Entry> = Entry extends AnyProcedure & { "~output": infer Output; "~errors": infer Errors }
  ? Entry["kind"] extends "stream"
    ? StreamMock<Entry["~input"], Output, Errors, HttpHandler>
    : Entry["kind"] extends "socket"
      ? Mistake<"a socket has no requests to answer: mock it with ws of msw">
      : Mock<Entry["~input"], Output, Errors, HttpHandler>
  : Entry extends { "~routes": infer Routes }
    ? Handlers<Routes>
    : Entry extends (...argument: never) => unknown
      ? never
      : Handlers<Entry>;

/**
 * Handlers for `msw` from the type of an application, for both of each procedure's addresses:
 *
 *     const mock = handlers<App>({ document });
 *     const server = setupServer(mock.items.read(({ input }) => ({ id: input.id, name: "pen" })));
 */
export function handlers<App extends { "~routes": unknown }>(
  options: HandlerOptions = {},
): Handlers<App["~routes"]> {
  const { url, document } = options;
  const base = url?.replace(/\/$/, "");
  const routes = document === undefined ? [] : readRoutes(document);
  const make = (id: string, resolve: Resolve): HttpHandler => {
    const route = routes.find((each) => each.rpc === `/rpc/${id}`);
    return http.all(
      ({ request }) =>
        pathIn(request, base) === `/rpc/${id}` || restMatch(route, request, base) !== undefined,
      ({ request }) => respond(id, route, base, request, resolve),
    );
  };
  return treeOf(make, "") as Handlers<App["~routes"]>;
}

type Resolve = (argument: object) => unknown;

/** Names become the id of a procedure; the last one is called. */
function treeOf(make: (id: string, resolve: Resolve) => HttpHandler, id: string): object {
  return new Proxy((resolve: Resolve) => make(id, resolve), {
    get: (_target, name) =>
      typeof name === "symbol" || name === "then"
        ? undefined
        : treeOf(make, id === "" ? name : `${id}.${name}`),
  });
}

async function respond(
  id: string,
  route: RestRoute | undefined,
  base: string | undefined,
  request: Request,
  resolve: Resolve,
): Promise<Response> {
  const match = restMatch(route, request, base);
  const input =
    match === undefined || route === undefined
      ? await readRpcInput(request.clone())
      : await route.readInput(match, request.clone());
  const result = await resolve({
    input,
    request,
    problem: (problem: MockFailure["problem"]) => new MockFailure(problem),
    reply: (status: number, value: unknown) => new MockReply(status, value),
  });
  return answer(result, {
    accept: request.headers.get("accept") ?? "",
    status: route?.status ?? statusOf(id),
  });
}

/** What the naming table says: `create` answers with 201. */
function statusOf(id: string): number {
  return id.endsWith(".create") ? 201 : 200;
}

/** The path of a request below the application's address; undefined where it goes elsewhere. */
function pathIn(request: Request, base: string | undefined): string | undefined {
  const { origin, pathname } = new URL(request.url);
  if (base === undefined) {
    return pathname;
  }
  const whole = origin + pathname;
  return whole.startsWith(`${base}/`) ? whole.slice(base.length) : undefined;
}

function restMatch(
  route: RestRoute | undefined,
  request: Request,
  base: string | undefined,
): Readonly<Record<string, string>> | undefined {
  const path = pathIn(request, base);
  return route === undefined || path === undefined ? undefined : route.match(request.method, path);
}
