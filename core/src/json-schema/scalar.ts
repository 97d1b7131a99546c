import type { SchemaObject, SchemaObjectType } from "openapi3-ts/oas31";
import { WIRE_TYPES } from "../wire/wire-type.ts";
import type { Check } from "../schema/check.ts";
import type { FileNode, LiteralValue, NumberNode, StringNode, ValuesNode } from "../schema/node.ts";

/** A string with its lengths, formats and the author's own patterns. */
export function writeString(node: StringNode): SchemaObject {
  const schema: SchemaObject = { type: "string" };
  const patterns: string[] = [];
  for (const check of node.checks) {
    switch (check.kind) {
      case "min_length":
        schema.minLength = Math.max(schema.minLength ?? 0, check.limit);
        break;
      case "max_length":
        schema.maxLength = Math.min(schema.maxLength ?? Infinity, check.limit);
        break;
      case "length":
        schema.minLength = check.limit;
        schema.maxLength = check.limit;
        break;
      case "starts_with":
        patterns.push(`^${escapePattern(check.text)}`);
        break;
      case "ends_with":
        patterns.push(`${escapePattern(check.text)}$`);
        break;
      case "includes":
        patterns.push(
          `${check.position === undefined ? "" : `^[\\s\\S]{${check.position},}`}${escapePattern(check.text)}`,
        );
        break;
      case "pattern":
      case "format":
        writeFormat(check, schema, patterns);
    }
  }
  return ordered(addPatterns(schema, patterns));
}

const ORDER =
  "type format contentEncoding minLength maxLength minimum exclusiveMinimum maximum exclusiveMaximum".split(
    " ",
  );

/** The keywords of a scalar in the order in which people read them, whatever the order of the checks. */
function ordered(schema: SchemaObject): SchemaObject {
  const first = ORDER.filter((key) => key in schema).map((key) => [key, schema[key as "type"]]);
  return { ...Object.fromEntries(first), ...schema };
}

/** What a document calls the formats of zod; formats that are missing here keep their name. */
const FORMATS: Readonly<Record<string, SchemaObject>> = {
  email: { format: "email" },
  guid: { format: "uuid" },
  uuid: { format: "uuid" },
  url: { format: WIRE_TYPES.url.format },
  datetime: { format: WIRE_TYPES.date.format },
  date: { format: "date" },
  // RFC 3339 wants an offset, which zod's times do not have; the name is of the OpenAPI format registry.
  time: { format: "time-local" },
  duration: { format: "duration" },
  ipv4: { format: "ipv4" },
  ipv6: { format: "ipv6" },
  hostname: { format: "hostname" },
  base64: { contentEncoding: "base64" },
  base64url: { contentEncoding: "base64url" },
  json_string: { contentMediaType: "application/json" },
};

/** Checks that are nothing but their pattern. */
const NAMELESS: ReadonlySet<string> = new Set(["regex", "lowercase", "uppercase"]);

function writeFormat(
  check: Check & { readonly kind: "pattern" | "format" },
  schema: SchemaObject,
  patterns: string[],
): void {
  const { format, pattern, source } = check;
  const known = FORMATS[format];
  // A local date-time may lack its offset, so no format fits it, and its pattern has to say what does.
  const isLocal = source._zod.def["local"] === true;
  if (known !== undefined && !isLocal) {
    Object.assign(schema, known);
    return;
  }
  const isNameless = NAMELESS.has(format);
  if (!isNameless && !isLocal) {
    schema.format = format;
  }
  // The patterns of zod's own formats are noise; the author's are not.
  const text = isNameless || isLocal || check.kind === "format" ? readPattern(pattern) : undefined;
  if (text !== undefined) {
    patterns.push(text);
  }
}

/** The source of a regular expression, where JSON Schema can say the same: without flags that change its meaning. */
export function readPattern(pattern: RegExp | undefined): string | undefined {
  if (pattern === undefined || /[imsv]/.test(pattern.flags)) {
    return undefined;
  }
  try {
    // Validators read patterns in Unicode mode (JSON Schema 2020-12, 6.4).
    return new RegExp(pattern.source, "u").source;
  } catch {
    return undefined;
  }
}

