import { createClient, styled, type ToldStyle } from "@tenon/client";
import { cookie, header, procedure, query, router } from "@tenon/core";
import type { OpenAPIObject, ParameterObject } from "@tenon/core/openapi";
import { type App, createApp } from "@tenon/server";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 120);

/** A scalar: its schema, and values of it. Signs that mean something in a URL are likely. */
interface Scalar {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
}

const text = fc.string({
  unit: fc.constantFrom(...Array.from("ab 0+%&=#?/[]{}()\"'\\,|;:ü漢😀")),
  maxLength: 6,
});
const ascii = fc.string({
  unit: fc.constantFrom(...Array.from("ab0+%&=#?/[]()'|:")),
  minLength: 1,
  maxLength: 6,
});
const SCALARS: readonly Scalar[] = [
  { schema: z.string(), values: text },
  { schema: z.int(), values: fc.integer() },
  { schema: z.number(), values: fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0) },
  { schema: z.boolean(), values: fc.boolean() },
  {
    schema: z.date(),
    values: fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
  },
  { schema: z.bigint(), values: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }) },
  { schema: z.enum(["a", "b,c", "d e"]), values: fc.constantFrom("a", "b,c", "d e") },
];
const ASCII: readonly Scalar[] = [{ schema: z.string(), values: ascii }, ...SCALARS.slice(1, 6)];

type Location = "query" | "header" | "cookie" | "path" | "rest";

/** One parameter and one value of it, as the client is given it. */
interface Case {
  readonly location: Location;
  readonly field: unknown;
  readonly value: unknown;
  readonly told: ToldStyle | undefined;
  readonly note: string;
}

const DELIMITERS = { csv: ",", spaceDelimited: " ", pipeDelimited: "|" } as const;

/** Lists that can be told apart: no item holds the delimiter, and a list of one empty text is none. */
function lists(scalar: Scalar, delimiter: string | undefined, minLength: number): fc.Arbitrary<unknown[]> {
  const written = (each: unknown): string =>
    each instanceof Date ? each.toISOString() : String(each as string | number | boolean | bigint);
  return fc
    .array(scalar.values, { minLength, maxLength: 4 })
    .filter(
      (items) =>
        delimiter === undefined ||
        (items.every((each) => !written(each).includes(delimiter)) &&
          !(items.length === 1 && written(items[0]) === "")),
    );
}

