import { cookie, file, form, header, procedure, query, router } from "@tenon/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";

type Options = { readonly name?: string; readonly hidden?: boolean };
type Texts = Readonly<Record<string, readonly string[]>>;
type Told = Record<string, { schema: Record<string, unknown>; isRequired: boolean; isDeprecated: boolean }>;

/** A location: how a key is put there, how texts are sent there, and where the document speaks of it. */
interface Location {
  readonly name: string;
  readonly route: string;
  readonly tag: (schema: z.ZodType, options?: Options) => unknown;
  readonly more?: Record<string, unknown>;
  readonly send: (texts: Texts) => Request;
  readonly issueIn: string;
  readonly takes: readonly Aspect[];
  /** What becomes of a scalar that is sent twice. */
  readonly twice: number | undefined;
}

type Aspect =
  | "required"
  | "optional"
  | "default"
  | "list"
  | "alias"
  | "model"
  | "strict model"
  | "hidden"
  | "deprecated"
  | "examples";
const ALL: readonly Aspect[] = [
  "required",
  "optional",
  "default",
  "list",
  "alias",
  "model",
  "strict model",
  "hidden",
  "deprecated",
  "examples",
];
const NO_TAG: readonly Aspect[] = ["required", "optional", "default", "list", "deprecated", "examples"];

const HOST = "http://localhost";
const post = (body: BodyInit, headers: Record<string, string> = {}): Request =>
  new Request(`${HOST}/x`, { method: "POST", body, headers });
const pairs = (texts: Texts): [string, string][] =>
  Object.entries(texts).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
const loose = (value: string): unknown => (/^\d+$/.test(value) ? Number(value) : value);

const LOCATIONS: readonly Location[] = [
  {
    name: "path",
    route: "GET /x/{v}",
    tag: (schema) => schema,
    send: ({ v = [] }) => new Request(`${HOST}/x/${v.join(",")}`),
    issueIn: "path",
    takes: ["required", "list", "deprecated", "examples"],
    twice: 422,
  },
  {
    name: "catch-all",
    route: "GET /x/{v*}",
    tag: (schema) => schema,
    send: ({ v = [] }) => new Request(`${HOST}/x/${v.join("/")}`),
    issueIn: "path",
    takes: ["required", "list", "deprecated", "examples"],
    twice: 422,
  },
  {
    name: "query",
    route: "GET /x",
    tag: (schema, options) => query(schema, options ?? {}),
    send: (texts) => new Request(`${HOST}/x?${new URLSearchParams(pairs(texts))}`),
    issueIn: "query",
    takes: ALL,
    twice: 422,
  },
  {
    name: "header",
    route: "GET /x",
    tag: (schema, { name, ...options } = {}) =>
      schema instanceof z.ZodObject ? header(schema, options) : header(name ?? "v", schema, options),
    send: (texts) => new Request(`${HOST}/x`, { headers: pairs(texts) }),
    issueIn: "header",
    // Nobody can list all the headers that browsers and proxies add.
    takes: ALL.filter((aspect) => aspect !== "strict model"),
    twice: 422,
  },
  {
    name: "cookie",
    route: "GET /x",
    tag: (schema, { name, ...options } = {}) =>
      name === undefined ? cookie(schema, options) : cookie(name, schema, options),
    send: (texts) =>
      new Request(`${HOST}/x`, {
        headers: {
          cookie: Object.entries(texts)
            .filter(([, values]) => values.length > 0)
            .map(([name, values]) => `${name}=${values.join(",")}`)
            .join("; "),
        },
      }),
    issueIn: "cookie",
    takes: ALL,
    twice: 422,
  },
  {
    name: "JSON body",
    route: "POST /x",
    tag: (schema) => schema,
    send: (texts) =>
      post(
        JSON.stringify(
          Object.fromEntries(
            Object.entries(texts)
              .filter(([, values]) => values.length > 0)
              .map(([name, values]) => [
                name,
                values.length === 1 ? loose(values[0] ?? "") : values.map(loose),
              ]),
          ),
        ),
        { "content-type": "application/json" },
      ),
    issueIn: "body",
    takes: NO_TAG,
    twice: undefined,
  },
  {
    name: "urlencoded body",
    route: "POST /x",
    tag: (schema, options) => form(schema, options ?? {}),
    send: (texts) => post(new URLSearchParams(pairs(texts))),
    issueIn: "body",
    takes: ALL,
    twice: 422,
  },
  {
    name: "multipart body",
    route: "POST /x",
    tag: (schema, options) => form(schema, options ?? {}),
    more: { picture: z.optional(file() as never) },
    send: (texts) => {
      const parts = new FormData();
      pairs(texts).forEach(([name, value]) => parts.append(name, value));
      // A form without parts is none.
      parts.append("picture", new File(["x"], "a"));
      return post(parts);
    },
    issueIn: "body",
    takes: ALL,
    twice: 422,
  },
];

/** What an aspect adds to a key, under which name it is then sent, and what its document has to say. */
interface Case {
  readonly schema: z.ZodType;
  readonly options?: Options;
  readonly names: readonly string[];
}

