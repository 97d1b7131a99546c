import type { AnyDependency, DependencyDefinition } from "../dependency/dependency.ts";
import { type Dependencies, readUse, type ScopesOf, type Values } from "../dependency/use.ts";
import type { Failure } from "../error/api-error.ts";
import type { ErrorShape, ProblemMap } from "../error/declared.ts";
import { checkErrors, mergeErrors } from "../error/merge-errors.ts";
import type { MaybePromise, ToIntersection } from "../type/flat.ts";
import type { Mistake } from "../type/mistake.ts";
import type { PathKeys } from "../type/path-template.ts";
import type { In, Out, Shape, ShapeOf } from "../type/schema-side.ts";
import type { Arguments, Failing, Joined, Sent } from "./arguments.ts";
import type { Messages } from "./call.ts";
import type { Contract } from "./contract.ts";
import type { Documentation } from "./documentation.ts";
import { mergeFields, readInputSlot } from "./input-field.ts";
import type { Middleware } from "./middleware.ts";
import { checkStatus, readOutputSlot } from "./output-slot.ts";
import type { ErrorClass, ErrorMap, Kind, Method, Procedure, ProcedureDefinition } from "./procedure.ts";
import type { Answer, Promised, Returned, Unset } from "./reply.ts";
import { readResponseCookies, readResponseHeaders } from "./response-headers.ts";
import { checkRoute } from "./route.ts";
import type { ServerSocket, Streamed } from "./stream.ts";
import type { SocketOptions, StreamingOptions } from "./streaming.ts";
import type { NothingOutside, OutsideOf, Places, TagsOf } from "./tags.ts";

// Checked in the finisher, the only place that knows every key whatever the order of the steps.
type CheckRoute<Route, Input, Used extends AnyDependency> = Input extends { "~mistake": string }
  ? Mistake<"input takes a raw shape ({ id: z.int() }) or z.object(…)">
  : Route extends string
    ? MissingKeys<Route, Exclude<PathKeys<Route>, keyof Input | keyof Joined<Used, "~out">>>
    : unknown;
type MissingKeys<Route extends string, Keys> = [Keys] extends [never]
  ? unknown
  : Mistake<`the route '${Route}' names '{${Keys & string}}', but the input has no key '${Keys & string}'`>;

// A query without an explicit route is a GET, which has no body.
type CheckQuery<Route, Input extends Shape, Used extends AnyDependency> = [TagsOf<Input>] extends [never]
  ? CheckRoute<Route, Input, Used>
  : CheckRoute<Route, Input, Used> & CheckBody<Route, BodyKeys<TagsOf<Input>>>;
type BodyKeys<Tags> = Tags extends `${infer Key}@${"body" | "form" | "file"}${string}` ? Key : never;
type CheckBody<Route, Keys> = [Keys] extends [never]
  ? unknown
  : Route extends `${Exclude<Method, "GET" | "DELETE">} ${string}`
    ? unknown
    : Mistake<`a GET has no body, but '${Keys & string}' is in it: finish with .mutation, or write .route("POST …")`>;

// One test for all that most procedures do not have. Several parts may each ask for headers: their sections join.
type PlacesOf<Input extends Shape, Used extends AnyDependency> = [TagsOf<Input> | Used["~parts"]] extends [
  never,
]
  ? never
  : Places<TagsOf<Input> | Used["~parts"]["~tags"], Join<OutsideOf<Input> | Used["~parts"]["~outside"]>>;
type Join<Parts> = [Parts] extends [never] ? NothingOutside : ToIntersection<Parts>;

// An interim response is followed by the final one (RFC 9110, 15.2).
type CheckStatus<N extends number> = `${N}` extends `1${number}`
  ? Mistake<`${N} is no final status: write one from 200 on`>
  : unknown;

/** Builds a procedure. Immutable: each step returns a new builder; a base is a builder kept in a constant. */
export interface ProcedureBuilder<
  Values_,
  Used extends AnyDependency,
  Input extends Shape,
  Output,
  Errors extends Shape,
  Route,
  Status,
