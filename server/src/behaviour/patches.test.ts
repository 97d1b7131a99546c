import { body, patch, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const Item = z
  .object({
    name: z.string().min(1),
    tax: z.number().default(10.5),
    note: z.string().nullable().default("none"),
    size: z.object({ width: z.int(), unit: z.string().default("cm") }),
  })
  .meta({ id: "ChangedItem" });
const items = {
  update: procedure
    .input({ id: z.int(), item: body(patch(Item)) })
    .output(z.unknown())
    .mutation(({ input }) => input.item),
  flat: procedure
    .route("PATCH /flat/{id}")
    .input({ id: z.int(), ...patch(Item).shape })
    .output(z.unknown())
    .mutation(({ input }) => input),
  create: procedure
    .input(Item)
    .output(z.unknown())
    .mutation(({ input }) => input),
  named: procedure
    .route("PUT /named/{id}")
    .input(z.object({ id: z.int(), name: z.string() }).meta({ id: "Named" }))
    .output(z.unknown())
    .mutation(({ input }) => input),
};

behindEveryAdapter("a patch", (adapter) => {
  it("leaves absent, null and default apart, as a whole body and as keys of one", async () => {
    const replies = await answers(
      adapter,
      createApp({ items: router(items) }),
      ["/items/1", json({ note: null }, "PATCH")],
      ["/items/1", json({}, "PATCH")],
      ["/items/1", json({ size: { unit: "in" } }, "PATCH")],
      ["/items/flat/1", json({ tax: 1 }, "PATCH")],
      ["/items/1", json({ name: null, size: { width: "1" } }, "PATCH")],
      ["/items/1", { method: "PATCH" }],
    );
    expect(replies.slice(0, 4).map((reply) => reply.json)).toEqual([
      { note: null },
      {},
      { size: { unit: "in" } },
      { id: 1, tax: 1 },
    ]);
    expect(replies[4]?.json).toMatchObject({
      errors: [
        { path: ["name"], code: "type" },
        { path: ["size", "width"], code: "type" },
      ],
    });
    expect(replies[5]?.json).toMatchObject({ errors: [{ path: [], code: "missing" }] });
  });

  it("is a component of its own, without defaults; an object that is the whole input keeps its name", async () => {
    const [document] = await answers(adapter, createApp({ items: router(items) }), ["/openapi.json"]);
    const { components, paths } = (document as { json: unknown }).json as {
      components: { schemas: Record<string, unknown> };
      paths: Record<string, Record<string, { requestBody: { content: object } }>>;
    };
    expect(components.schemas["ChangedItemPatch"]).toEqual({
      type: "object",
      properties: {
        name: { type: "string", minLength: 1 },
        tax: { type: "number" },
        note: { type: ["string", "null"] },
        size: { type: "object", properties: { width: { type: "integer" }, unit: { type: "string" } } },
      },
    });
    const content = (path: string, method: string): unknown => paths[path]?.[method]?.requestBody.content;
    expect(content("/items/{id}", "patch")).toEqual({
      "application/json": { schema: { $ref: "#/components/schemas/ChangedItemPatch" } },
    });
    expect(content("/items", "post")).toEqual({
      "application/json": { schema: { $ref: "#/components/schemas/ChangedItem" } },
    });
    // Part of it is in the path, so the body is another object.
    expect(content("/items/named/{id}", "put")).toEqual({
      "application/json": {
        schema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      },
    });
  });
});
