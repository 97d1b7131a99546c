import type { Flat } from "../type/flat.ts";
import type { PathKeys } from "../type/path-template.ts";

/** What has an address: a finished procedure, as far as its address asks. */
export interface Addressable {
  readonly kind: unknown;
  readonly route: unknown;
  readonly "~input": unknown;
}

/** What is mounted: an application, a folder of files, a handler of web-standard requests. */
export type Addressed =
  | { handle(exchange: never): unknown }
  | { fetch(request: Request): unknown }
  | ((request: Request) => unknown);

/** A body is no part of an address: of what has one, only the parameters that the path asks for are sure to be. */
type ParametersOf<P extends Addressable> = P["route"] extends `${"POST" | "PUT" | "PATCH"} ${string}`
  ? PathPart<P["~input"], P["route"]>
  : P["kind"] extends "mutation"
    ? PathPart<P["~input"], P["route"]>
    : P["~input"];
type PathPart<Input, Route> = Flat<Partial<Input> & Pick<Input, PathKeys<Route> & keyof Input>>;

/** The second argument of `urlFor`: optional where nothing is required. */
export type AddressArguments<P extends Addressable> =
  {} extends ParametersOf<P> ? [parameters?: ParametersOf<P>] : [parameters: ParametersOf<P>];

/** Writes addresses. */
export interface UrlFor {
  /**
   * The address of a procedure with these parameters of its path and its query: `urlFor(items.read, { id: 7 })` is `/items/7`. A path,
   * that of the application's place included; absolute where it has a `publicUrl`, and never by the `Host` header. Throws a
   * `TypeError` for a procedure that is not in the application, or is in it twice, and for parameters that have no address.
   */
  <P extends Addressable>(procedure: P, ...parameters: AddressArguments<P>): string;
  /** The address of something below what is mounted: `urlFor(assets, "styles.css")` is `/static/styles.css`. */
  (mounted: Addressed, path: string): string;
}