const CASES: Readonly<Record<Aspect, Case>> = {
  required: { schema: z.int(), names: ["v"] },
  optional: { schema: z.int().optional(), names: ["v"] },
  default: { schema: z.int().default(7), names: ["v"] },
  list: { schema: z.array(z.int()), names: ["v"] },
  alias: { schema: z.int(), options: { name: "wire-name" }, names: ["wire-name"] },
  model: { schema: z.object({ a: z.int(), b: z.int().optional() }), names: ["a", "b"] },
  "strict model": { schema: z.strictObject({ a: z.int(), b: z.int().optional() }), names: ["a", "b"] },
  hidden: { schema: z.int(), options: { hidden: true }, names: ["v"] },
  deprecated: { schema: z.int().meta({ deprecated: true }), names: ["v"] },
  examples: { schema: z.int().meta({ examples: [5], description: "Five." }), names: ["v"] },
};

const MATRIX = LOCATIONS.flatMap((location) =>
  location.takes.map((aspect) => [location.name, aspect, location, CASES[aspect]] as const),
);

describe.each(MATRIX)("a key in the %s: %s", (_location, aspect, location, { schema, options, names }) => {
  let received: unknown;
  const app = createApp({
    x: router(
      {
        y: procedure
          .route(location.route as "GET /x")
          .input({ ...location.more, v: location.tag(schema, options) } as unknown as { v: z.ZodInt })
          .output(z.void())
          .mutation(({ input }) => {
            received = input.v;
          }),
      },
      { prefix: "" },
    ),
  });
  const [name = "v"] = names;
  const isModel = aspect === "model" || aspect === "strict model";
  const isList = aspect === "list";
  const isAbsentFine = aspect === "optional" || aspect === "default";
  const isInPath = location.issueIn === "path";

  async function sent(texts: Texts): Promise<{ status: number; errors?: unknown }> {
    received = undefined;
    const response = await app.fetch(location.send(texts));
    const text = await response.text();
    return {
      status: response.status,
      errors: text === "" ? undefined : (JSON.parse(text) as Told)["errors"],
    };
  }
  const issue = (path: unknown[], code: string): object => ({ in: location.issueIn, path, code });

  it("is read, missed and refused on the wire", async () => {
    const valid = await sent({ [name]: isList ? ["5", "6"] : ["5"] });
    expect([valid, received]).toEqual([{ status: 204 }, isModel ? { a: 5 } : isList ? [5, 6] : 5]);
    if (!isInPath) {
      const missing = await sent({ [name]: [] });
      if (isAbsentFine) {
        expect([missing, received]).toEqual([{ status: 204 }, aspect === "default" ? 7 : undefined]);
      } else {
        expect(missing).toMatchObject({ status: 422, errors: [issue([name], "missing")] });
      }
    }
    const wrong = await sent({ [name]: isList ? ["5", "x"] : ["x"] });
    expect(wrong).toMatchObject({ status: 422, errors: [issue(isList ? [name, 1] : [name], "type")] });
    if (!isList && location.twice !== undefined) {
      expect(await sent({ [name]: ["5", "6"] })).toMatchObject({ status: location.twice });
    }
    const unknown = isInPath ? undefined : await sent({ [name]: isList ? ["5", "6"] : ["5"], zzz: ["1"] });
    if (aspect === "strict model") {
      expect(unknown).toMatchObject({ status: 422, errors: [issue(["zzz"], "unknown_key")] });
    } else if (unknown !== undefined) {
      expect(unknown).toEqual({ status: 204 });
    }
  });

  it("is what the document says", async () => {
    const document = (await (await app.fetch(new Request(`${HOST}/openapi.json`))).json()) as {
      paths: Record<string, Record<string, object>>;
    };
    const told = read(Object.values(Object.values(document.paths)[0] ?? {})[0] ?? {});
    const own = Object.keys(told).filter((each) => each !== "picture");
    expect(own).toEqual(aspect === "hidden" ? [] : names);
    const first = told[name];
    if (first === undefined) {
      return;
    }
    const integer = expect.objectContaining({ type: "integer" }) as unknown;
    expect(first.schema).toEqual(
      isList ? expect.objectContaining({ type: "array", items: { type: "integer" } }) : integer,
    );
    expect(first.isRequired).toBe(!isAbsentFine);
    expect(first.schema["default"]).toBe(aspect === "default" ? 7 : undefined);
    expect(first.schema["examples"]).toEqual(aspect === "examples" ? [5] : undefined);
    expect(first.isDeprecated).toBe(aspect === "deprecated");
    if (isModel) {
      expect(told["b"]?.isRequired).toBe(false);
    }
  });
});

/** What a document says of each name, wherever it says it. */
function read(operation: {
  parameters?: { name: string; schema: Record<string, unknown>; required?: boolean; deprecated?: boolean }[];
  requestBody?: {
    content: Record<string, { schema: { properties: Record<string, object>; required?: string[] } }>;
  };
}): Told {
  const parameters = (operation.parameters ?? []).map(
    ({ name, schema, required, deprecated }) =>
      [name, { schema, isRequired: required === true, isDeprecated: deprecated === true }] as const,
  );
  const media = Object.values(operation.requestBody?.content ?? {})[0];
  const properties = Object.entries(media?.schema.properties ?? {}).map(([name, property]) => {
    const schema = property as Record<string, unknown>;
    const isRequired = media?.schema.required?.includes(name) === true;
    return [name, { schema, isRequired, isDeprecated: schema["deprecated"] === true }] as const;
  });
  return Object.fromEntries([...parameters, ...properties]);
}
