import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { sampleMiddleware, sampleOperations } from "../../../tests/fixtures/openapi/sample.ts";
import { body, procedure, project, security } from "../index.ts";
import { describe as describeApi, type OpenAPIObject, type OperationObject } from "../openapi.ts";

const OFFICIAL = new URL("../../../tests/fixtures/openapi/oas-3.1/", import.meta.url);
const info = { title: "Sample", version: "1.0.0" };
const readYaml = (name: string): object => parse(readFileSync(new URL(name, OFFICIAL), "utf8")) as object;

const document = describeApi(sampleOperations, {
  info,
  servers: [{ url: "https://api.example.com" }],
  tags: [{ name: "people", description: "Accounts and sessions." }],
  middleware: [sampleMiddleware],
  rpcPath: "/rpc",
});

function operation(
  of: OpenAPIObject,
  method: "get" | "post" | "put" | "delete",
  path: string,
): OperationObject {
  return of.paths?.[path]?.[method] as OperationObject;
}

function describeOne(routes: Record<string, unknown>): OpenAPIObject {
  return describeApi(project({ things: routes }), { info });
}

describe("the document against the official schema of OpenAPI 3.1", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  // ajv looks for `$dynamicAnchor` in the wrong place; without an overriding dialect a plain reference says the same.
  const official = JSON.stringify(readYaml("schema.yaml")).replaceAll(
    '"$dynamicRef":"#meta"',
    '"$ref":"#/$defs/schema"',
  );
  const validate = ajv.compile(JSON.parse(official) as object);

  it("uses a validator that passes and refuses the official examples", () => {
    for (const name of readdirSync(new URL("pass/", OFFICIAL))) {
      expect([name, validate(readYaml(`pass/${name}`))]).toEqual([name, true]);
    }
    // The base schema leaves schema objects to the dialect.
    for (const name of readdirSync(new URL("fail/", OFFICIAL)).filter((name) => !name.includes("schema"))) {
      expect([name, validate(readYaml(`fail/${name}`))]).toEqual([name, false]);
    }
  });

  it("is valid", () => {
    validate(document);
    expect(validate.errors).toBeNull();
  });

  it("holds only schemas that a strict JSON Schema 2020-12 validator compiles", () => {
    const strict = new Ajv2020({
      strict: true,
      strictRequired: false,
      strictTuples: false,
      allowUnionTypes: true,
      discriminator: false,
    });
    addFormats.default(strict, { keywords: false });
    for (const format of ["time-local", "uint32"]) {
      strict.addFormat(format, true);
    }
    strict.addVocabulary([
      "discriminator",
      "paths",
      "info",
      "openapi",
      "tags",
      "servers",
      "components",
      "x-tenon-type",
    ]);
    strict.addSchema(document, "api");
    for (const name of Object.keys(document.components?.schemas ?? {})) {
      expect(strict.getSchema(`api#/components/schemas/${name}`)).toBeTypeOf("function");
    }
  });
});

