import { describe, expect, it } from "vitest";
import { z } from "zod";
import { encodeNode } from "../wire/encode.ts";
import { leanNode, type Omission } from "./lean-node.ts";
import { readSchema } from "./read-schema.ts";

function sent(schema: unknown, value: unknown, omit: Omission | undefined, isTrusted = false): unknown {
  const result = encodeNode(leanNode(readSchema(schema), { omit, isTrusted }), value);
  if (result instanceof Promise) {
    throw new Error("asynchronous");
  }
  return result.ok ? result.value : result.issues;
}

const Item = z.object({
  name: z.string(),
  tax: z.number().default(10.5),
  tags: z.array(z.string()).default([]),
  note: z.string().nullable(),
  more: z.string().nullish(),
  at: z.date().nullable().default(null),
  since: z.date().default(new Date(0)),
});
const item = { name: "Foo", note: null };

describe("what an output leaves out", () => {
  it("is nothing by default: defaults are filled in", () => {
    expect(sent(Item, item, undefined)).toEqual({
      name: "Foo",
      tax: 10.5,
      tags: [],
      note: null,
      at: null,
      since: "1970-01-01T00:00:00.000Z",
    });
  });

  it("can be what the handler left out, but not a default that it said", () => {
    expect(sent(Item, item, "undefined")).toEqual({ name: "Foo", note: null });
    expect(sent(Item, { ...item, tax: 10.5, tags: undefined }, "undefined")).toEqual({
      name: "Foo",
      tax: 10.5,
      note: null,
    });
  });

  it("can be what equals its default, down to its parts", () => {
    const said = { ...item, tax: 10.5, tags: [], since: new Date(0), at: null };
    expect(sent(Item, said, "defaults")).toEqual({ name: "Foo", note: null });
    expect(sent(Item, { ...item, tax: 10, tags: ["a"], since: new Date(1) }, "defaults")).toEqual({
      name: "Foo",
      note: null,
      tax: 10,
      tags: ["a"],
      since: "1970-01-01T00:00:00.001Z",
    });
  });

  it("can be what is null, by a default too", () => {
    expect(sent(Item, { ...item, more: null }, "null")).toEqual({
      name: "Foo",
      tax: 10.5,
      tags: [],
      since: "1970-01-01T00:00:00.000Z",
    });
    expect(sent(Item, { ...item, note: "n", more: "m", at: new Date(0) }, "null")).toMatchObject({
      note: "n",
      more: "m",
      at: "1970-01-01T00:00:00.000Z",
    });
  });

  it("is left out at every depth, and nowhere but in objects", () => {
    const Tree = z.object({
      value: z.int().nullable(),
      get children() {
        return z.array(Tree).default([]);
      },
      lookup: z.record(z.string(), z.object({ x: z.int().nullable() })).optional(),
      either: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("a"), a: z.string().nullable() }),
        z.object({ kind: z.literal("b"), b: z.string().nullable() }),
      ]),
      list: z.array(z.int().nullable()),
    });
    const leaf = { value: null, either: { kind: "a" as const, a: null }, list: [null, 1] };
    const tree = { ...leaf, children: [leaf], lookup: { k: { x: null } } };
    expect(sent(Tree, tree, "null")).toEqual({
      children: [{ children: [], either: { kind: "a" }, list: [null, 1] }],
      lookup: { k: {} },
      either: { kind: "a" },
      list: [null, 1],
    });
    expect(sent(Tree, leaf, "defaults")).not.toHaveProperty("children");
  });

  it("is still checked and stripped, and keys with a rule of their own about null keep it", () => {
    expect(sent(Item, { ...item, note: 7 }, "null")).toMatchObject([{ path: ["note"] }]);
    expect(sent(Item, { ...item, tax: "x" }, "defaults")).toMatchObject([{ path: ["tax"] }]);
    expect(sent(Item, { ...item, secret: 1 }, "undefined")).not.toHaveProperty("secret");
    const Ruled = z.object({
      a: z
        .string()
        .nullable()
        .refine(() => true),
    });
    expect(sent(Ruled, { a: null }, "null")).toEqual({ a: null });
  });

  it("knows the same of values whose JSON says nothing", () => {
    const Rich = z.object({
      set: z.set(z.string()).default(new Set(["a"])),
      map: z.map(z.string(), z.bigint()).default(new Map([["k", 1n]])),
    });
    const same = { set: new Set(["a"]), map: new Map([["k", 1n]]) };
    expect(sent(Rich, same, "defaults")).toEqual({});
    expect(sent(Rich, { set: new Set(["b"]), map: new Map([["k", 2n]]) }, "defaults")).toEqual({
      set: ["b"],
      map: [["k", "2"]],
    });
  });
});

describe("an output that is trusted", () => {
  it("is stripped and encoded, and its rules are not asked", () => {
    const Account = z.object({ mail: z.email().refine(() => false), at: z.date().min(new Date(5)) });
    const value = { mail: "no mail", at: new Date(0), password: "secret" };
    expect(sent(Account, value, undefined)).toHaveLength(3);
    expect(sent(Account, value, undefined, true)).toEqual({
      mail: "no mail",
      at: "1970-01-01T00:00:00.000Z",
    });
  });

  it("still has the types that it says", () => {
    expect(sent(z.object({ id: z.int() }), { id: "x" }, undefined, true)).toMatchObject([{ path: ["id"] }]);
  });
});
