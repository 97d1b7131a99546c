import type {
  AddressOf,
  AnyPlaces,
  AnyProcedure,
  AtItem,
  AtRoot,
  DefaultStatus,
  Failed,
  IdOf,
  Method,
  PrefixOf,
  RoutesIn,
  Success,
} from "@tenon/core";
import type { RestArguments, RestInputOf } from "./rest-input.ts";

/**
 * The REST-style client: `api.GET("/items/{id}", { path: { id: 7 } })`.
 *
 * A path is looked up by prefix, then module, then NAME; nothing else is visited, so that one call costs the same in an app
 * of eight procedures and of a thousand (`bench/types`).
 */
export type RestOf<Routes> = RestMethods<Routes, Index<Routes>, IndexKeys<Routes>>;

// `any` is the top of the constraint: indexing by `key & keyof` would walk the table at each evaluation.
// oxlint-disable-next-line typescript/no-explicit-any
type Table = Record<string, any>;

// The index of prefixes and its key set are type arguments: computed once per client type.
type RestMethods<Routes, Nodes extends Table, Keys> = {
  readonly [M in Method]: RestCall<Routes, Nodes, Keys, M>;
};

/** One method of the REST-style client. */
export interface RestCall<Routes, Nodes extends Table, Keys, M extends Method> {
  <const Path extends string>(
    path: Path,
    ...rest: ArgumentsFor<Lookup<Nodes, Keys, M, Path>, M, Path>
  ): ResultFor<Lookup<Nodes, Keys, M, Path>>;
  /** Never applicable (three required parameters): it feeds the completion of paths only. */
  (path: PathsWith<Routes, M, "">, input: never, completionOnly: never): never;
}

/** A procedure under its name. */
export interface Found<Name, P> {
  name: Name;
  procedure: P;
}

/** Why a path has no arguments. */
export interface UnknownPath<Sentence extends string> {
  "unknown path": Sentence;
}

// Routers below a node by prefix; modules are not opened for it.
type Index<Routes> = {
  [K in keyof Routes as Routes[K] extends { kind: unknown } ? never : PrefixOf<Routes[K], K>]: Routes[K];
};
// Through an alias: cached, where `keyof Index<R>` in place is walked again at each evaluation.
type IndexKeys<Routes> = keyof Index<Routes>;

// Routers with the prefix `""` are opened first: they have no address of their own to be found by.
type Lookup<Nodes extends Table, Keys, M extends Method, Path extends string> = "" extends Keys
  ? Or<InModule<Nodes[""], M, Path>, Nodes, Keys, M, Path, "">
  : Find<Nodes, Keys, M, Path, "">;
type Find<
  Nodes extends Table,
  Keys,
  M extends Method,
  Path extends string,
  Seen extends string,
> = Path extends `/${infer Head}/${infer Tail}`
  ? `${Seen}/${Head}` extends Keys
    ? Or<InModule<Nodes[`${Seen}/${Head}`], M, `/${Tail}`>, Nodes, Keys, M, `/${Tail}`, `${Seen}/${Head}`>
    : Find<Nodes, Keys, M, `/${Tail}`, `${Seen}/${Head}`>
  : Path extends `/${infer Head}`
    ? `${Seen}/${Head}` extends Keys
      ? InModule<Nodes[`${Seen}/${Head}`], M, "">
      : never
    : never;
type Or<F, Nodes extends Table, Keys, M extends Method, Path extends string, Seen extends string> = [
  F,
] extends [never]
  ? Find<Nodes, Keys, M, Path, Seen>
  : F;

type InModule<Entry, M extends Method, Template extends string> = Entry extends {
  "~routes": infer Routes;
  "~id": infer Id extends string;
}
  ? InRoutes<Routes, Id, M, Template>
  : InRoutes<Entry, "id", M, Template>;
type InRoutes<Routes, Id extends string, M extends Method, Template extends string> = Else<
  Named<Routes, Suggested<M, Template, Id> & keyof Routes, M, Template, Id>,
  Routes,
  M,
  Template
>;

// The names that the path itself suggests (by the table, else its own segments): only exports of these names are looked at.
type Suggested<M extends Method, Template extends string, Id extends string> = Template extends ""
  ? AtRoot[M]
  : Template extends `/{${Id}}`
    ? AtItem[M]
    : Segments<Template>;
type Segments<Template> = Template extends `/${infer Head}/${infer Rest}`
  ? Head | Segments<`/${Rest}`>
  : Template extends `/${infer Head}`
    ? Head
    : never;
type Named<
  Routes,
  Name,
  M extends Method,
  Template extends string,
  Id extends string,
> = Name extends keyof Routes
  ? AddressOf<Name, Routes[Name], Id> extends `${M} ${Template}`
    ? Found<Name, Routes[Name]>
    : never
  : never;

// Explicit routes of one module: one cached map per module, built only when the names did not answer.
type Explicit<Routes> = {
  [K in keyof Routes as Routes[K] extends { route: infer R extends string }
    ? R extends `${infer M} /`
      ? `${M} `
      : R
    : never]: Found<K, Routes[K]>;
};
type ExplicitKeys<Routes> = keyof Explicit<Routes>;
type ByRoute<Map extends Table, Keys, Address extends string> = Address extends Keys ? Map[Address] : never;
type Else<F, Routes, M extends Method, Template extends string> = [F] extends [never]
  ? Nested<ByRoute<Explicit<Routes>, ExplicitKeys<Routes>, `${M} ${Template}`>, Routes, M, Template>
  : F;
type Nested<F, Routes, M extends Method, Template extends string> = [F] extends [never]
  ? Lookup<Index<Routes>, IndexKeys<Routes>, M, Template>
  : F;

type ArgumentsFor<F, M, Path> = [F] extends [never]
  ? [error: UnknownPath<`${M & string} ${Path & string} is no route of this app`>]
  : F extends { procedure: { "~input": infer Input; "~places": infer Places extends AnyPlaces } }
    ? RestArguments<RestInputOf<Input, Places, Path, M>>
    : never;
type ResultFor<F> = F extends {
  name: infer Name;
  procedure: { kind: infer Kind; route: infer Route; "~output": infer Output; "~errors": infer Errors };
}
  ? Kind extends "stream"
    ? AsyncIterable<Output>
    : Promise<Success<Output, DefaultStatus<Route extends string ? "" : Name, Output>> | Failed<Errors>>
  : never;

type PathsWith<Routes, M extends Method, Before extends string> = {
  [K in keyof Routes]: PathsOfEntry<Routes[K], M, `${Before}${PrefixOf<Routes[K], K> & string}`>;
}[keyof Routes];
type PathsOfEntry<Entry, M extends Method, Prefix extends string> = PathsInModule<
  RoutesIn<Entry>,
  IdOf<Entry>,
  M,
  Prefix
>;
type PathsInModule<Routes, Id extends string, M extends Method, Prefix extends string> = {
  [K in keyof Routes]: Routes[K] extends AnyProcedure
    ? AddressOf<K, Routes[K], Id> extends `${M} ${infer Template}`
      ? `${Prefix}${Template}`
      : never
    : Routes[K] extends (...argument: never) => unknown
      ? never
      : PathsOfEntry<Routes[K], M, `${Prefix}${PrefixOf<Routes[K], K> & string}`>;
}[keyof Routes];
