import type { Method } from "../procedure/procedure.ts";

/**
 * The naming table: which method, address and status a procedure's name stands for. Types and run time read this constant.
 *
 * `at`: where the name sits. `root` is the router's own path, `item` is `/{id}` below it where the input has the id key.
 */
export const NAMING = {
  list: { method: "GET", at: "root", kind: "query", status: 200 },
  create: { method: "POST", at: "root", kind: "mutation", status: 201 },
  read: { method: "GET", at: "item", kind: "query", status: 200 },
  update: { method: "PATCH", at: "item", kind: "mutation", status: 200 },
  replace: { method: "PUT", at: "item", kind: "mutation", status: 200 },
  remove: { method: "DELETE", at: "item", kind: "mutation", status: 200 },
} as const;

/** A name of the table. */
export type ConventionalName = keyof typeof NAMING;

/** The names that `METHOD` at the router's own path can stand for. */
export type AtRoot = {
  [M in Method]: {
    [N in ConventionalName]: (typeof NAMING)[N]["method"] extends M ? N : never;
  }[ConventionalName];
};

/** The names that `METHOD /{id}` can stand for. */
export type AtItem = {
  [M in Method]: {
    [N in ConventionalName]: (typeof NAMING)[N] extends { method: M; at: "item" } ? N : never;
  }[ConventionalName];
};

/** The success status of a name: `create` 201, a `remove` without output 204, all others 200. */
export type DefaultStatus<Name, Output> = Name extends "create" ? 201 : Output extends void ? 204 : 200;

/** Names that routers and procedures cannot have: the client's own, or what a proxy must answer `undefined` to. */
export const RESERVED_NAMES = [
  "then",
  "catch",
  "finally",
  "safe",
  "raw",
  "stream",
  "connect",
  "call",
  "apply",
  "bind",
  "constructor",
  "prototype",
  "toJSON",
  "__proto__",
  "rpc",
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "TRACE",
] as const;

/** A name that routers and procedures cannot have. */
export type ReservedName = (typeof RESERVED_NAMES)[number];
