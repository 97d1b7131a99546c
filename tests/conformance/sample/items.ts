import { body, query, procedure } from "@tenon/core";
import { z } from "zod";
import { basic, headerKey, quota, tenant, user, visitor } from "../sample-dependencies.ts";
import { Size, Item, NewItem, item, NOT_FOUND } from "./item.schema.ts";

/** The naming table, with credentials of every kind. */
export const items = {
  list: procedure
    .use({ visitor })
    .input({
      q: z.string().optional(),
      limit: z.int().min(1).max(100).default(20),
      ratio: z.number().gt(0).lt(1).default(0.5),
      isNew: z.boolean().optional(),
      since: z.date().optional(),
      above: z.bigint().optional(),
      size: Size.optional(),
      tag: z.array(z.string().min(2)).default([]),
      ids: query(z.array(z.int()).optional(), { explode: false }),
      spaced: query(z.array(z.int()).optional(), { style: "spaceDelimited" }),
      piped: query(z.set(z.enum(["a", "b"])).optional(), { style: "pipeDelimited" }),
      box: z.strictObject({ width: z.int(), unit: z.enum(["cm", "in"]).optional() }).optional(),
      where: query.json(z.object({ any: z.array(z.object({ name: z.string().nullable() })) }).optional()),
      owner: z.string().nullable().default(null),
      sort: query(z.string().min(3).default("name"), { name: "sort-by" }),
    })
    .responseHeaders({ "x-total": z.int() })
    .output(z.array(Item))
    .query(({ ctx }) => {
      ctx.response.headers.set("x-total", 1);
      return [item];
    }),
  create: procedure
    .use({ user })
    .input(NewItem)
    .output(Item)
    .errors({
      NAME_TAKEN: { status: 409, data: { name: z.string() }, description: "Another item has this name." },
      CLOSED: { status: 409, headers: { "retry-after": "Seconds until the shop opens." } },
    })
    .mutation(({ input, errors }) => {
      if (input.name === "closed") {
        return errors.CLOSED({ headers: { "retry-after": "60" } });
      }
      return input.name === "taken" ? errors.NAME_TAKEN({ name: input.name }) : { ...item, ...input };
    }),
  read: procedure
    .use({ visitor })
    .input({ id: z.int().min(0) })
    .output(Item)
    .errors(NOT_FOUND)
    .query(({ input, errors }) => (input.id === 404 ? errors.NOT_FOUND({ id: input.id }) : item)),
  replace: procedure
    .use({ user, key: headerKey })
    .input({ id: z.int(), item: body(NewItem) })
    .output(Item)
    .errors(NOT_FOUND)
    .mutation(({ input, errors }) => {
      if (input.id === 404) {
        throw errors.NOT_FOUND({ id: input.id });
      }
      return { ...input.item, id: input.id };
    }),
  update: procedure
    .use({ tenant })
    .guard(quota)
    .input({ id: z.int(), name: z.string().min(1).nullish(), price: z.number().optional() })
    .output(Item)
    .mutation(({ input }) => ({ ...item, id: input.id })),
  remove: procedure
    .use({ user: basic })
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {}),
};
