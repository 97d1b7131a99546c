import type {
  AddressOf,
  AnyPlaces,
  AnyProcedure,
  DefaultStatus,
  Flat,
  IdOf,
  Method,
  PrefixOf,
  ProblemsIn,
  Procedure,
  Redirected,
  Replies,
  RoutesIn,
} from "@tenon/core";
import type { Form, Styled } from "./styled.ts";
import type { RestInputOf } from "./rest-input.ts";

/**
 * An app as a `paths` type of openapi-typescript's layout, which openapi-fetch and its kin accept unchanged:
 * `createFetchClient<PathsOf<App>>({ baseUrl })`. Values are as JSON carries them: a `Date` is a string there.
 * It resolves every procedure, so it costs more than the typed client.
 */
export type PathsOf<App> = App extends { "~routes": infer Routes } ? Grouped<EntriesIn<Routes, "">> : never;

interface Entry<M, Path, Operation> {
  method: M;
  path: Path;
  operation: Operation;
}

type Grouped<Entries> = {
  [E in Entries as E extends Entry<unknown, infer Path extends string, unknown>
    ? Path
    : never]: E extends Entry<unknown, infer Path, unknown>
    ? Flat<NoParameters & ItemOf<Extract<Entries, Entry<unknown, Path, unknown>>>>
    : never;
};
interface NoParameters {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
}
type ItemOf<Entries> = {
  [E in Entries as E extends Entry<infer M extends string, unknown, unknown>
    ? Lowercase<M>
    : never]: E extends Entry<unknown, unknown, infer Operation> ? Operation : never;
};

type EntriesIn<Routes, Before extends string> = {
  [Key in keyof Routes]: EntriesOf<Routes[Key], `${Before}${PrefixOf<Routes[Key], Key> & string}`>;
}[keyof Routes];
type EntriesOf<Node, Prefix extends string> = EntriesOfModule<RoutesIn<Node>, IdOf<Node>, Prefix>;
type EntriesOfModule<Routes, Id extends string, Prefix extends string> = {
  [Name in keyof Routes]: Routes[Name] extends AnyProcedure
    ? EntryAt<Name, Routes[Name], AddressOf<Name, Routes[Name], Id>, Prefix>
    : Routes[Name] extends (...argument: never) => unknown
      ? never
      : EntriesOf<Routes[Name], `${Prefix}${PrefixOf<Routes[Name], Name> & string}`>;
}[keyof Routes];
type EntryAt<
  Name,
  P,
  Address,
  Prefix extends string,
> = Address extends `${infer M extends Method} ${infer Template}`
  ? Entry<M, Joined<Prefix, Template>, OperationOf<Name, P, M, Joined<Prefix, Template>>>
  : never;
type Joined<Prefix extends string, Template extends string> = Template extends "/"
  ? Prefix
  : `${Prefix}${Template}`;

type OperationOf<Name, P, M, Path> =
  P extends Procedure<
    unknown,
    infer Route,
    infer Input,
    infer Places extends AnyPlaces,
    infer Output,
    infer Errors
  >
    ? Described<
        RestInputOf<Input, Places, Path, M>,
        Output,
        ProblemsIn<Errors>,
        DefaultStatus<Route extends string ? "" : Name, Output>
      >
    : never;

type Described<Rest, Output, Problems, Status extends number> = {
  parameters: Flat<
    SectionOf<Rest, "path", "path"> &
      SectionOf<Rest, "query", "query"> &
      SectionOf<Rest, "headers", "header"> &
      SectionOf<Rest, "cookies", "cookie">
  >;
  responses: Flat<SuccessOf<Output, Status> & FailuresOf<Problems>>;
} & BodyOf<Rest>;

// Required where one of its keys is.
type SectionOf<Rest, From extends string, To extends string> = Rest extends { [N in From]: infer Section }
  ? { [N in To]: OnWire<Section> }
  : Rest extends { [N in From]?: infer Section }
    ? unknown extends Section
      ? { [N in To]?: never }
      : { [N in To]?: OnWire<NonNullable<Section>> }
    : { [N in To]?: never };
type BodyOf<Rest> = Rest extends { body: Form<infer Fields> }
  ? { requestBody: { content: { "application/x-www-form-urlencoded": OnWire<Fields> } } }
  : Rest extends { body: infer Body }
    ? [Extract<Body, Form<unknown>>] extends [never]
      ? { requestBody: { content: { "application/json": OnWire<Body> } } }
      : { requestBody: { content: { "multipart/form-data": OnWire<Exclude<Body, Form<unknown>>> } } }
    : Rest extends { body?: infer Body }
      ? unknown extends Body
        ? { requestBody?: never }
        : { requestBody?: { content: { "application/json": OnWire<Body> } } }
      : { requestBody?: never };

interface Headers_ {
  [name: string]: unknown;
}
type SuccessOf<Output, Status extends number> =
  Output extends Replies<infer Map>
    ? { [S in keyof Map]: ContentOf<Map[S]> }
    : { [S in Status]: ContentOf<Output> };
type ContentOf<Value> = [Value] extends [undefined]
  ? { headers: Headers_; content?: never }
  : [Value] extends [void]
    ? { headers: Headers_; content?: never }
    : [Value] extends [Redirected<number>]
      ? { headers: Headers_; content?: never }
      : [Value] extends [Blob | Response]
        ? { headers: Headers_; content: { "*/*": Blob } }
        : { headers: Headers_; content: { "application/json": OnWire<Value> } };
type FailuresOf<Problems> = {
  [P in Problems as P extends { status: infer S extends number } ? S : never]: {
    headers: Headers_;
    content: { "application/problem+json": OnWire<P> };
  };
};

/** A value as plain JSON carries it. */
export type OnWire<Value> =
  Value extends Styled<unknown, infer Unstyled> ? OnWire<Unstyled> : OnWirePlain<Value>;
type OnWirePlain<Value> = Value extends Date | bigint | URL | Uint8Array
  ? string
  : Value extends ReadonlySet<infer Item>
    ? OnWire<Item>[]
    : Value extends ReadonlyMap<infer Key, infer Item>
      ? [OnWire<Key>, OnWire<Item>][]
      : Value extends Blob
        ? Blob
        : Value extends object
          ? { [Key in keyof Value]: OnWire<Value[Key]> }
          : Value;