const queryCases: fc.Arbitrary<Case> = fc.constantFrom(...SCALARS).chain((scalar) => {
  const one = (field: unknown, values: fc.Arbitrary<unknown>, told: ToldStyle | undefined, note: string) =>
    values.map((value): Case => ({ location: "query", field, value, told, note }));
  const { schema } = scalar;
  return fc.oneof(
    one(query(schema), scalar.values, undefined, "one"),
    one(query(z.array(schema)), lists(scalar, undefined, 1), undefined, "repeated"),
    one(query(z.array(schema), { explode: false }), lists(scalar, ",", 0), "csv", "csv"),
    ...(["spaceDelimited", "pipeDelimited"] as const).map((style) =>
      one(query(z.array(schema), { style }), lists(scalar, DELIMITERS[style], 0), style, style),
    ),
    one(
      query(z.object({ a: schema, "b[c]": schema.optional() }), { style: "deepObject" }),
      fc.record({ a: scalar.values, "b[c]": scalar.values }, { requiredKeys: ["a"] }),
      undefined,
      "deepObject",
    ),
    one(
      query(z.record(z.string(), schema), { style: "deepObject" }),
      fc.dictionary(ascii, scalar.values, { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
      undefined,
      "deepObject of any keys",
    ),
    one(
      query.json(z.object({ deep: z.array(z.object({ at: schema.nullable() })) })),
      fc.record({ deep: fc.array(fc.record({ at: fc.option(scalar.values) }), { maxLength: 3 }) }),
      "json",
      "json",
    ),
  );
});

const otherCases: fc.Arbitrary<Case> = fc.constantFrom(...ASCII).chain((scalar) => {
  const one = (location: Location, field: unknown, values: fc.Arbitrary<unknown>, note: string) =>
    values.map((value): Case => ({ location, field, value, told: undefined, note }));
  const { schema } = scalar;
  const segments = scalar.values.filter((each) => !["", ".", ".."].includes(String(each)));
  return fc.oneof(
    one("header", header("x-v", schema), scalar.values, "one"),
    one("header", header("x-v", z.array(schema)), lists(scalar, ",", 1), "list"),
    one("cookie", cookie("v", schema), scalar.values, "one"),
    one("cookie", cookie("v", z.array(schema)), lists(scalar, ",", 0), "list"),
    one("path", schema, segments, "one"),
    one("path", z.array(schema), lists({ schema, values: segments }, ",", 1), "list"),
    one("rest", z.array(schema), lists({ schema, values: segments }, undefined, 1), "segments"),
  );
});

const PATHS = { path: "/v/{v}", rest: "/v/{v*}" } as const;

async function send({
  location,
  field,
  value,
  told,
}: Case): Promise<{ received: unknown; request: Request; app: App<unknown> }> {
  let received: unknown;
  let request: Request | undefined;
  const path = location === "path" || location === "rest" ? PATHS[location] : "/v";
  const app = createApp({
    v: router(
      {
        read: procedure
          .route(`GET ${path}`)
          .input({ v: field } as { v: z.ZodString })
          .output(z.void())
          .query(({ input }) => {
            received = input.v;
          }),
      },
      { prefix: "" },
    ),
  });
  const client = createClient<typeof app>({
    url: "http://localhost",
    fetch: (sent: Request) => {
      request = sent;
      return app.fetch(sent);
    },
  } as never) as unknown as {
    GET: (path: string, input: object) => Promise<{ ok: boolean; error?: unknown }>;
  };
  const input = {
    query: { query: { v: told === undefined ? value : styled(told, value) } },
    header: { headers: { "x-v": value } },
    cookie: { cookies: { v: value } },
    path: { path: { v: value } },
    rest: { path: { v: value } },
  }[location];
  const result = await client.GET(path, input);
  expect(result, JSON.stringify(result.error)).toMatchObject({ ok: true });
  return { received, request: request as Request, app };
}

describe("a parameter", () => {
  it("is read as the client wrote it, in every location and style", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(queryCases, otherCases), async (each) => {
        const { received } = await send(each);
        expect(received, each.note).toEqual(each.value);
      }),
      { numRuns: RUNS },
    );
  });

  it("is written by the client as its document says, by an encoder that knows nothing but OpenAPI", async () => {
    await fc.assert(
      fc.asyncProperty(queryCases, async (each) => {
        const { request, app } = await send(each);
        const document = (await (
          await app.fetch(new Request("http://localhost/openapi.json"))
        ).json()) as OpenAPIObject;
        const parameter = document.paths?.["/v"]?.get?.parameters?.[0] as ParameterObject;
        const expected = writeByOpenApi(parameter, plain(each.value));
        expect([...new URL(request.url).searchParams], each.note).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? String(each) : each)),
  ) as unknown;
}

/** OpenAPI 3.1.1, 4.8.12, read by the letter: names and values before percent-encoding. */
function writeByOpenApi(parameter: ParameterObject, value: unknown): [string, string][] {
  const { name, style = "form", explode = style === "form", content } = parameter;
  if (content?.["application/json"] !== undefined) {
    return [[name, JSON.stringify(value)]];
  }
  if (Array.isArray(value)) {
    if (explode) {
      return value.map((item) => [name, String(item)]);
    }
    const delimiter = new Map([
      ["form", ","],
      ["spaceDelimited", " "],
      ["pipeDelimited", "|"],
    ]).get(style);
    return [[name, value.join(delimiter)]];
  }
  if (typeof value === "object" && value !== null) {
    expect(style).toBe("deepObject");
    return Object.entries(value).map(([key, field]) => [`${name}[${key}]`, String(field)]);
  }
  return [[name, String(value)]];
}
