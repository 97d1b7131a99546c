import type { AnyProcedure } from "../procedure/procedure.ts";
import type { Mistake } from "../type/mistake.ts";
import type { PathKeys } from "../type/path-template.ts";
import type { AddressOf, IdOf, PrefixOf, RoutesIn } from "./address.ts";
import type { ConventionalName, NAMING } from "./naming.ts";

/**
 * Opt-in check of a whole app, for the server's own project: `true`, or the sentences of what is wrong.
 *
 *     const checked: CheckApp<typeof app> = true;
 *
 * Reports procedures that share an address, routes that take values away from a parameter unseen, prefix parameters that an
 * input lacks, names finished with the wrong word, and procedures that stand where a router belongs. It resolves every
 * procedure, so it is never a constraint of `createApp`; the same mistakes are `DefinitionError`s at start in any case.
 */
export type CheckApp<App> = App extends { "~routes": infer Routes }
  ? Verdict<Loose<Routes> | MistakesAmong<ByAddress<EntriesIn<Routes, "", "">>>>
  : never;

type Verdict<Found> = [Found] extends [never] ? true : Found;

type Loose<Routes> = {
  [Key in keyof Routes]: Routes[Key] extends AnyProcedure
    ? Mistake<`'${Key & string}' is a procedure: entries of an app are routers; put it into a module with prefix ""`>
    : never;
}[keyof Routes];

/** What is compared: the address with nameless parameters, the procedure, and whether it leaves room for neighbours. */
interface Entry<Address, Id, Extra, Text> {
  address: Address;
  id: Id;
  /** The last segment of an address that only the naming convention chose; `never` otherwise. */
  extra: Extra;
  /** True where the last segment is a parameter that takes any text. */
  text: Text;
}

type EntriesIn<Routes, Before extends string, Path extends string> = {
  [Key in keyof Routes]: Routes[Key] extends AnyProcedure
    ? never
    : EntriesOfModule<
        RoutesIn<Routes[Key]>,
        IdOf<Routes[Key]>,
        `${Before}${PrefixOf<Routes[Key], Key> & string}`,
        `${Path}${Key & string}.`
      >;
}[keyof Routes];

type EntriesOfModule<Routes, Id extends string, Prefix extends string, Path extends string> = {
  [Name in keyof Routes]: Routes[Name] extends AnyProcedure
    ? EntryOf<Name, Routes[Name], Id, Prefix, `${Path}${Name & string}`>
    : Routes[Name] extends (...argument: never) => unknown
      ? never
      : EntriesIn<{ [K in Name]: Routes[Name] }, Prefix, Path>;
}[keyof Routes];

type EntryOf<Name, P extends AnyProcedure, Id extends string, Prefix extends string, Path> =
  AddressOf<Name, P, Id> extends `${infer Method} ${infer Template}`
    ?
        | Entry<
            `${Method} ${Nameless<Template extends "/" ? Prefix : `${Prefix}${Template}`>}`,
            Path,
            P["route"] extends string ? never : Name extends ConventionalName ? never : Name,
            Template extends `${string}{${infer Key}}` ? TakesText<P["~input"], Key> : false
          >
        | MissingKeys<Path, PathKeys<Prefix>, keyof P["~input"]>
        | WrongKind<Name, P, Path>
    : never;

type Nameless<Path extends string> = Path extends `${infer Head}{${infer Key}}${infer Rest}`
  ? `${Head}${Key extends `${string}*` ? "{*}" : "{}"}${Nameless<Rest>}`
  : Path;
type TakesText<Input, Key> = Key extends keyof Input ? (string extends Input[Key] ? true : false) : false;

type MissingKeys<Path, Wanted, Present> =
  Exclude<Wanted, Present> extends infer Missing
    ? [Missing] extends [never]
      ? never
      : Mistake<`'${Path & string}' is below a prefix that names '{${Missing & string}}', but its input has no key '${Missing & string}'`>
    : never;

type WrongKind<Name, P extends AnyProcedure, Path> = Name extends ConventionalName
  ? P["route"] extends string
    ? never
    : P["kind"] extends (typeof NAMING)[Name]["kind"]
      ? never
      : Mistake<`'${Path & string}' is finished with .${P["kind"] & string}, but the name '${Name}' stands for a ${(typeof NAMING)[Name]["kind"]}: rename it, or write .route("…")`>
  : never;

// One key for each address: what shares one meets there, whatever the size of the app.
type ByAddress<Found> =
  | (Found extends Mistake<string> ? Found : never)
  | { [E in Extract<Found, Entry<string, unknown, unknown, unknown>> as E["address"]]: E };

type MistakesAmong<Found> =
  Found extends Mistake<string>
    ? Found
    : {
        [Address in keyof Found]: Shared<Found[Address]> | Shadowing<Found[Address], Address, Found>;
      }[keyof Found];

type Shared<Entries> = [Entries] extends [Entry<infer Address, infer Id, unknown, unknown>]
  ? IsUnion<Id> extends true
    ? Mistake<`'${Id & string}' shares the address '${Address & string}' with another procedure: give one another route or prefix`>
    : never
  : never;
type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

type Shadowing<E, Address, Found> =
  E extends Entry<unknown, infer Id, infer Extra extends string, unknown>
    ? Address extends `${infer Head}/${Extra}`
      ? `${Head}/{}` extends keyof Found
        ? Found[`${Head}/{}`] extends { text: true; id: infer Rival }
          ? Mistake<`'${Id & string}' takes the value '${Extra}' away from '${Rival & string}': write .route("…") to say that this is meant`>
          : never
        : never
      : never
    : never;
