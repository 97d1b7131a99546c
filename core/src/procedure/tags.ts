import type { Shape } from "../type/schema-side.ts";

type HasTag<Field> = Field extends { "~place": unknown } ? true : never;

/**
 * The tags of a shape as a union of words: `'token@header:x-token' | 'filter@query*'`; `never` where there are none.
 * Unions join for nothing, and nobody opens them before a call asks.
 */
export type TagsOf<S extends Shape> = [HasTag<S[keyof S]>] extends [never]
  ? never
  : {
      [K in keyof S]: S[K] extends { "~place": infer Place extends string }
        ? `${K & string}@${Place}`
        : never;
    }[keyof S];

/** The keys that have the given place. */
export type TagAt<Tags, Place extends string> = Tags extends `${infer Key}@${Place}` ? Key : never;

/** The keys that have any tag. */
export type TaggedKeys<Tags> = Tags extends `${infer Key}@${string}` ? Key : never;
