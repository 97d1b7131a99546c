import type { AnyProcedure } from "../procedure/procedure.ts";
import type { Mistake } from "../type/mistake.ts";
import type { PathKeys } from "../type/path-template.ts";
import type { AddressOf, IdOf, PrefixOf, RoutesIn } from "./address.ts";

/**
 * Opt-in check of a whole app, for the server's own project: `true`, or the sentences of what is wrong.
 *
 *     const checked: CheckApp<typeof app> = true;
 *
 * Reports two procedures at one address of a module, and prefix parameters that an input lacks. It resolves every procedure,
 * so it is never a constraint of `createApp`; the same mistakes are `DefinitionError`s at start in any case.
 */
export type CheckApp<App> = App extends { "~routes": infer Routes } ? Verdict<MistakesIn<Routes, "">> : never;

type Verdict<Found> = [Found] extends [never] ? true : Found;

type MistakesIn<Routes, Before extends string> = {
  [Key in keyof Routes]: MistakesOfEntry<Routes[Key], `${Before}${PrefixOf<Routes[Key], Key> & string}`>;
}[keyof Routes];

type MistakesOfEntry<Entry, Prefix extends string> = MistakesOfModule<RoutesIn<Entry>, IdOf<Entry>, Prefix>;

type MistakesOfModule<Routes, Id extends string, Prefix extends string> = {
  [Name in keyof Routes]: Routes[Name] extends AnyProcedure
    ? MissingKeys<Name, PathKeys<Prefix>, keyof Routes[Name]["~input"]> | Twins<Routes, Name, Id>
    : Routes[Name] extends (...argument: never) => unknown
      ? never
      : MistakesOfEntry<Routes[Name], `${Prefix}${PrefixOf<Routes[Name], Name> & string}`>;
}[keyof Routes];

type MissingKeys<Name, Wanted, Present> =
  Exclude<Wanted, Present> extends infer Missing
    ? [Missing] extends [never]
      ? never
      : Mistake<`'${Name & string}' is below a prefix that names '{${Missing & string}}', but its input has no key '${Missing & string}'`>
    : never;

type Twins<Routes, Name extends keyof Routes, Id extends string> = {
  [Other in Exclude<keyof Routes, Name>]: Routes[Other] extends AnyProcedure
    ? AddressOf<Other, Routes[Other], Id> extends AddressOf<Name, Routes[Name], Id>
      ? Mistake<`'${Name & string}' and '${Other & string}' are both at '${AddressOf<Name, Routes[Name], Id>}' of their router`>
      : never
    : never;
}[Exclude<keyof Routes, Name>];
