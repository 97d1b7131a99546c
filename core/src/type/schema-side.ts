import type { z } from "zod";
import type { Mistake } from "./mistake.ts";

/**
 * The types that a schema has on each side of the wire.
 *
 * A slot is a raw shape (`{ id: z.int() }`) or a schema. Shapes are mapped by our own types, which is half
 * the cost of zod's `z.output`; anything else falls to zod (`bench/types`, decisions/0002).
 */

/** A raw shape. `any` is the top of the constraint: constraining by a schema type costs ten times as much. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Shape = Record<string, any>;

type OptionalOut = { _zod: { optout: "optional" } };
type OptionalIn = { _zod: { optin: "optional" | "defaulted" } };

// One distributive test over the UNION of the field schemas answers "is any field optional?"; the walk over
// the keys follows only where one is.
type HasOptionalOut<Field> = Field extends OptionalOut ? true : never;
type HasOptionalIn<Field> = Field extends OptionalIn ? true : never;
type KeysOptionalOut<S> = { [K in keyof S]: S[K] extends OptionalOut ? K : never }[keyof S];
type KeysOptionalIn<S> = { [K in keyof S]: S[K] extends OptionalIn ? K : never }[keyof S];
/** Lends its modifiers only. */
type Modifiers<S, Optional extends keyof S> = Pick<S, Exclude<keyof S, Optional>> &
  Partial<Pick<S, Optional>>;

/** What validating a shape gives: defaults filled, transforms applied. */
export type ObjectOut<S extends Shape> = [HasOptionalOut<S[keyof S]>] extends [never]
  ? { -readonly [K in keyof S]: S[K]["_zod"]["output"] } & {}
  : { -readonly [K in keyof Modifiers<S, KeysOptionalOut<S>>]: S[K & string]["_zod"]["output"] } & {};

// Where no field's input form differs from its output form (the common case) both are one and the same
// type: one mapping instead of two.
type Differs<Field> = Field extends { _zod: { optin: "optional" | "defaulted" } }
  ? Field extends OptionalOut
    ? InNotOut<Field>
    : true
  : InNotOut<Field>;
type InNotOut<Field> = Field extends { _zod: { input: infer I; output: infer O } }
  ? [I, O] extends [O, I]
    ? never
    : true
  : never;

/** What validating a shape accepts: the caller's side of an input. */
export type ObjectIn<S extends Shape> = [Differs<S[keyof S]>] extends [never]
  ? ObjectOut<S>
  : ObjectInApart<S>;
type ObjectInApart<S extends Shape> = [HasOptionalIn<S[keyof S]>] extends [never]
  ? { -readonly [K in keyof S]: S[K]["_zod"]["input"] } & {}
  : { -readonly [K in keyof Modifiers<S, KeysOptionalIn<S>>]: S[K & string]["_zod"]["input"] } & {};

/** The raw shape of an input slot. */
export type ShapeOf<Slot> = Slot extends { _zod: unknown }
  ? Slot extends z.ZodObject<infer Fields extends Shape, z.core.$ZodObjectConfig>
    ? Fields
    : Mistake<"input takes a raw shape or z.object(…)">
  : Slot;

/** What validating a slot gives. */
export type Out<Slot> = Slot extends { _zod: { output: unknown } }
  ? Slot extends z.ZodObject<infer S extends Shape, z.core.$strip>
    ? ObjectOut<S>
    : Slot["_zod"]["output"]
  : ObjectOut<Slot & {}>;

/** What validating a slot accepts. */
export type In<Slot> = Slot extends { _zod: { input: unknown } }
  ? Slot extends z.ZodObject<infer S extends Shape, z.core.$strip>
    ? ObjectIn<S>
    : Slot["_zod"]["input"]
  : ObjectIn<Slot & {}>;

/**
 * What a handler returns for an output slot: codecs by their server side (`Date`), defaults omitted.
 * Only slots whose two forms differ are walked; for all others it is what validating gives.
 */
