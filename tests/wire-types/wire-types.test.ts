import { createClient } from "@tenon/client";
import { body, procedure, router } from "@tenon/core";
import { type OpenAPIObject, describe as describeDocument } from "@tenon/core/openapi";
import { decode, encode } from "@tenon/core/wire";
import { type App, createApp } from "@tenon/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { schemaCheck } from "../conformance/schema-check.ts";
import { documentation } from "./documentation.ts";
import { WIRE_ROWS, type WireRow } from "./table.ts";

const RICH = "application/vnd.tenon+json";
let received: unknown;
let returned: unknown;

const procedures = Object.fromEntries(
  WIRE_ROWS.map((row, index) => [
    `row${index}`,
    procedure
      .route(`POST /row${index}`)
      .input({ value: body(row.schema as never) })
      .output(row.schema as never)
      .mutation(({ input }) => {
        received = (input as { value: unknown }).value;
        return returned as never;
      }),
  ]),
);

function make(backEnd: "generate" | "close"): App<unknown> {
  return createApp({ rows: router(procedures, { prefix: "" }) }, { backEnd, onError: () => {} });
}

const app = make("generate");
const document: OpenAPIObject = describeDocument(app.operations, { info: { title: "Rows", version: "1" } });
const check = schemaCheck(document);

async function post(on: App<unknown>, index: number, json: unknown): Promise<Response> {
  received = undefined;
  const headers = { "content-type": "application/json", accept: "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(json) };
  return on.fetch(new Request(`http://localhost/row${index}`, init));
}

function schemasOf(index: number): { request: object; response: object } {
  const operation = document.paths?.[`/row${index}`]?.post as {
    requestBody: { content: Record<string, { schema: object }> };
    responses: Record<string, { content: Record<string, { schema: object }> }>;
  };
  return {
    request: operation.requestBody.content["application/json"]?.schema as object,
    response: operation.responses["200"]?.content["application/json"]?.schema as object,
  };
}

type Call = (input: { value: unknown }) => Promise<unknown>;

describe.each(WIRE_ROWS.map((row, index) => [row.name, row, index] as const))("%s", (_name, row, index) => {
  const clientValue = "clientValue" in row ? row.clientValue : row.value;

  it.each(["generate", "close"] as const)(
    "is read and written by both sides of the wire (%s)",
    async (backEnd) => {
      const on = make(backEnd);
      for (const json of [row.wire, ...(row.alsoRead ?? [])]) {
        returned = row.value;
        const response = await post(on, index, json);
        expect(await response.json()).toEqual(row.wire);
        expect(received).toEqual(row.value);
      }
      for (const [json, code] of row.refused) {
        const response = await post(on, index, json);
        const { errors } = (await response.json()) as { errors: { code: string }[] };
        expect([json, response.status, errors.some((issue) => issue.code === code) ? code : errors]).toEqual([
          json,
          422,
          code,
        ]);
      }
      for (const value of row.unsendable ?? []) {
        returned = value;
        expect((await post(on, index, row.wire)).status).toBe(500);
      }
    },
  );

  it("is the same to `encode` and `decode`", () => {
    expect(encode(row.schema as never, row.value)).toEqual(row.wire);
    expect(decode(row.schema as never, row.wire)).toEqual(row.value);
  });

  it("has a schema that says so", () => {
    const { request, response } = schemasOf(index);
    expect([request, response]).toEqual([asRequest(row.document), row.document]);
    expect(check(request, row.wire)).toBeUndefined();
    for (const json of row.alsoRead ?? []) {
      expect(check(request, json)).toBeUndefined();
    }
  });

  it("comes back to the client, whichever form the reply has", async () => {
    for (const accept of [RICH, "application/json"]) {
      let type = "";
      const api = createClient<App<{ rows: object }>>({
        fetch: async (request) => {
          const asked = new Request(request, { headers: { ...Object.fromEntries(request.headers), accept } });
          const response = await app.fetch(asked);
          type = response.headers.get("content-type") ?? "";
          return response;
        },
      });
      returned = row.value;
      const call = (api as unknown as Record<"rows", Record<string, Call>>).rows[`row${index}`] as Call;
      const result = await call({ value: clientValue });
      expect(received).toEqual(row.value);
      const isRevived = type.startsWith(RICH);
      expect(isRevived).toBe(accept === RICH && isRich(row));
      expect(result).toEqual(isRevived ? clientValue : row.wire);
    }
  });
});

/** A set takes an item that is sent twice, and never writes one twice. */
function asRequest(document: object): unknown {
  return JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    key === "uniqueItems" ? undefined : value,
  );
}

/** What JSON alone cannot say is what the client has otherwise than the wire. */
function isRich(row: WireRow): boolean {
  return (
    JSON.stringify(row.document).includes("x-tenon-type") ||
    "$ref" in row.document ||
    row.name === "big literal"
  );
}

it("writes a negative zero as zero, and reads it as JSON has it", () => {
  expect(JSON.stringify(encode(z.number(), -0))).toBe("0");
  expect(Object.is(decode(z.number(), JSON.parse("-0")), -0)).toBe(true);
});

it("is what the page about wire types says", async () => {
  await expect(documentation(WIRE_ROWS)).toMatchFileSnapshot("../../docs/wire-types.md");
});
