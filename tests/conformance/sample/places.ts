import { body, cookie, header, patch, query, procedure } from "@tenon/core";
import { z } from "zod";
import { cookieKey, queryKey } from "../sample-dependencies.ts";
import { Item } from "./item.schema.ts";

/** Every place that a key is read from. */
export const places = {
  everywhere: procedure
    .route("PUT /everywhere/{word}")
    .use({ key: cookieKey })
    .input({
      word: z.string().min(2),
      page: query(z.int().min(0)),
      agent: header("x-agent", z.string().min(3)),
      weights: header("x-weights", z.array(z.int())),
      seen: cookie("seen", z.array(z.int()).optional()),
      device: header(z.object({ saveData: z.boolean().optional() })),
      attempt: header("x-attempt", z.int().max(9).optional()),
      theme: cookie("theme", z.enum(["dark", "light"])),
      filter: query(z.object({ minimum: z.number().optional(), kind: z.string() })),
      text: z.string().max(5),
    })
    .output({ word: z.string(), page: z.int(), kind: z.string(), text: z.string() })
    .mutation(({ input: { word, page, filter, text } }) => ({ word, page, kind: filter.kind, text })),
  rest: procedure
    .route("GET /files/{path*}")
    .use({ key: queryKey })
    .input({ path: z.string() })
    .output({ path: z.string() })
    .query(({ input }) => input),
  segments: procedure
    .route("GET /segments/{pair}/{rest*}")
    .input({ pair: z.tuple([z.int(), z.int()]), rest: z.array(z.string().min(1)).min(1) })
    .output({ pair: z.array(z.int()), rest: z.array(z.string()) })
    .query(({ input }) => input),
  change: procedure
    .route("PATCH /change/{id}")
    .input({ id: z.int(), change: body(patch(Item)) })
    .output(z.array(z.string()))
    .mutation(({ input }) => Object.keys(input.change)),
  strict: procedure
    .route("POST /strict")
    .input(z.strictObject({ a: z.string(), b: z.int().optional() }))
    .output(z.string())
    .mutation(({ input }) => input.a),
  anything: procedure
    .route("POST /anything")
    .input({ value: body(z.unknown()) })
    .output(z.unknown())
    .mutation(() => ({ free: ["form"] })),
  note: procedure
    .route("POST /note")
    .input({ note: body.text() })
    .output(z.string())
    .mutation(({ input }) => input.note),
  parsed: procedure
    .route("POST /parsed")
    .input({
      item: body(z.object({ name: z.string().min(2) }), {
        types: ["application/x-sample"],
        parse: (text) => JSON.parse(text),
      }),
    })
    .output(z.string())
    .mutation(({ input }) => input.item.name),
  nothing: procedure
    .route("GET /nothing")
    .output(z.void())
    .query(() => {}),
  null: procedure
    .route("GET /null")
    .output(z.null())
    .query(() => null),
};