> {
  /** Resolves dependencies; their values appear under their keys in the handler's argument. */
  use<U extends Dependencies>(
    dependencies: U,
  ): ProcedureBuilder<Values_ & Values<U>, Used | U[keyof U], Input, Output, Errors, Route, Status>;
  /** Runs dependencies for their effect only, in order, after everything declared before. */
  guard<G extends readonly AnyDependency[]>(
    ...dependencies: G
  ): ProcedureBuilder<Values_, Used | G[number], Input, Output, Errors, Route, Status>;
  /** Parameters and body as one flat shape; each key is read from exactly one place. Calls merge. */
  input<I>(shape: I): ProcedureBuilder<Values_, Used, Input & ShapeOf<I>, Output, Errors, Route, Status>;
  /**
   * What the handler returns: a shape, a schema, `html()` and its like, or one for each status (`{ 200: A, 303: redirect() }`).
   * Validated and stripped.
   */
  output<O>(slot: O): ProcedureBuilder<Values_, Used, Input, O, Errors, Route, Status>;
  /** The declared ways to fail: code → status, data, headers. The only typed way to fail. */
  errors<E extends Record<string, ErrorShape>>(
    errors: E,
  ): ProcedureBuilder<Values_, Used, Input, Output, Errors & E, Route, Status>;
  /**
   * Turns errors of a class, wherever they were thrown below the handler, into a declared failure:
   * `.mapError(UnicornError, (error, errors) => errors.TEAPOT({ name: error.name }))`. The first that fits decides.
   */
  mapError<E>(
    type: ErrorClass<E>,
    map: (error: E, errors: Failing<Errors, Used>) => Failure,
  ): ProcedureBuilder<Values_, Used, Input, Output, Errors, Route, Status>;
  /** The status of success, where the convention's does not fit. */
  status<const N extends number>(
    status: N & CheckStatus<N>,
  ): ProcedureBuilder<Values_, Used, Input, Output, Errors, Route, N>;
  /** Documented response headers: name → schema. A reply without one that is required is a 500. */
  responseHeaders(
    headers: Record<string, unknown>,
  ): ProcedureBuilder<Values_, Used, Input, Output, Errors, Route, Status>;
  /** Cookies that a reply may set, for the document: `ctx.cookies.set(…)` sets them. */
  responseCookies(...names: string[]): ProcedureBuilder<Values_, Used, Input, Output, Errors, Route, Status>;
  /** Method and path template, relative to the router: `POST /{id}/archive`. */
  route<const P extends `${Method} /${string}`>(
    route: P,
  ): ProcedureBuilder<Values_, Used, Input, Output, Errors, P, Status>;
  /** Scopes that the caller's credential has to carry: names that a used scheme declares. Calls accumulate. */
  scopes(...names: ScopesOf<Used>[]): ProcedureBuilder<Values_, Used, Input, Output, Errors, Route, Status>;
  /** Advice around this procedure alone. */
  wrap(middleware: Middleware): ProcedureBuilder<Values_, Used, Input, Output, Errors, Route, Status>;
  /** Documentation only. */
  doc(documentation: Documentation): ProcedureBuilder<Values_, Used, Input, Output, Errors, Route, Status>;
  /** Messages that the caller of a socket sends, and those it receives. */
  receive<M>(message: M): SocketBuilder<Values_, Used, Input, M, Unset, Errors, Route>;

  /** Finishes a procedure that reads: GET by default, safe to retry. */
  query(
    handler: ((argument: Arguments<Values_, Used, Input, Errors, Output>) => MaybePromise<Answer<Output>>) &
      CheckQuery<Route, Input, Used>,
  ): Procedure<
    "query",
    Route,
    Sent<Input, Used>,
    PlacesOf<Input, Used>,
    Promised<Output, Status>,
    ProblemMap<Errors> | Used["~errors"]
  >;
  /** Finishes a procedure that changes something: POST by default. */
  mutation(
    handler: ((argument: Arguments<Values_, Used, Input, Errors, Output>) => MaybePromise<Answer<Output>>) &
      CheckRoute<Route, Input, Used>,
  ): Procedure<
    "mutation",
    Route,
    Sent<Input, Used>,
    PlacesOf<Input, Used>,
    Promised<Output, Status>,
    ProblemMap<Errors> | Used["~errors"]
  >;
  /** Finishes a stream of items: server-sent events or JSON lines, by `Accept`. */
  stream(
    handler: ((
      argument: Arguments<Values_, Used, Input, Errors, Output> & {
        /** The id of the last event that a reconnecting caller has seen. */
        readonly lastEventId: string | undefined;
      },
    ) => AsyncIterable<Streamed<Returned<Output>>>) &
      CheckQuery<Route, Input, Used>,
    options?: StreamingOptions,
  ): Procedure<
    "stream",
    Route,
    Sent<Input, Used>,
    PlacesOf<Input, Used>,
    Promised<Output, undefined>,
    ProblemMap<Errors> | Used["~errors"]
  >;
  /** Finishes without a handler, in a package without server code; `implement` adds it. */
  contract<const K extends "query" | "mutation" | "stream">(
    kind: K & (K extends "mutation" ? CheckRoute<Route, Input, Used> : CheckQuery<Route, Input, Used>),
  ): Contract<
    K,
    Route,
    Sent<Input, Used>,
    PlacesOf<Input, Used>,
    Promised<Output, K extends "stream" ? undefined : Status>,
    ProblemMap<Errors> | Used["~errors"],
    Arguments<Values_, Used, Input, Errors, Output> &
      (K extends "stream" ? { readonly lastEventId: string | undefined } : unknown),
    K extends "stream" ? AsyncIterable<Streamed<Returned<Output>>> : MaybePromise<Answer<Output>>
  >;
}

