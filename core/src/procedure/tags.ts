import type { Flat, ToIntersection } from "../type/flat.ts";
import type { ObjectIn, Shape } from "../type/schema-side.ts";

type HasTag<Field> = Field extends { "~place": unknown } ? true : never;

/**
 * The tags of a shape as a union of words: `'filter@query*' | 'item@body'`; `never` where there are none.
 * Unions join for nothing, and nobody opens them before a call asks. Keys in headers and cookies all say `@outside`.
 */
export type TagsOf<S extends Shape> = [HasTag<S[keyof S]>] extends [never]
  ? never
  : { [K in keyof S]: WordOf<K, S[K]> }[keyof S];
type WordOf<Key, Field> = Field extends { "~place": infer Place extends string }
  ? Place extends `${"header" | "cookie"}${string}`
    ? "@outside"
    : `${Key & string}@${Place}`
  : never;

/** The tags of a procedure's keys, and what it reads from headers and cookies. */
export interface Places<Tags, Outside> {
  readonly "~tags": Tags;
  readonly "~outside": Outside;
}

/** Nothing is read from headers and cookies: any header may be added. */
export interface NothingOutside {
  headers?: Record<string, string>;
}

/** The top of the constraint. */
export type AnyPlaces = Places<unknown, unknown>;

/**
 * What a shape reads from real headers and cookies, as the options of a call name it: `{ headers: { "x-token": string } }`.
 * Made once, where it is declared; `never` where there is none. Never part of a call's input.
 */
export type OutsideOf<S extends Shape> =
  "@outside" extends TagsOf<S>
    ? Flat<
        Section<"headers", PartAt<S, OutsideKeys<S>, "header">> &
          Section<"cookies", PartAt<S, OutsideKeys<S>, "cookie">>
      >
    : never;

/** A shape's input as a call's argument has it: without what travels in headers and cookies. */
export type InsideIn<S extends Shape> =
  "@outside" extends TagsOf<S> ? ObjectIn<Omit<S, OutsideKeys<S>>> : ObjectIn<S>;

type OutsideKeys<S extends Shape> = {
  [K in keyof S]: S[K] extends { "~place": `${"header" | "cookie"}${string}` } ? K : never;
}[keyof S];
type Section<Name extends string, Values> = [keyof Values] extends [never]
  ? {}
  : {} extends Values
    ? { [N in Name]?: Flat<Values> }
    : { [N in Name]: Flat<Values> };
type PartAt<S extends Shape, Keys extends keyof S, Place extends string> = ObjectIn<{
  [K in Keys as S[K] extends { "~place": infer P } ? NameIn<P, K, Place> : never]: S[K];
}> &
  ToIntersection<ModelIn<S[Keys], Place>>;
type NameIn<P, Key, Place extends string> = P extends Place
  ? Key
  : P extends `${Place}:${infer Name}`
    ? Name
    : never;
type ModelIn<Field, Place extends string> = Field extends { "~place": `${Place}*`; _zod: { input: infer I } }
  ? Place extends "header"
    ? { [K in keyof I as HeaderName<K>]: I[K] }
    : I
  : {};
// `saveData` and `save_data` are read from `save-data`.
type HeaderName<Key> = Key extends string
  ? Key extends `${string}-${string}`
    ? Lowercase<Key>
    : Hyphened<Uncapitalize<Key>>
  : never;
type Hyphened<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends "_"
    ? `-${Hyphened<Uncapitalize<Rest>>}`
    : `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Hyphened<Rest>}`
  : "";

/** The keys that have the given place. */
export type TagAt<Tags, Place extends string> = Tags extends `${infer Key}@${Place}` ? Key : never;

/** The keys that have any tag. */
export type TaggedKeys<Tags> = Tags extends `${infer Key}@${string}` ? Key : never;
