import type { AnyProcedure } from "../procedure/procedure.ts";
import type { ConventionalName, NAMING } from "./naming.ts";

/**
 * The address of one export below its router's prefix: `GET `, `GET /{id}`, `POST /archive`.
 * `""` where there is none: not `never`, which extends everything and would make a namespace an operation.
 */
export type AddressOf<Name, P, Id extends string> = P extends AnyProcedure
  ? P["route"] extends string
    ? P["route"] extends `${infer M} /`
      ? `${M} `
      : P["route"]
    : Name extends ConventionalName
      ? (typeof NAMING)[Name]["at"] extends "root"
        ? `${(typeof NAMING)[Name]["method"]} `
        : Id extends keyof P["~input"]
          ? `${(typeof NAMING)[Name]["method"]} /{${Id}}`
          : `${(typeof NAMING)[Name]["method"]} `
      : `${P["kind"] extends "mutation" ? "POST" : "GET"} /${Name & string}`
  : "";

/** The prefix of a router's entry: its own, or its key. */
export type PrefixOf<Entry, Key> = Entry extends { "~prefix": infer Prefix extends string }
  ? Prefix
  : `/${Key & string}`;

/** The procedures and routers inside an entry. */
export type RoutesIn<Entry> = Entry extends { "~routes": infer Routes } ? Routes : Entry;

/** The id key of an entry. */
export type IdOf<Entry> = Entry extends { "~id": infer Id extends string } ? Id : "id";
