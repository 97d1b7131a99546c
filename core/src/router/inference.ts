import type { ProblemsIn } from "../error/declared.ts";
import type { Data } from "../procedure/call.ts";
import type { AnyProcedure } from "../procedure/procedure.ts";
import type { AddressOf, IdOf, PrefixOf, RoutesIn } from "./address.ts";

/** Anything that carries routers: an app, a router, a module namespace. */
type Source<T> = T extends { "~routes": infer Routes } ? Routes : T;

type Part<P, Key extends "~input" | "~output" | "~errors"> = P extends { [K in Key]: infer Value }
  ? Value
  : never;

/** The inputs of every procedure, as a tree: `InputsOf<App>["items"]["read"]` is `{ id: number }`. */
export type InputsOf<T> = Tree<Source<T>, "~input">;

/** What every procedure answers with, as a tree: `OutputsOf<App>["items"]["read"]` is the item. */
export type OutputsOf<T> = Tree<Source<T>, "~output">;

/** The declared problems of every procedure, as a tree of unions. */
export type ErrorsOf<T> = Tree<Source<T>, "~errors">;

// One homomorphic mapping, so that renaming a procedure renames it here; members are resolved when they are looked up.
type Tree<Routes, Key extends "~input" | "~output" | "~errors"> = {
  [Name in keyof Routes]: Routes[Name] extends AnyProcedure
    ? Key extends "~input"
      ? Part<Routes[Name], "~input">
      : Key extends "~output"
        ? Data<Part<Routes[Name], "~output">>
        : ProblemsIn<Part<Routes[Name], "~errors">>
    : Routes[Name] extends (...argument: never) => unknown
      ? never
      : Tree<RoutesIn<Routes[Name]>, Key>;
};

/** Every address of an app with its method: `"GET /items/{id}" | "POST /items"`. */
export type RoutesOf<T> = AddressesIn<Source<T>, "">;

type AddressesIn<Routes, Before extends string> = {
  [Key in keyof Routes]: AddressesOfEntry<Routes[Key], `${Before}${PrefixOf<Routes[Key], Key> & string}`>;
}[keyof Routes];
type AddressesOfEntry<Entry, Prefix extends string> = AddressesOfModule<RoutesIn<Entry>, IdOf<Entry>, Prefix>;
type AddressesOfModule<Routes, Id extends string, Prefix extends string> = {
  [Name in keyof Routes]: Routes[Name] extends AnyProcedure
    ? Prefixed<AddressOf<Name, Routes[Name], Id>, Prefix>
    : Routes[Name] extends (...argument: never) => unknown
      ? never
      : AddressesOfEntry<Routes[Name], `${Prefix}${PrefixOf<Routes[Name], Name> & string}`>;
}[keyof Routes];
type Prefixed<Address, Prefix extends string> = Address extends `${infer M} ${infer Template}`
  ? `${M} ${Prefix}${Template extends "/" ? "" : Template}`
  : never;
