import { describe, expect, it } from "vitest";
import { z } from "zod";
import { z as mini } from "zod/mini";
import { decodeNode } from "../wire/decode.ts";
import type { SchemaResult } from "./issue.ts";
import { patch } from "./patch.ts";
import { readSchema } from "./read-schema.ts";

const Address = z
  .object({ city: z.string().min(2), country: z.string().default("NL") })
  .meta({ id: "PatchedAddress" });
const Item = z
  .strictObject({
    name: z.string().min(1),
    tax: z.number().default(10.5),
    note: z.string().nullable().default("none"),
    seen: z
      .date()
      .prefault("2026-01-01T00:00:00Z" as never)
      .optional(),
    address: Address.default({ city: "Ede", country: "NL" }),
    lists: z.array(Address).default([]),
    frozen: z.array(z.string()).readonly(),
  })
  .refine(({ name }) => name !== "", "never")
  .meta({ id: "PatchedItem", description: "An item.", examples: [{ name: "x" }] });

function decode(schema: unknown, json: unknown): unknown {
  const result = decodeNode(readSchema(schema), json) as SchemaResult;
  return result.ok ? result.value : result.issues.map(({ path, code }) => `${path.join(".")} ${code}`);
}

const Tree = z.object({
  leaf: z.string().default("x"),
  get parent() {
    return Tree.nullish();
  },
});

describe("patch", () => {
  const Patch = patch(Item);

  it("puts nothing in the place of what was not sent, at any depth", () => {
    expect(decode(Patch, {})).toStrictEqual({});
    expect(decode(Patch, { address: {} })).toStrictEqual({ address: {} });
    expect(decode(Patch, { address: { city: "Ede" } })).toStrictEqual({ address: { city: "Ede" } });
    const tree = { parent: { parent: { leaf: "y", parent: null } } };
    expect(decode(patch(Tree), tree)).toStrictEqual(tree);
  });

  it("keeps null where the schema has it, and only there", () => {
    expect(decode(Patch, { note: null })).toStrictEqual({ note: null });
    expect(decode(Patch, { name: null, address: null })).toEqual(["name type", "address type"]);
  });

  it("takes lists as values, their defaults included, and keeps the rules of each key", () => {
    expect(decode(Patch, { lists: [{ city: "Ede" }] })).toStrictEqual({
      lists: [{ city: "Ede", country: "NL" }],
    });
    expect(decode(Patch, { name: "", address: { city: "E" }, other: 1 })).toEqual([
      "name too_small",
      "address.city too_small",
      "other unknown_key",
    ]);
  });

  it("has the name of its object with Patch behind it, and stays one schema", () => {
    expect(Patch.meta()).toEqual({ id: "PatchedItemPatch", description: "An item." });
    expect(patch(Item)).toBe(Patch);
    expect(Patch.shape.address.unwrap().meta()).toEqual({ id: "PatchedAddressPatch" });
  });

  it("takes objects of zod/mini", () => {
    const schema = mini.object({ a: mini._default(mini.string(), "x"), b: mini.int() });
    expect(decode(patch(schema as never), { b: 1 })).toStrictEqual({ b: 1 });
  });

  it("refuses what it could not keep its word for", () => {
    expect(() => patch(z.string() as never)).toThrow("TENON1002");
    const hidden = z.object({ a: z.union([z.string().default("x"), z.int()]) });
    expect(() => decode(patch(hidden), {})).toThrow("cannot leave out the default of 'a'");
  });
});