describe("describe", () => {
  it("describes the sample as before", async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(
      "../../../tests/fixtures/openapi/sample.json",
    );
  });

  it("gives the same bytes for the same operations", () => {
    const again = (): string => JSON.stringify(describeApi(sampleOperations, { info, rpcPath: "/rpc" }));
    expect(again()).toBe(again());
  });

  it("leaves hidden operations and hidden parameters out", () => {
    expect(document.paths?.["/secret"]).toBeUndefined();
    const names = operation(document, "get", "/items").parameters?.map(
      (parameter) => "name" in parameter && parameter.name,
    );
    expect(names).toEqual(["q", "tag", "ids", "limit", "minimum", "since"]);
  });

  it("states how lists in a query are written", () => {
    const parameters = operation(document, "get", "/items").parameters;
    expect(parameters).toContainEqual(expect.objectContaining({ name: "tag", style: "form", explode: true }));
    expect(parameters).toContainEqual(
      expect.objectContaining({ name: "ids", style: "form", explode: false }),
    );
  });

  it("documents 422 only where some input can be refused", () => {
    const of = (shape: Record<string, z.ZodType>, route: `GET /${string}`): string[] => {
      const routes = {
        it: procedure
          .route(route)
          .input(shape)
          .output(z.string())
          .query(() => ""),
      };
      const [path] = Object.values(describeOne(routes).paths ?? {});
      return Object.keys(path?.get?.responses ?? {});
    };
    expect(of({ name: z.string() }, "GET /{name}")).toEqual(["200", "400", "500", "503"]);
    expect(of({ name: z.string().min(2) }, "GET /{name}")).toContain("422");
    expect(of({ name: z.string() }, "GET /")).toContain("422");
    expect(of({ names: z.array(z.string()).default([]) }, "GET /")).toEqual(["200", "400", "500", "503"]);
    expect(of({}, "GET /")).toEqual(["200", "400", "500", "503"]);
  });

  it("documents what can go wrong with a body only where there is one", () => {
    const statuses = (method: "post" | "get", path: string): string[] =>
      Object.keys(operation(document, method, path).responses ?? {});
    expect(statuses("post", "/items")).toEqual([
      "201",
      "400",
      "401",
      "403",
      "409",
      "413",
      "415",
      "422",
      "429",
      "500",
      "503",
    ]);
    expect(statuses("get", "/items")).toEqual(["200", "400", "422", "429", "500", "503"]);
    expect(statuses("get", "/ping")).toEqual(["200", "400", "500", "503"]);
    expect(statuses("get", "/items/watch")).toContain("406");
  });

  it("tells several errors at one status apart by their code", () => {
    const conflict = operation(document, "post", "/items").responses?.["409"];
    expect(conflict.content["application/problem+json"].schema).toEqual({
      oneOf: [
        { $ref: "#/components/schemas/NameTakenProblem" },
        { $ref: "#/components/schemas/ClosedProblem" },
      ],
      discriminator: {
        propertyName: "code",
        mapping: {
          NAME_TAKEN: "#/components/schemas/NameTakenProblem",
          CLOSED: "#/components/schemas/ClosedProblem",
        },
      },
    });
    expect(conflict.headers).toHaveProperty("retry-after");
  });

  it("names a problem after its operation where another operation means something else by the code", () => {
    expect(document.components?.schemas).toHaveProperty("ItemsReadNotFoundProblem");
    expect(document.components?.schemas).toHaveProperty("MiscDownloadNotFoundProblem");
    expect(document.components?.schemas).not.toHaveProperty("NotFoundProblem");
  });

  it("asks for all credentials of an operation at once, and says which can be left out", () => {
    expect(operation(document, "put", "/items/{id}").security).toEqual([{ apiKey: [], bearer: [] }]);
    expect(operation(document, "get", "/items/{id}").security).toEqual([{ bearer: [] }, {}]);
    expect(operation(document, "get", "/ping").security).toEqual([]);
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(["apiKey", "bearer"]);
  });

  it("documents what credentials are refused with, optional ones too", () => {
    const statuses = (path: string): string[] =>
      Object.keys(operation(document, "get", path).responses ?? {}).filter((status) => /40[13]/.test(status));
    expect(statuses("/items/{id}")).toEqual(["401", "403"]);
    expect(statuses("/ping")).toEqual([]);
  });

  it("names a server where the application names none", () => {
    expect(describeApi([], { info }).servers).toEqual([{ url: "/" }]);
    expect(document.servers).toEqual([{ url: "https://api.example.com" }]);
  });

  it("names the canonical address where there is one", () => {
    expect(operation(document, "get", "/items")["x-tenon-rpc"]).toBe("/rpc/items.list");
    expect(operation(document, "get", "/users/session")).not.toHaveProperty("x-tenon-rpc");
  });

  it("keeps one component for a schema whose two sides are equal, and two where a default makes a difference", () => {
    const Name = z.object({ name: z.string() }).meta({ id: "Name" });
    const Draft = z.object({ name: Name, tags: z.array(z.string()).default([]) }).meta({ id: "Draft" });
    const Outer = z.object({ draft: Draft }).meta({ id: "Outer" });
    const { components, paths } = describeOne({
      replace: procedure
        .input({ outer: body(Outer) })
        .output(Outer)
        .mutation(({ input }) => input.outer),
    });
    const names = Object.keys(components?.schemas ?? {}).filter((name) => !name.includes("Problem"));
    expect(names).toEqual(["Draft", "DraftInput", "InputIssue", "Name", "Outer", "OuterInput"]);
    expect(components?.schemas?.["OuterInput"]).toMatchObject({
      properties: { draft: { $ref: "#/components/schemas/DraftInput" } },
    });
    expect(components?.schemas?.["Draft"]).toMatchObject({ required: ["name", "tags"] });
    expect(components?.schemas?.["DraftInput"]).toMatchObject({ required: ["name"] });
    expect(paths?.["/things"]?.put?.requestBody).toMatchObject({
      content: { "application/json": { schema: { $ref: "#/components/schemas/OuterInput" } } },
    });
  });

  it("refuses two different schemas of one name, and takes two that say the same", () => {
    const routes = (other: z.ZodType) => ({
      list: procedure.output(z.object({ a: z.string() }).meta({ id: "Same" })).query(() => ({ a: "" })),
      create: procedure.output(other.meta({ id: "Same" })).mutation(() => ({ a: "" }) as never),
    });
    expect(() => describeOne(routes(z.object({ b: z.string() })))).toThrow(/TENON1021.*Same/);
    expect(describeOne(routes(z.object({ a: z.string() }))).components?.schemas).toHaveProperty("Same");
  });

  it("refuses two security schemes of one name", () => {
    const routes = {
      list: procedure
        .guard(security.bearer())
        .output(z.string())
        .query(() => ""),
      create: procedure
        .guard(security.basic({ name: "bearer" }))
        .output(z.string())
        .mutation(() => ""),
    };
    expect(() => describeOne(routes)).toThrow(/TENON1021.*bearer/);
  });

  it("documents what revives the data of an error, where there is something to revive", () => {
    const routes = {
      list: procedure
        .output(z.string())
        .errors({
          LATE: { status: 409, data: { since: z.date() } },
          TAKEN: { status: 409, data: { name: z.string() } },
        })
        .query(() => ""),
    };
    const schemas = describeOne(routes).components?.schemas ?? {};
    expect(schemas["LateProblem"]).toMatchObject({
      properties: { meta: { $ref: "#/components/schemas/RevivalMeta" } },
    });
    expect(schemas["TakenProblem"]).not.toHaveProperty("properties.meta");
  });

  it("says which parameter takes the rest of the path", () => {
    const [rest] = operation(document, "get", "/files/{rest}").parameters ?? [];
    expect(rest).toMatchObject({ name: "rest", "x-tenon-catch-all": true });
  });

  it("documents the application's own envelope beside the canonical problem", () => {
    const envelope = { schema: z.object({ errors: z.array(z.string()) }).meta({ id: "Errors" }) };
    const routes = { list: procedure.output(z.string()).query(() => "") };
    const wrapped = describeApi(project({ things: routes }), { info, envelope });
    expect(wrapped.components?.responses?.["Internal"]).toMatchObject({
      content: {
        "application/json": { schema: { $ref: "#/components/schemas/Errors" } },
        "application/problem+json": { schema: { $ref: "#/components/schemas/InternalProblem" } },
      },
    });
  });

  it("documents a socket by its messages", () => {
    const socket = operation(document, "get", "/items/chat");
    expect(socket.responses).toHaveProperty("101");
    expect(socket["x-websocket"]).toEqual({
      receive: { type: "object", properties: { say: { type: "string", default: "…" } } },
      send: {
        type: "object",
        properties: {
          said: { type: "string" },
          at: { type: "string", format: "date-time", "x-tenon-type": "Date" },
        },
        required: ["said", "at"],
      },
    });
  });

  it("calls an operation by its name where its author did not", () => {
    const summary = (method: "get" | "post" | "delete", path: string): unknown =>
      operation(document, method, path).summary;
    expect(summary("get", "/items")).toBe("List items");
    expect(summary("post", "/items")).toBe("Create item");
    expect(summary("delete", "/items/{id}")).toBe("Remove item");
    expect(summary("post", "/users/login")).toBe("Login");
    expect(summary("get", "/items/{id}")).toBe("Read one item");
  });
});
