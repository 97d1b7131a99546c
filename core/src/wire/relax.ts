import type { SchemaNode } from "../schema/node.ts";
import { literalOnWire } from "./decode-scalar.ts";
import { isObject } from "./object-value.ts";
import { readerOf, readLiteral, type ScalarGrammar } from "./text-rules.ts";

/**
 * Reads the scalars of JSON by a grammar before they are decoded (`"50.5"` for a number), for applications that are as
 * lenient in bodies as in texts. What is not read stays as it is; decoding has the last word.
 */
export function relax(node: SchemaNode, json: unknown, grammar: ScalarGrammar): unknown {
  switch (node.kind) {
    case "array":
    case "set":
      return Array.isArray(json) ? json.map((item) => relax(node.element, item, grammar)) : json;
    case "tuple":
      return Array.isArray(json) ? json.map((item, index) => relaxItem(node, item, index, grammar)) : json;
    case "map":
      return Array.isArray(json) ? json.map((entry) => relaxEntry(node, entry, grammar)) : json;
    case "object":
    case "record":
      return isObject(json) ? relaxFields(node, json, grammar) : json;
    case "discriminatedUnion": {
      const tag = isObject(json) ? json[node.discriminator] : undefined;
      const option = node.options.find(({ tags }) => tags.some((known) => literalOnWire(known) === tag));
      return option === undefined ? json : relax(option.node, json, grammar);
    }
    case "literal":
    case "enum":
      return typeof json === "string" ? readLiteral(json, node, grammar) : json;
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
    case "default":
    case "prefault":
    case "catch":
      return json === undefined || json === null ? json : relax(node.inner, json, grammar);
    case "codec":
    case "pipe":
      return relax(node.in, json, grammar);
    default:
      return typeof json === "object" ? json : (readerOf(grammar, node)?.(json) ?? json);
  }
}

type Kind<Name extends SchemaNode["kind"]> = SchemaNode & { readonly kind: Name };

function relaxItem(node: Kind<"tuple">, item: unknown, index: number, grammar: ScalarGrammar): unknown {
  const element = node.items[index] ?? node.rest;
  return element === undefined ? item : relax(element, item, grammar);
}

function relaxEntry(node: Kind<"map">, entry: unknown, grammar: ScalarGrammar): unknown {
  return Array.isArray(entry) && entry.length === 2
    ? [relax(node.key, entry[0], grammar), relax(node.value, entry[1], grammar)]
    : entry;
}

/** Keys stay where they are, `__proto__` among them: decoding refuses it. */
function relaxFields(
  node: Kind<"object"> | Kind<"record">,
  json: Readonly<Record<string, unknown>>,
  grammar: ScalarGrammar,
): unknown {
  const nodeOf =
    node.kind === "record"
      ? () => node.value
      : (key: string) => node.properties.find((property) => property.key === key)?.node;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      const part = nodeOf(key);
      return [key, part === undefined ? value : relax(part, value, grammar)];
    }),
  );
}
