import type { MaybePromise } from "@tenon/core";
import {
  canBeDeep,
  decodeNode,
  decodeText,
  INVALID,
  isDelimited,
  itemsOf,
  type ParameterStyle,
  type SchemaNode,
  type SchemaResult,
  type TextInput,
  type TextRules,
} from "@tenon/core/wire";
import {
  type BackEnd,
  type Compiled,
  compileDecoder,
  compileTextDecoder,
} from "../validation/compile-schema.ts";
import { exceedsDepth } from "./json.ts";

/** One value that texts carry, by its style. */
export interface StyledValue {
  readonly node: SchemaNode;
  readonly style: ParameterStyle;
}

type Given = string | readonly string[] | undefined;

/** Compiles the decoding of what was fetched for a parameter or a form field. */
export function compileStyled({ node, style }: StyledValue, backEnd: BackEnd, rules: TextRules): Compiled {
  if (style === "json") {
    const decode = compileDecoder(node, backEnd);
    const isDeep = canBeDeep(node);
    return (given) => {
      const json = parse(given as Given, isDeep, rules);
      return json === INVALID ? INVALID : decode(json);
    };
  }
  const decode = compileTextDecoder(node, backEnd, rules);
  if (!isDelimited(style)) {
    return decode;
  }
  return (given) => {
    const items = given === undefined ? given : itemsOf(given as string, style, rules);
    return items === undefined && given !== undefined ? INVALID : decode(items);
  };
}

/** Says what is wrong with it, or decodes it where only time tells. */
export function explainStyled(
  { node, style }: StyledValue,
  given: unknown,
  rules: TextRules,
  issueLimit: number,
): MaybePromise<SchemaResult> {
  if (style === "json") {
    const json = parse(given as Given, canBeDeep(node), rules);
    return json === INVALID ? NO_JSON : decodeNode(node, json, { issueLimit });
  }
  if (!isDelimited(style) || given === undefined) {
    return decodeText(node, given as TextInput, { issueLimit, rules });
  }
  const items = itemsOf(given as string, style, rules);
  return items === undefined ? REPEATED : decodeText(node, items, { issueLimit, rules });
}

const REPEATED: SchemaResult = {
  ok: false,
  issues: [{ path: [], code: "repeated", message: "This value was given more than once" }],
  truncated: false,
};
const NO_JSON: SchemaResult = {
  ok: false,
  issues: [{ path: [], code: "format", message: "Expected JSON", format: "json" }],
  truncated: false,
};

function parse(given: Given, isDeep: boolean, { repeated }: TextRules): unknown {
  const text =
    typeof given === "object" && (given.length === 1 || repeated === "last") ? given.at(-1) : given;
  if (text === undefined) {
    return undefined;
  }
  if (typeof text !== "string" || (isDeep && exceedsDepth(text))) {
    return INVALID;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return INVALID;
  }
}