export type Returnable<Slot> = Slot extends { _zod: { output: unknown } }
  ? Slot extends z.ZodObject<infer S extends Shape, z.core.$strip>
    ? ObjectReturnable<S>
    : [InNotOut<Slot>] extends [never]
      ? Slot["_zod"]["output"]
      : ServerSide<Slot>
  : ObjectReturnable<Slot & {}>;
type ObjectReturnable<S extends Shape> = [Differs<S[keyof S]>] extends [never]
  ? ObjectOut<S>
  : ServerObject<S>;
type ServerObject<S extends Shape> = {
  -readonly [K in keyof Modifiers<S, KeysOptionalIn<S>>]: ServerSide<S[K & string]>;
} & {};

/** What the client gets for an output slot: codecs by their wire side, defaults filled. */
export type Delivered<Slot> = Slot extends { _zod: { output: unknown } }
  ? Slot extends z.ZodObject<infer S extends Shape, z.core.$strip>
    ? ObjectDelivered<S>
    : [InNotOut<Slot>] extends [never]
      ? Slot["_zod"]["output"]
      : ClientSide<Slot>
  : ObjectDelivered<Slot & {}>;
/** The same for a shape. */
export type ObjectDelivered<S extends Shape> = [Differs<S[keyof S]>] extends [never]
  ? ObjectOut<S>
  : ClientObject<S>;
type ClientObject<S extends Shape> = {
  -readonly [K in keyof Modifiers<S, KeysOptionalOut<S>>]: ClientSide<S[K & string]>;
} & {};

type Def<Schema> = Schema extends { _zod: { def: infer D } } ? D : never;
type Output<Schema> = Schema extends { _zod: { output: infer O } } ? O : never;
type Wrapper = "readonly" | "nonoptional" | "lazy" | "promise";

type ServerSide<Schema> = [InNotOut<Schema>] extends [never]
  ? Output<Schema>
  : ServerOf<Def<Schema>, Output<Schema>>;
type ServerOf<D, Otherwise> = D extends { type: "pipe"; out: infer Inner }
  ? ServerSide<Inner>
  : D extends { type: "object"; shape: infer S extends Shape }
    ? ServerObject<S>
    : D extends { type: "array"; element: infer Inner }
      ? ServerSide<Inner>[]
      : D extends { type: "nullable"; innerType: infer Inner }
        ? ServerSide<Inner> | null
        : D extends { type: "optional" | "default" | "prefault"; innerType: infer Inner }
          ? ServerSide<Inner> | undefined
          : D extends { type: Wrapper; innerType: infer Inner }
            ? ServerSide<Inner>
            : D extends { type: "union"; options: readonly (infer Option)[] }
              ? Option extends unknown
                ? ServerSide<Option>
                : never
              : D extends { type: "record"; keyType: infer Key; valueType: infer Value }
                ? Record<Output<Key> & PropertyKey, ServerSide<Value>>
                : Otherwise;

type ClientSide<Schema> = [InNotOut<Schema>] extends [never]
  ? Output<Schema>
  : ClientOf<Def<Schema>, Output<Schema>>;
type ClientOf<D, Otherwise> = D extends { type: "pipe"; in: infer Inner }
  ? ClientSide<Inner>
  : D extends { type: "object"; shape: infer S extends Shape }
    ? ClientObject<S>
    : D extends { type: "array"; element: infer Inner }
      ? ClientSide<Inner>[]
      : D extends { type: "nullable"; innerType: infer Inner }
        ? ClientSide<Inner> | null
        : D extends { type: "optional"; innerType: infer Inner }
          ? ClientSide<Inner> | undefined
          : D extends { type: Wrapper | "default" | "prefault"; innerType: infer Inner }
            ? ClientSide<Inner>
            : D extends { type: "union"; options: readonly (infer Option)[] }
              ? Option extends unknown
                ? ClientSide<Option>
                : never
              : D extends { type: "record"; keyType: infer Key; valueType: infer Value }
                ? Record<Output<Key> & PropertyKey, ClientSide<Value>>
                : Otherwise;
