import type { UseStep } from "../dependency/dependency.ts";
import type { ErrorShape } from "../error/declared.ts";
import type { CallOf } from "./call.ts";
import type { Documentation } from "./documentation.ts";
import type { InputField } from "./input-field.ts";
import type { Middleware } from "./middleware.ts";
import type { SocketOptions, StreamingOptions } from "./streaming.ts";
import type { AnyPlaces } from "./tags.ts";

/** What a finisher says a procedure is: the default method, the retry policy and the kind of call follow from it. */
export type Kind = "query" | "mutation" | "stream" | "socket";

/** The methods that a procedure can answer to. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * A finished procedure. Its type holds plain, resolved types only: no schemas, no dependencies, no context.
 * Helpers look them up by key, they do not match the builder.
 */
export interface Procedure<Kind_, Route, Input, P extends AnyPlaces, Output, Errors> {
  readonly kind: Kind_;
  readonly route: Route;
  readonly "~input": Input;
  /** Where its keys are read from, as far as tags say so; `never` for none. */
  readonly "~places": P;
  readonly "~output": Output;
  readonly "~errors": Errors;
  readonly "~call": CallOf<Kind_, Input, Output, Errors, P>;
}

/** The top of the constraint: the parts are read by key. */
export interface AnyProcedure {
  readonly kind: unknown;
  readonly route: unknown;
  readonly "~input": unknown;
}

/** What the output slot says: one schema (or one of the other media) under the success status, or one for each status. */
export type OutputDefinition =
  | { readonly kind: "single"; readonly schema: unknown }
  | { readonly kind: "statuses"; readonly schemas: ReadonlyMap<number, unknown> };

/** A class whose instances are thrown, whatever its constructor takes. */
export type ErrorClass<E> = abstract new (...parameters: never) => E;

/** One `.mapError(…)`. */
export interface ErrorMap {
  readonly type: ErrorClass<unknown>;
  readonly map: (error: never, errors: never) => unknown;
}

/** What a procedure is at run time: frozen data. */
export interface ProcedureDefinition {
  readonly "~kind": "procedure";
  readonly kind: Kind;
  /** `METHOD /template`, relative to the router. */
  readonly route: string | undefined;
  readonly uses: readonly UseStep[];
  readonly input: ReadonlyMap<string, InputField>;
  /** Unknown keys of the body are refused (`.input(z.strictObject(…))`). */
  readonly isStrict: boolean;
  /** Object schemas of `.input(…)` with rules about several keys at once. */
  readonly refinements: readonly unknown[];
  /** The object schemas among its inputs, which may have names. */
  readonly objects: readonly unknown[];
  readonly output: OutputDefinition | undefined;
  /** Messages that a socket receives and sends. */
  readonly messages: { readonly receive: unknown; readonly send: unknown } | undefined;
  readonly status: number | undefined;
  readonly errors: Readonly<Record<string, ErrorShape>>;
  /** In declared order; the first whose class fits decides. */
  readonly errorMaps: readonly ErrorMap[];
  readonly responseHeaders: ReadonlyMap<string, unknown>;
  readonly responseCookies: readonly string[];
  /** Security scopes that it asks for, beside those of its dependencies. */
  readonly scopes: readonly string[];
  readonly wraps: readonly Middleware[];
  readonly documentation: Documentation;
  /** Options of a stream or a socket. */
  readonly lasting: StreamingOptions & SocketOptions;
  /** Undefined in a contract that `implement` has not completed. */
  readonly handler: ((argument: never) => unknown) | undefined;
}

/** The definition of a value that may be a procedure. */
export function readProcedure(value: unknown): ProcedureDefinition | undefined {
  return (value as ProcedureDefinition | null | undefined)?.["~kind"] === "procedure"
    ? (value as ProcedureDefinition)
    : undefined;
}
