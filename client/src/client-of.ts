import type { Mistake } from "@tenon/core";

/** What to look for when a router's type has been lost. */
export type AnyAlarm =
  Mistake<"this router's type has become `any`: look for a failed import, a missing 'strict', or a type error in the server">;

/** The RPC-style client of routers: the same tree, each procedure a call. */
export type ClientOf<Routes> = { readonly [Name in keyof Routes]: MemberOf<Routes[Name], Name> };

type MemberOf<Entry, Name> = Entry extends { "~call": infer Call }
  ? unknown extends Call
    ? AnyAlarm
    : Call
  : Entry extends { "~routes": infer Routes }
    ? ClientOf<Routes>
    : Entry extends NoRouter
      ? Mistake<`the export '${Name & string}' is not a procedure: move it out of the router module`>
      : ClientOf<Entry>;

type NoRouter =
  // oxlint-disable-next-line typescript/no-explicit-any -- the top of all functions
  | ((...argument: any) => unknown)
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | { _zod: unknown };
