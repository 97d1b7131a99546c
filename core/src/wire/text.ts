import type { MaybePromise, SchemaIssue, SchemaResult } from "../schema/issue.ts";
import type { DiscriminatedUnionNode, SchemaNode } from "../schema/node.ts";
import { type DecodeOptions, decodeNode } from "./decode.ts";
import { isObject } from "./object-value.ts";
import { readerOf, readLiteral, TEXT_RULES, type TextRules } from "./text-rules.ts";
import { takesAnyText, textView } from "./text-view.ts";

/**
 * What a text location carries for one input: a text, the same name several times, fields by name (`deepObject`,
 * parameter models, forms), a file, or nothing.
 */
export type TextInput = string | readonly TextInput[] | TextFields | Blob | undefined;

export interface TextFields {
  readonly [key: string]: TextInput;
}

export interface TextOptions extends DecodeOptions {
  readonly rules?: TextRules;
}

/** Decodes texts by a node: each text is read by the declared type, and the result is decoded like JSON. */
export function decodeText(
  node: SchemaNode,
  text: TextInput,
  { rules = TEXT_RULES, ...options }: TextOptions = {},
): MaybePromise<SchemaResult> {
  const view = textView(node);
  const lowering: Lowering = { issues: [], rules };
  const json = lowerText(view, text, [], lowering);
  return lowering.issues.length > 0
    ? { ok: false, issues: lowering.issues, truncated: false }
    : decodeNode(view, json, options);
}

/** What one lowering follows, and what it complains about. */
export interface Lowering {
  readonly rules: TextRules;
  readonly issues: SchemaIssue[];
}

/**
 * Turns texts into the JSON that they spell. A text that does not spell what the node wants stays a text, which
 * decoding then refuses. `node` is a text view.
 */
export function lowerText(
  node: SchemaNode,
  text: TextInput,
  path: readonly (string | number)[],
  lowering: Lowering,
): unknown {
  if (text === undefined) {
    return undefined;
  }
  switch (node.kind) {
    case "array":
    case "set":
      return listOf(text).map((item, index) => lowerText(node.element, item, [...path, index], lowering));
    case "tuple":
      return listOf(text).map((item, index) => {
        const element = node.items[index] ?? node.rest;
        return element === undefined ? item : lowerText(element, item, [...path, index], lowering);
      });
    case "optional":
    // No text says null: a schema that takes it is refused where it is defined, or means absence by it.
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return lowerText(node.inner, text, path, lowering);
    case "codec":
    case "pipe":
      return lowerText(node.in, text, path, lowering);
    case "union":
      return lowerUnion(node.options, text, path, lowering);
    case "discriminatedUnion":
    case "object":
    case "record":
    case "intersection":
      return isFields(text)
        ? lowerFields(node, text, path, lowering)
        : lowerScalar(node, text, path, lowering);
    default:
      return lowerScalar(node, text, path, lowering);
  }
}

function lowerScalar(
  node: SchemaNode,
  text: TextInput,
  path: readonly (string | number)[],
  lowering: Lowering,
): unknown {
  const { grammar, repeated } = lowering.rules;
  const isOne = Array.isArray(text) && (text.length < 2 || (repeated === "last" && !takesAll(node)));
  const single = isOne ? (text.at(-1) as TextInput) : text;
  // Kinds that Tenon does not know are given all that came.
  if (Array.isArray(single) && !takesAll(node)) {
    const message = "This value was given more than once";
    lowering.issues.push({ path: [...path], code: "repeated", message });
    return undefined;
  }
  if (typeof single !== "string") {
    return single;
  }
  switch (node.kind) {
    case "literal":
    case "enum":
      return readLiteral(single, node, grammar);
    case "null":
      return single === "null" ? null : single;
    default:
      return readerOf(grammar, node)?.(single) ?? single;
  }
}

function takesAll(node: SchemaNode): boolean {
  return takesAnyText(node) && node.kind !== "string";
}

/** The JSON of the first option that the text fits; the text itself when it fits none. */
function lowerUnion(
  options: readonly SchemaNode[],
  text: TextInput,
  path: readonly (string | number)[],
  lowering: Lowering,
): unknown {
  for (const option of options) {
    const attempt: Lowering = { ...lowering, issues: [] };
    const json = lowerText(option, text, path, attempt);
    if (attempt.issues.length === 0) {
      const result = decodeNode(option, json, { issueLimit: 1 });
      // What only time will tell is taken to fit; the answer comes when the whole is decoded.
      if (result instanceof Promise || result.ok) {
        return json;
      }
    }
  }
  const [first] = options;
  return first === undefined ? text : lowerScalar(first, text, path, lowering);
}

function lowerFields(
  node: SchemaNode,
  fields: TextFields,
  path: readonly (string | number)[],
  lowering: Lowering,
): Record<string, unknown> {
  switch (node.kind) {
    case "object": {
      const lowered: Record<string, unknown> = { ...fields };
      for (const { key, node: property } of node.properties) {
        if (Object.hasOwn(fields, key)) {
          lowered[key] = lowerText(property, fields[key], [...path, key], lowering);
        }
      }
      return lowered;
    }
    case "record": {
      const entries = Object.entries(fields);
      return Object.fromEntries(
        entries.map(([key, text]) => [key, lowerText(node.value, text, [...path, key], lowering)]),
      );
    }
    case "intersection": {
      const left = lowerFieldsOf(node.left, fields, path, lowering);
      const right = lowerFieldsOf(node.right, fields, path, lowering);
      const changed = Object.entries(left).filter(([key, value]) => value !== fields[key]);
      return { ...right, ...Object.fromEntries(changed) };
    }
    case "discriminatedUnion": {
      const option = optionByText(node, fields);
      return option === undefined ? { ...fields } : lowerFieldsOf(option, fields, path, lowering);
    }
    default:
      return { ...fields };
  }
}

function lowerFieldsOf(
  node: SchemaNode,
  fields: TextFields,
  path: readonly (string | number)[],
  lowering: Lowering,
): Record<string, unknown> {
  const lowered = lowerText(node, fields, path, lowering);
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
