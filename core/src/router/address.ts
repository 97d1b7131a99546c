import type { AnyProcedure } from "../procedure/procedure.ts";
import type { ConventionalName, NAMING } from "./naming.ts";

/**
 * The address of one export below its router's prefix: `GET `, `GET /{id}`, `POST /archive`.
 * `""` where there is none: not `never`, which extends everything and would make a namespace an operation.
 */
export type AddressOf<Name, P, Id extends string> = P extends AnyProcedure
  ? P["route"] extends string
    ? P["route"]
    : Name extends keyof MethodOf
      ? Name extends "list" | "create"
        ? `${MethodOf[Name]} `
        : Id extends keyof P["~input"]
          ? `${MethodOf[Name]} /{${Id}}`
          : `${MethodOf[Name]} `
      : `${P["kind"] extends "mutation" ? "POST" : "GET"} /${Name & string}`
  : "";

// Evaluated once: looking into the table at each address costs several instantiations each.
type MethodOf = { [Name in ConventionalName]: (typeof NAMING)[Name]["method"] };

/** The prefix of a router's entry: its own, or its key. */
export type PrefixOf<Entry, Key> = Entry extends { "~prefix": infer Prefix extends string }
  ? Prefix
  : `/${Key & string}`;

/** The procedures and routers inside an entry. */
export type RoutesIn<Entry> = Entry extends { "~routes": infer Routes } ? Routes : Entry;

/** The id key of an entry. */
export type IdOf<Entry> = Entry extends { "~id": infer Id extends string } ? Id : "id";