function addPatterns(schema: SchemaObject, patterns: readonly string[]): SchemaObject {
  const [first, ...others] = patterns;
  if (first !== undefined) {
    schema.pattern = first;
  }
  if (others.length > 0) {
    schema.allOf = others.map((pattern) => ({ pattern }));
  }
  return schema;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** A number with its limits; the limits of safe integers are the number format's own business. */
export function writeNumber(node: NumberNode): SchemaObject {
  const schema: SchemaObject = { type: node.isInteger ? "integer" : "number" };
  for (const check of node.checks) {
    switch (check.kind) {
      case "greater_than":
        raise(schema, Number(check.value), check.inclusive);
        break;
      case "less_than":
        lower(schema, Number(check.value), check.inclusive);
        break;
      case "multiple_of":
        schema.multipleOf = Number(check.divisor);
        break;
      case "number_format":
        writeNumberFormat(schema, check);
    }
  }
  return ordered(schema);
}

function raise(schema: SchemaObject, limit: number, isInclusive: boolean): void {
  if (limit >= Math.max(schema.minimum ?? -Infinity, schema.exclusiveMinimum ?? -Infinity)) {
    delete schema.minimum;
    delete schema.exclusiveMinimum;
    schema[isInclusive ? "minimum" : "exclusiveMinimum"] = limit;
  }
}

function lower(schema: SchemaObject, limit: number, isInclusive: boolean): void {
  if (limit <= Math.min(schema.maximum ?? Infinity, schema.exclusiveMaximum ?? Infinity)) {
    delete schema.maximum;
    delete schema.exclusiveMaximum;
    schema[isInclusive ? "maximum" : "exclusiveMaximum"] = limit;
  }
}

function writeNumberFormat(schema: SchemaObject, check: Check & { readonly kind: "number_format" }): void {
  switch (check.format) {
    case "int32":
    case "uint32":
      schema.format = check.format;
      raise(schema, check.minimum, true);
      lower(schema, check.maximum, true);
      break;
    case "float32":
      schema.format = "float";
      break;
    case "float64":
      schema.format = "double";
  }
}

/** The types that JSON writes as strings; `x-tenon-type` says what the typed client has in their place. */
export function writeTyped(kind: "date" | "bigint" | "url" | "bytes"): SchemaObject {
  switch (kind) {
    case "date":
      return { type: "string", format: WIRE_TYPES.date.format, "x-tenon-type": "Date" };
    case "url":
      return { type: "string", format: WIRE_TYPES.url.format, "x-tenon-type": "URL" };
    case "bigint":
      return { type: "string", pattern: "^-?(?:0|[1-9]\\d*)$", "x-tenon-type": "bigint" };
    case "bytes":
      return { type: "string", contentEncoding: WIRE_TYPES.bytes.format, "x-tenon-type": "Uint8Array" };
  }
}

/** Listed values: one as `const`, several as `enum`. */
export function writeValues(node: ValuesNode): SchemaObject {
  const values = node.values
    .filter((value) => value !== undefined)
    .map((value) => (typeof value === "bigint" ? String(value) : value));
  const [only] = values;
  if (values.length === 0 || only === undefined) {
    return { not: {} };
  }
  const types = [...new Set(values.map(typeOf))];
  const type = types.length === 1 ? (types[0] as SchemaObjectType) : types;
  return values.length === 1 ? { type, const: only } : { type, enum: values };
}

function typeOf(value: LiteralValue): SchemaObjectType {
  switch (typeof value) {
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return value === null ? "null" : "string";
  }
}

/** A file's bytes, the limits of their number (OpenAPI 3.1, 4.8.14.1), and its media type where the author allows just one. */
export function writeFile(node: FileNode): SchemaObject {
  const [type, ...others] = fileTypes(node);
  const isOne = type !== undefined && others.length === 0;
  const schema: SchemaObject = {
    type: "string",
    contentMediaType: isOne ? type : "application/octet-stream",
  };
  for (const check of node.checks) {
    if (check.kind === "min_size" || check.kind === "size") {
      schema.minLength = Math.max(schema.minLength ?? 0, check.limit);
    }
    if (check.kind === "max_size" || check.kind === "size") {
      schema.maxLength = Math.min(schema.maxLength ?? Infinity, check.limit);
    }
  }
  return schema;
}

/** The media types that a file schema takes; none where it takes any. */
export function fileTypes(node: FileNode): readonly string[] {
  return node.checks.flatMap((check) => (check.kind === "mime_type" ? check.types : []));
}
