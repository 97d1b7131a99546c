import { decode, encode, json as jsonOf, procedure, SchemaError } from "@tenon/core";
import { describe as describeDocument } from "@tenon/core/openapi";
import { expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const Item = z
  .object({ name: z.string().max(5), tax: z.number().default(10.5), note: z.string().nullable() })
  .meta({ id: "Item" });
const value = { name: "Foo", note: null };
const RICH = "application/vnd.tenon+json";

const items = {
  plain: procedure.output(Item).query(() => value),
  unset: procedure.output(jsonOf(Item, { omit: "undefined" })).query(() => value),
  defaults: procedure
    .output(jsonOf(z.array(Item), { omit: "defaults" }))
    .query(() => [{ ...value, tax: 10.5 }]),
  nulls: procedure.output({ 200: jsonOf(Item, { omit: "null" }) }).query(({ reply }) => reply(200, value)),
  trusted: procedure
    .output(jsonOf(Item, { trust: true }))
    .query(() => ({ ...value, name: "longer than five", secret: "s" })),
  shape: procedure
    .output(jsonOf({ at: z.date().nullable(), since: z.date() }, { omit: "null" }))
    .query(() => ({ at: null, since: new Date(0) })),
  many: procedure.output(jsonOf(Item, { omit: "null" })).stream(async function* () {
    yield value;
  }),
};

expectTypeOf<(typeof items.unset)["~output"]>().toEqualTypeOf<{
  name: string;
  tax?: number | undefined;
  note: string | null;
}>();
expectTypeOf<(typeof items.nulls)["~output"]>().toExtend<{
  "~replies": { 200: { name: string; tax: number; note?: string } };
}>();
expectTypeOf<(typeof items.trusted)["~output"]>().toEqualTypeOf<{
  name: string;
  tax: number;
  note: string | null;
}>();

for (const backEnd of ["generate", "close"] as const) {
  behindEveryAdapter(`JSON that differs from its schema (${backEnd})`, (adapter) => {
    it("leaves out what it says, checked or trusted", async () => {
      const names = ["plain", "unset", "defaults", "nulls", "trusted"];
      const replies = await answers(
        adapter,
        createApp({ items }, { backEnd }),
        ...names.map((name) => [`/items/${name}`] as const),
      );
      expect(replies.map(({ text }) => text)).toEqual([
        '{"name":"Foo","tax":10.5,"note":null}',
        '{"name":"Foo","note":null}',
        '[{"name":"Foo","note":null}]',
        '{"name":"Foo","tax":10.5}',
        '{"name":"longer than five","tax":10.5,"note":null}',
      ]);
    });

    it("does so on the typed client's wire and in streams, too", async () => {
      const [rich, stream] = await answers(
        adapter,
        createApp({ items }, { backEnd }),
        ["/items/shape", { headers: { accept: RICH } }],
        ["/items/many", { headers: { accept: "application/jsonl" } }],
      );
      expect(rich?.json).toMatchObject({ json: { since: "1970-01-01T00:00:00.000Z" } });
      expect(rich?.json).not.toHaveProperty("json.at");
      expect(stream?.text).toBe('{"name":"Foo","tax":10.5}\n');
    });
  });
}

it("is documented as it is sent", () => {
  const app = createApp({ items });
  const { schemas } =
    describeDocument(app.operations, { info: { title: "x", version: "1" } }).components ?? {};
  expect(schemas?.["Item"]).toMatchObject({ required: ["name", "tax", "note"] });
  expect(schemas?.["ItemWithoutUnset"]).toMatchObject({ required: ["name", "note"] });
  expect(schemas?.["ItemWithoutDefaults"]).toMatchObject({ required: ["name", "note"] });
  expect(schemas?.["ItemWithoutNulls"]).toMatchObject({
    required: ["name", "tax"],
    properties: { note: { type: "string" }, name: { maxLength: 5 } },
  });
});

it("comes out of encode() as out of a reply, and goes back by decode()", async () => {
  const Both = z.object({ at: z.date(), size: z.int().default(1), ids: z.set(z.bigint()) });
  const both = { at: new Date(0), ids: new Set([1n]), secret: 1 };
  const app = createApp({ items: { list: procedure.output(Both).query(() => both) } });
  const reply = await app.fetch(new Request("http://host/items"));
  const encoded = encode(Both, both);
  expect(await reply.json()).toEqual(encoded);
  expect(decode(Both, encoded)).toEqual({ at: both.at, ids: both.ids, size: 1 });
  expect(() => encode(Both, { at: "noon" })).toThrow(SchemaError);
  expect(() => decode(Both, { at: "noon" })).toThrow(SchemaError);
});

it("refuses a file in JSON at the start, and says what to write", () => {
  for (const slot of [z.file(), { picture: z.array(z.file()) }, { 200: z.instanceof(Blob) }]) {
    const routes = { items: { list: procedure.output(slot).query((() => {}) as never) } };
    expect(() => createApp(routes)).toThrow(/^TENON1031: .*download\(\).*binary\(/);
  }
});

it("refuses a union that would lose fields at the start, and not one that is told apart", () => {
  const Dog = z.object({ kind: z.literal("dog"), owner: z.object({ name: z.string() }) });
  const Cat = z.object({ kind: z.literal("cat"), owner: z.object({ name: z.string(), phone: z.string() }) });
  const start = (slot: z.ZodType) => (): unknown =>
    createApp({ items: { list: procedure.output(slot).query((() => {}) as never) } });
  expect(start(z.union([Dog.omit({ kind: true }), Cat.omit({ kind: true })]))).toThrow(
    /^TENON1035: .*discriminatedUnion/,
  );
  expect(start(z.union([Dog, Cat]))).not.toThrow();
  expect(start(z.discriminatedUnion("kind", [Dog, Cat]))).not.toThrow();
});

behindEveryAdapter("a serializer of one's own", (adapter) => {
  it("writes plain JSON, and the typed client's form stays as it is", async () => {
    const app = createApp({ items }, { serializer: (body) => JSON.stringify(body, null, 2) });
    const [plain, rich] = await answers(
      adapter,
      app,
      ["/items/plain"],
      ["/items/shape", { headers: { accept: RICH } }],
    );
    expect(plain?.text).toBe('{\n  "name": "Foo",\n  "tax": 10.5,\n  "note": null\n}');
    expect(plain?.headers.get("content-type")).toBe("application/json");
    expect(rich?.text).not.toContain("\n");
  });

  it("that fails is a 500", async () => {
    const reported: unknown[] = [];
    const serializer = (): string => {
      throw new Error("no");
    };
    const app = createApp({ items }, { serializer, onError: (error) => reported.push(error) });
    const [reply] = await answers(adapter, app, ["/items/plain"]);
    expect([reply?.status, reported.length]).toEqual([500, 1]);
  });
});