/** A builder whose messages are declared: `.receive(…).send(…).socket(…)`. */
export interface SocketBuilder<
  Values_,
  Used extends AnyDependency,
  Input extends Shape,
  Receive,
  Send,
  Errors extends Shape,
  Route,
> {
  /** Messages that the server sends. */
  send<M>(message: M): SocketBuilder<Values_, Used, Input, Receive, M, Errors, Route>;
  /** Finishes a socket: both directions are validated. */
  socket(
    handler: ((
      argument: Arguments<Values_, Used, Input, Errors, Unset> & {
        readonly socket: ServerSocket<Out<Receive>, In<Send>>;
      },
    ) => MaybePromise<void>) &
      CheckQuery<Route, Input, Used>,
    options?: SocketOptions,
  ): Procedure<
    "socket",
    Route,
    Sent<Input, Used>,
    PlacesOf<Input, Used>,
    Messages<In<Receive>, Out<Send>>,
    ProblemMap<Errors> | Used["~errors"]
  >;
  /** Finishes without a handler, in a package without server code; `implement` adds it. */
  contract(kind: "socket" & CheckQuery<Route, Input, Used>): Contract<
    "socket",
    Route,
    Sent<Input, Used>,
    PlacesOf<Input, Used>,
    Messages<In<Receive>, Out<Send>>,
    ProblemMap<Errors> | Used["~errors"],
    Arguments<Values_, Used, Input, Errors, Unset> & {
      readonly socket: ServerSocket<Out<Receive>, In<Send>>;
    },
    MaybePromise<void>
  >;
}

type Draft = Omit<ProcedureDefinition, "kind" | "handler" | "lasting">;

const EMPTY: Draft = {
  "~kind": "procedure",
  route: undefined,
  uses: [],
  input: new Map(),
  isStrict: false,
  refinements: [],
  objects: [],
  output: undefined,
  messages: undefined,
  status: undefined,
  errors: {},
  errorMaps: [],
  responseHeaders: new Map(),
  responseCookies: [],
  scopes: [],
  wraps: [],
  documentation: {},
};

function build(draft: Draft): object {
  const where = draft.route === undefined ? "a procedure" : `the procedure '${draft.route}'`;
  const next = (change: Partial<Draft>): object => build({ ...draft, ...change });
  const finish =
    (kind: Kind) =>
    (handler: ProcedureDefinition["handler"], lasting: ProcedureDefinition["lasting"] = {}) =>
      Object.freeze({ ...draft, kind, handler, lasting });
  return Object.freeze({
    use: (dependencies: Record<string, unknown>) =>
      next({ uses: [...draft.uses, readUse(dependencies, draft.uses, where)] }),
    guard: (...dependencies: DependencyDefinition[]) =>
      next({ uses: [...draft.uses, { kind: "guard", dependencies }] }),
    input: (slot: unknown) => {
      const { fields, isStrict, refinement, object } = readInputSlot(slot);
      return next({
        input: mergeFields(draft.input, fields, where),
        isStrict: draft.isStrict || isStrict,
        refinements: refinement === undefined ? draft.refinements : [...draft.refinements, refinement],
        objects: object === undefined ? draft.objects : [...draft.objects, object],
      });
    },
    output: (slot: unknown) => next({ output: readOutputSlot(slot, where) }),
    errors: (errors: Record<string, ErrorShape>) =>
      next({ errors: mergeErrors(draft.errors, checkErrors(errors, where), where) }),
    mapError: (type: ErrorMap["type"], map: ErrorMap["map"]) =>
      next({ errorMaps: [...draft.errorMaps, { type, map }] }),
    status: (status: number) => next({ status: checkStatus(status, where) }),
    responseHeaders: (headers: Record<string, unknown>) =>
      next({ responseHeaders: new Map([...draft.responseHeaders, ...readResponseHeaders(headers, where)]) }),
    responseCookies: (...names: string[]) =>
      next({ responseCookies: [...draft.responseCookies, ...readResponseCookies(names, where)] }),
    route: (route: string) => next({ route: checkRoute(route) }),
    scopes: (...names: string[]) => next({ scopes: [...draft.scopes, ...names] }),
    wrap: (middleware: Middleware) => next({ wraps: [...draft.wraps, middleware] }),
    doc: (documentation: Documentation) =>
      next({ documentation: { ...draft.documentation, ...documentation } }),
    receive: (receive: unknown) => next({ messages: { receive, send: draft.messages?.send } }),
    send: (send: unknown) => next({ messages: { receive: draft.messages?.receive, send } }),
    query: finish("query"),
    mutation: finish("mutation"),
    stream: finish("stream"),
    socket: finish("socket"),
    contract: (kind: Kind) => finish(kind)(undefined),
  });
}

/** The base of every procedure: `procedure.input({ id: z.int() }).output(Item).query(({ input }) => …)`. */
export const procedure: ProcedureBuilder<{}, never, {}, Unset, {}, undefined, undefined> = build(
  EMPTY,
) as never;
