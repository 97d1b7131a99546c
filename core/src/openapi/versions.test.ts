import { Validator } from "@seriousme/openapi-schema-validator";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type OpenAPIObject, toOpenAPI30, toOpenAPI32 } from "../openapi.ts";

const read = (path: string): OpenAPIObject =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8")) as OpenAPIObject;
const DOCUMENTS = [
  "tests/fixtures/openapi/sample.json",
  "examples/bookshop/openapi.json",
  "examples/realworld/openapi.json",
] as const;

/** One schema through the way down to 3.0. */
function lowered(schema: object): unknown {
  const document = { openapi: "3.1.1", info: { title: "T", version: "1" }, paths: {} };
  return toOpenAPI30({ ...document, components: { schemas: { S: schema } } } as OpenAPIObject).components
    ?.schemas?.["S"];
}

describe("a document in another version of OpenAPI", () => {
  it.each(DOCUMENTS)("is valid by the official schema of 3.0: %s", async (path) => {
    const result = await new Validator().validate(toOpenAPI30(read(path)) as never);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it.each(DOCUMENTS)("is valid by the official schema of 3.2: %s", async (path) => {
    const result = await new Validator().validate(toOpenAPI32(read(path)) as never);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it("is refused by the validator where a word of another version is in it", async () => {
    const document = { ...read(DOCUMENTS[0]), openapi: "3.0.3" };
    expect((await new Validator().validate(document as never)).valid).toBe(false);
  });

  it("leaves the document that it is made of as it was", () => {
    const document = read(DOCUMENTS[0]);
    const before = JSON.stringify(document);
    toOpenAPI30(document);
    toOpenAPI32(document);
    expect(JSON.stringify(document)).toBe(before);
  });
});

describe("3.0.3", () => {
  it.each<[string, object, unknown]>([
    ["null among types", { type: ["string", "null"] }, { type: "string", nullable: true }],
    ["null alone", { type: "null" }, { nullable: true, enum: [null] }],
    [
      "several types",
      { type: ["string", "array", "null"], minLength: 1 },
      { minLength: 1, anyOf: [{ type: "string" }, { type: "array", items: {} }], nullable: true },
    ],
    [
      "null among options",
      { anyOf: [{ $ref: "#/components/schemas/S" }, { type: "null" }] },
      { allOf: [{ $ref: "#/components/schemas/S" }], nullable: true },
    ],
    [
      "a tagged union that may be null",
      {
        oneOf: [{ type: "object" }, { type: "string" }, { type: "null" }],
        discriminator: { propertyName: "k" },
      },
      {
        oneOf: [{ type: "object" }, { type: "string" }],
        discriminator: { propertyName: "k" },
        nullable: true,
      },
    ],
    ["a constant", { const: 3 }, { enum: [3] }],
    ["the constant null", { const: null }, { nullable: true, enum: [null] }],
    [
      "exclusive bounds",
      { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 9 },
      { type: "number", minimum: 0, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true },
    ],
    ["examples", { type: "string", examples: ["a", "b"] }, { type: "string", example: "a" }],
    ["base64", { type: "string", contentEncoding: "base64" }, { type: "string", format: "byte" }],
    [
      "a file",
      { type: "string", contentMediaType: "application/octet-stream" },
      { type: "string", format: "binary" },
    ],
    [
      "a tuple",
      { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false },
      { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] } },
    ],
    ["a list of anything", { type: "array" }, { type: "array", items: {} }],
    [
      "a reference with siblings",
      { $ref: "#/components/schemas/S", description: "d" },
      { allOf: [{ $ref: "#/components/schemas/S" }], description: "d" },
    ],
    ["names of keys", { type: "object", propertyNames: { pattern: "^a" } }, { type: "object" }],
    [
      "schemas inside",
      {
        type: "object",
        properties: { a: { const: 1 } },
        additionalProperties: { type: ["integer", "null"] },
      },
      {
        type: "object",
        properties: { a: { enum: [1] } },
        additionalProperties: { type: "integer", nullable: true },
      },
    ],
    [
      "a property that is called like a keyword",
      { properties: { const: { type: "null" } } },
      {
        properties: { const: { nullable: true, enum: [null] } },
      },
    ],
  ])("says %s in its own words", (_what, schema, expected) => {
    expect(lowered(schema)).toEqual(expected);
  });

  it("moves what it has no place for", () => {
    const lower = toOpenAPI30({
      openapi: "3.1.1",
      info: { title: "T", version: "1", summary: "S", license: { name: "MIT", identifier: "MIT" } },
      paths: {},
      webhooks: { paid: { post: { responses: {} } } },
      components: {
        securitySchemes: { tls: { type: "mutualTLS" as never }, b: { type: "http", scheme: "bearer" } },
      },
    } as OpenAPIObject);
    expect(lower).toEqual({
      openapi: "3.0.3",
      info: {
        title: "T",
        version: "1",
        description: "S",
        license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
      },
      paths: {},
      components: { securitySchemes: { b: { type: "http", scheme: "bearer" } } },
      "x-webhooks": { paid: { post: { responses: {} } } },
    });
  });
});

describe("3.2.0", () => {
  it("describes a stream item by item", () => {
    const schema = { type: "integer" } as const;
    const media = { schema, "x-tenon-stream": "item" };
    const content = {
      "text/event-stream": media,
      "application/jsonl": media,
      "application/json": { schema },
    };
    const responses = { "200": { description: "", content } };
    const upper = toOpenAPI32({
      openapi: "3.1.1",
      info: { title: "T", version: "1" },
      paths: { "/": { get: { responses } } },
    } as OpenAPIObject);
    expect(upper.paths?.["/"]?.get?.responses?.["200"]).toEqual({
      description: "",
      content: {
        "text/event-stream": {
          itemSchema: {
            type: "object",
            properties: {
              data: { type: "string", contentMediaType: "application/json", contentSchema: schema },
              event: { type: "string" },
              id: { type: "string" },
              retry: { type: "integer", minimum: 0 },
            },
            required: ["data"],
          },
        },
        "application/jsonl": { itemSchema: schema },
        "application/json": { schema },
      },
    });
  });
});
