import { expectTypeOf } from "vitest";
import { z } from "zod";
import type { In, Out } from "../type/schema-side.ts";
import { patch } from "./patch.ts";

const Item = z.object({
  name: z.string(),
  tax: z.number().default(10.5),
  note: z.string().nullable(),
  at: z.date().nullish(),
  address: z.object({ city: z.string(), country: z.string().default("NL") }),
  tags: z.array(z.string()).default([]),
});
const Patch = patch(Item);

interface Expected {
  name?: string | undefined;
  tax?: number | undefined;
  note?: string | null | undefined;
  at?: Date | null | undefined;
  address?: { city?: string | undefined; country?: string | undefined } | undefined;
  tags?: string[] | undefined;
}
expectTypeOf<Out<typeof Patch>>().branded.toEqualTypeOf<Expected>();
expectTypeOf<In<typeof Patch>>().branded.toEqualTypeOf<Expected>();
expectTypeOf(Patch.shape.tax.parse(1)).toEqualTypeOf<number | undefined>();
// @ts-expect-error patch takes an object
patch(z.string());
