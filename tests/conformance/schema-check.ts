import type { OpenAPIObject, SchemaObject } from "@tenon/core/openapi";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** Says what is wrong with a value; undefined where nothing is. */
export type SchemaCheck = (schema: object, value: unknown) => string | undefined;

/** Checks values against schemas of a document with ajv, in the dialect of OpenAPI 3.1. */
export function schemaCheck(document: OpenAPIObject): SchemaCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addFormat("time-local", /^\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/);
  ajv.addFormat("uint32", {
    type: "number",
    validate: (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 32,
  });
  // A mere annotation to ajv, but a promise to our readers.
  ajv.removeKeyword("contentEncoding");
  ajv.addKeyword({ keyword: "contentEncoding", type: "string", validate: isEncoded });
  const { components } = document;
  const compiled = new Map<object, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      // References are relative to the document; its components go along instead.
      validate = ajv.compile({ ...schema, components });
      compiled.set(schema, validate);
    }
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "" });
  };
}

function isEncoded(encoding: string, text: string): boolean {
  return encoding === "base64"
    ? /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    : /^[A-Za-z0-9_-]*$/.test(text);
}

/**
 * A copy of a document whose object schemas admit no key beyond those that they name. JSON Schema lets any key pass, so an
 * undocumented one would never be seen; what a schema says about further keys stays.
 */
export function closeSchemas(document: OpenAPIObject): OpenAPIObject {
  const open = new Set(
    [...JSON.stringify(document).matchAll(/"allOf":\[([^\]]*)\]/g)].flatMap(([, members = ""]) =>
      [...members.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name),
    ),
  );
  const { components = {}, ...rest } = document;
  const { schemas = {}, ...others } = components;
  const closed = Object.entries(schemas).map(([name, schema]) => [name, close(schema, open.has(name))]);
  return {
    ...(close(rest, false) as Omit<OpenAPIObject, "components">),
    components: {
      ...(close(others, false) as object),
      schemas: Object.fromEntries(closed) as Record<string, SchemaObject>,
    },
  };
}

/** `isPart`: one of several schemas that hold at once, so that the others may name the keys. */
function close(value: unknown, isPart: boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => close(item, isPart));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [
      key,
      key === "properties" ? closeEach(part) : close(part, key === "allOf"),
    ]),
  );
  const names = "properties" in value || "allOf" in value;
  return names && !isPart && !("additionalProperties" in value)
    ? { ...copy, unevaluatedProperties: false }
    : copy;
}

function closeEach(properties: unknown): unknown {
  return Object.fromEntries(
    Object.entries(properties as object).map(([name, schema]) => [name, close(schema, false)]),
  );
}
