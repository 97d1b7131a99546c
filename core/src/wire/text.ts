import type { MaybePromise, SchemaIssue, SchemaResult } from "../schema/issue.ts";
import type { DiscriminatedUnionNode, SchemaNode } from "../schema/node.ts";
import { type DecodeOptions, decodeNode } from "./decode.ts";
import { isObject } from "./object-value.ts";
import { readBoolean, readLiteral, readNumber } from "./text-scalar.ts";
import { takesAnyText, textView } from "./text-view.ts";

/**
 * What a text location carries for one input: a text, the same name several times, fields by name (`deepObject`,
 * parameter models, forms), a file, or nothing.
 */
export type TextInput = string | readonly TextInput[] | TextFields | Blob | undefined;

export interface TextFields {
  readonly [key: string]: TextInput;
}

/** Decodes texts by a node: each text is read by the declared type, and the result is decoded like JSON. */
export function decodeText(
  node: SchemaNode,
  text: TextInput,
  options: DecodeOptions = {},
): MaybePromise<SchemaResult> {
  const view = textView(node);
  const issues: SchemaIssue[] = [];
  const json = lowerText(view, text, [], issues);
  return issues.length > 0 ? { ok: false, issues, truncated: false } : decodeNode(view, json, options);
}

/**
 * Turns texts into the JSON that they spell. A text that does not spell what the node wants stays a text, which
 * decoding then refuses. `node` is a text view.
 */
export function lowerText(
  node: SchemaNode,
  text: TextInput,
  path: readonly (string | number)[],
  issues: SchemaIssue[],
): unknown {
  if (text === undefined) {
    return undefined;
  }
  switch (node.kind) {
    case "array":
    case "set":
      return listOf(text).map((item, index) => lowerText(node.element, item, [...path, index], issues));
    case "tuple":
      return listOf(text).map((item, index) => {
        const element = node.items[index] ?? node.rest;
        return element === undefined ? item : lowerText(element, item, [...path, index], issues);
      });
    case "optional":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return lowerText(node.inner, text, path, issues);
    case "nullable":
      return text === "null" && !takesAnyText(node.inner) ? null : lowerText(node.inner, text, path, issues);
    case "codec":
    case "pipe":
      return lowerText(node.in, text, path, issues);
    case "union":
      return lowerUnion(node.options, text, path, issues);
    case "discriminatedUnion":
    case "object":
    case "record":
    case "intersection":
      return isFields(text) ? lowerFields(node, text, path, issues) : lowerScalar(node, text, path, issues);
    default:
      return lowerScalar(node, text, path, issues);
  }
}

function lowerScalar(
  node: SchemaNode,
  text: TextInput,
  path: readonly (string | number)[],
  issues: SchemaIssue[],
): unknown {
  const single = Array.isArray(text) && text.length < 2 ? (text[0] as TextInput) : text;
  // Kinds that Tenon does not know are given all that came.
  if (Array.isArray(single) && !(takesAnyText(node) && node.kind !== "string")) {
    const message = "This value was given more than once";
    issues.push({ path: [...path], code: "repeated", message });
    return undefined;
  }
  if (typeof single !== "string") {
    return single;
  }
  switch (node.kind) {
    case "number":
      return readNumber(single);
    case "boolean":
      return readBoolean(single);
    case "literal":
    case "enum":
      return readLiteral(single, node.values);
    case "null":
      return single === "null" ? null : single;
    default:
      return single;
  }
}

/** The JSON of the first option that the text fits; the text itself when it fits none. */
function lowerUnion(
  options: readonly SchemaNode[],
  text: TextInput,
  path: readonly (string | number)[],
  issues: SchemaIssue[],
): unknown {
  for (const option of options) {
    const found: SchemaIssue[] = [];
    const json = lowerText(option, text, path, found);
    if (found.length === 0) {
      const result = decodeNode(option, json, { issueLimit: 1 });
      // What only time will tell is taken to fit; the answer comes when the whole is decoded.
      if (result instanceof Promise || result.ok) {
        return json;
      }
    }
  }
  const [first] = options;
  return first === undefined ? text : lowerScalar(first, text, path, issues);
}

function lowerFields(
  node: SchemaNode,
  fields: TextFields,
  path: readonly (string | number)[],
  issues: SchemaIssue[],
): Record<string, unknown> {
  switch (node.kind) {
    case "object": {
      const lowered: Record<string, unknown> = { ...fields };
      for (const { key, node: property } of node.properties) {
        if (Object.hasOwn(fields, key)) {
          lowered[key] = lowerText(property, fields[key], [...path, key], issues);
        }
      }
      return lowered;
    }
    case "record": {
      const entries = Object.entries(fields);
      return Object.fromEntries(
        entries.map(([key, text]) => [key, lowerText(node.value, text, [...path, key], issues)]),
      );
    }
    case "intersection": {
      const left = lowerFieldsOf(node.left, fields, path, issues);
      const right = lowerFieldsOf(node.right, fields, path, issues);
      const changed = Object.entries(left).filter(([key, value]) => value !== fields[key]);
      return { ...right, ...Object.fromEntries(changed) };
    }
    case "discriminatedUnion": {
      const option = optionByText(node, fields);
      return option === undefined ? { ...fields } : lowerFieldsOf(option, fields, path, issues);
    }
    default:
      return { ...fields };
  }
}

function lowerFieldsOf(
  node: SchemaNode,
  fields: TextFields,
  path: readonly (string | number)[],
  issues: SchemaIssue[],
): Record<string, unknown> {
  const lowered = lowerText(node, fields, path, issues);
  return isObject(lowered) ? { ...lowered } : { ...fields };
}

function optionByText(node: DiscriminatedUnionNode, fields: TextFields): SchemaNode | undefined {
  const text = fields[node.discriminator];
  return node.options.find(({ tags }) => tags.some((tag) => tag !== undefined && String(tag) === text))?.node;
}

function listOf(text: TextInput): readonly TextInput[] {
  return Array.isArray(text) ? text : [text];
}

function isFields(text: TextInput): text is TextFields {
  return isObject(text) && !(typeof Blob === "function" && text instanceof Blob);
}
