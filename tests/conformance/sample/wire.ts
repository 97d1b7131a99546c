import { body, procedure } from "@tenon/core";
import { z } from "zod";

const centimetres = z.codec(z.string().regex(/^\d+cm$/), z.number(), {
  decode: (text) => Number(text.slice(0, -2)),
  encode: (number) => `${number}cm`,
});
const Leaf = z.object({ kind: z.literal("leaf"), at: z.date() }).meta({ id: "Leaf" });
const Branch = z
  .object({
    kind: z.literal("branch"),
    get parts() {
      return z.array(z.discriminatedUnion("kind", [Leaf, Branch]));
    },
  })
  .meta({ id: "Branch" });
const Rich = z
  .object({
    at: z.date(),
    count: z.bigint(),
    unique: z.set(z.string()),
    lookup: z.map(z.string(), z.date()),
    home: z.instanceof(URL),
    bytes: z.instanceof(Uint8Array),
    length: centimetres,
    scores: z.record(z.string(), z.number()),
    pair: z.tuple([z.string(), z.int()]),
    either: z.union([z.string(), z.int(), z.null()]),
    both: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    open: z.looseObject({ a: z.string() }),
    branch: Branch,
    email: z.email(),
    uuid: z.uuid(),
    day: z.iso.date(),
  })
  .meta({ id: "Rich" });

/** Values that JSON does not have. */
export const wire = {
  echo: procedure
    .route("POST /wire")
    .input({ value: body(Rich) })
    .output(Rich)
    .mutation(({ input }) => input.value),
  fields: procedure
    .route("POST /wire/fields")
    .input(Rich.shape)
    .output({ value: Rich, nested: z.array(z.object({ at: z.date().nullable() })) })
    .mutation(({ input }) => ({ value: input, nested: [{ at: new Date(0) }, { at: null }] })),
  late: procedure
    .route("GET /wire/late")
    .input({ by: z.int().default(0) })
    .output(z.date())
    .errors({ LATE: { status: 409, data: { since: z.date(), ids: z.set(z.int()) } } })
    .query(({ input, errors }) =>
      input.by > 10 ? errors.LATE({ since: new Date(0), ids: new Set([1]) }) : new Date(0),
    ),
};
