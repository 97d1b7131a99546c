import { DefinitionError } from "../error/definition-error.ts";
import type { PlaceOptions } from "../procedure/place.ts";
import type { SchemaNode } from "../schema/node.ts";
import { readSchema } from "../schema/read-schema.ts";
import type { ParameterStyle } from "../wire/parameter-style.ts";
import type { ParameterLocation } from "./operation.ts";

/** What a text location has to carry: one text, a list of them, either, fields of one level, more than that, or a file. */
export type TextShape = "text" | "list" | "either" | "fields" | "deep" | "file";

/** The shape of a schema on the wire, as far as texts are concerned. */
export function textShape(node: SchemaNode, seen: ReadonlySet<SchemaNode> = new Set()): TextShape {
  if (seen.has(node)) {
    return "deep";
  }
  const within = new Set([...seen, node]);
  const shapes = (nodes: readonly SchemaNode[]): TextShape[] => nodes.map((each) => textShape(each, within));
  switch (node.kind) {
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return textShape(node.inner, within);
    case "codec":
    case "pipe":
    case "preprocess":
      return textShape(node.in, within);
    case "array":
    case "set":
      return whole("list", shapes([node.element]));
    case "tuple":
      return whole("list", shapes(node.rest === undefined ? node.items : [...node.items, node.rest]));
    case "object":
      return whole("fields", shapes(node.properties.map((property) => property.node)));
    case "record":
      return whole("fields", shapes([node.value]));
    case "discriminatedUnion":
      return whole("fields", shapes(node.options.map((option) => option.node)), "fields");
    case "intersection":
      return whole("fields", shapes([node.left, node.right]), "fields");
    case "union":
      return mixed(shapes(node.options));
    case "map":
      return "deep";
    case "file":
      return "file";
    default:
      return "text";
  }
}

function whole(shape: TextShape, parts: readonly TextShape[], wanted: TextShape = "text"): TextShape {
  return parts.includes("file") ? "file" : parts.every((part) => part === wanted) ? shape : "deep";
}

function mixed(parts: readonly TextShape[]): TextShape {
  const [first = "text", ...others] = new Set(parts);
  if (others.length === 0) {
    return first;
  }
  return parts.every((part) => part === "text" || part === "list" || part === "either") ? "either" : "deep";
}

/** Tells whether a schema takes null anywhere, except where null is what absence means. */
export function takesNull(node: SchemaNode, seen: Set<SchemaNode> = new Set()): boolean {
  if (seen.has(node)) {
    return false;
  }
  seen.add(node);
  switch (node.kind) {
    case "nullable":
    case "null":
      return true;
    case "literal":
      return node.values.includes(null);
    case "union":
      return node.options.some((option) => takesNull(option, seen));
    case "default":
      return node.makeValue() !== null && takesNull(node.inner, seen);
    case "optional":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "prefault":
    case "catch":
      return takesNull(node.inner, seen);
    case "array":
    case "set":
      return takesNull(node.element, seen);
    case "object":
      return node.properties.some((property) => takesNull(property.node, seen));
    case "record":
      return takesNull(node.value, seen);
    default:
      return false;
  }
}

/** What to write instead of null in a text location. */
export const NO_NULL =
  "where no text says null: write .optional(), or .nullable().default(null) where null means that it is not there";

/** The style of a parameter, by its schema, its location and what its tag says. Throws where it has none. */
export function styleOf(
  location: ParameterLocation,
  name: string,
  schema: unknown,
  options: PlaceOptions,
  isCatchAll: boolean,
  id: string,
): ParameterStyle {
  const node = readSchema(schema);
  const refuse = (why: string): DefinitionError =>
    new DefinitionError("UNSUPPORTED_PARAMETER", `'${id}' reads '${name}' from the ${location}, ${why}`);
  if (options.style === "json") {
    return "json";
  }
  if (takesNull(node)) {
    throw refuse(NO_NULL);
  }
  const shape = textShape(node);
  switch (shape) {
    case "file":
      throw refuse("which carries no files: tag it with file()");
    case "deep":
      throw refuse(
        location === "query"
          ? "where a value of several levels has no text form: tag it with query.json(…), or move it to the body"
          : "where a value of several levels has no text form: move it to the query or the body",
      );
    case "fields":
      if (location !== "query") {
        throw refuse(
          "where an object has no text form: leave out its name to make its fields parameters, or move it to the body",
        );
      }
      return checked("deepObject", options, ["deepObject"], refuse);
    case "either":
    case "list":
      return listStyle(location, shape, options, isCatchAll, refuse);
    case "text":
      return checked("single", options, [], refuse);
  }
}

function listStyle(
  location: ParameterLocation,
  shape: "either" | "list",
  options: PlaceOptions,
  isCatchAll: boolean,
  refuse: (why: string) => DefinitionError,
): ParameterStyle {
  if (location === "query") {
    const style = options.style ?? (options.explode === false ? "csv" : "repeated");
    return checked(style, options, ["csv", "spaceDelimited", "pipeDelimited", "form"], refuse);
  }
  if (shape === "either") {
    throw refuse("where one text and a list of one look the same: choose one of them");
  }
  switch (location) {
    case "path":
      return isCatchAll ? "segments" : "csv";
    case "header":
      return "list";
    case "cookie":
      return "csv";
  }
}

function checked(
  style: ParameterStyle | "form",
  options: PlaceOptions,
  allowed: readonly string[],
  refuse: (why: string) => DefinitionError,
): ParameterStyle {
  if (options.style !== undefined && !allowed.includes(options.style)) {
    throw refuse(`where its schema cannot have the style '${options.style}'`);
  }
  return style === "form" ? (options.explode === false ? "csv" : "repeated") : style;
}
