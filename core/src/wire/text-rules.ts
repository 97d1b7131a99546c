import type { SchemaNode, ValuesNode } from "../schema/node.ts";
import { readBoolean, readNumber } from "./text-scalar.ts";

/**
 * How one kind of scalar is read: made once for a node, so that what depends on its schema is decided before the first
 * request. What spells nothing of the kind is given back as it is, and decoding refuses it.
 */
export type MakeReader = (node: SchemaNode) => (sent: unknown) => unknown;

/** Readers by kind; kinds that are not named are taken as they were sent. */
export interface ScalarGrammar {
  readonly number?: MakeReader;
  readonly boolean?: MakeReader;
  readonly string?: MakeReader;
  readonly date?: MakeReader;
  readonly bigint?: MakeReader;
}

/** How text locations are read: the grammar of their scalars, and what a name that comes twice means for one of them. */
export interface TextRules {
  readonly grammar: ScalarGrammar;
  /** A scalar that is given more than once is an issue, or its last value counts. */
  readonly repeated: "refuse" | "last";
  /** What an issue calls the field of a header model: the header's name, or the field's. */
  readonly headerFields: "name" | "field";
  /** Headers that a strict header model does not name, beside those that every client and proxy adds: nothing to it, or issues. */
  readonly strayHeaders: "ignore" | "refuse";
}

/** Tenon's own rules: numbers as JSON spells them, eight words for booleans, and no value is dropped unseen. */
export const TEXT_RULES: TextRules = Object.freeze({
  grammar: Object.freeze({
    number: () => readNumber as (sent: unknown) => unknown,
    boolean: () => readBoolean as (sent: unknown) => unknown,
  }),
  repeated: "refuse",
  headerFields: "name",
  strayHeaders: "ignore",
});

/** The reader of a node's kind under a grammar; undefined for kinds that are taken as they were sent. */
export function readerOf(grammar: ScalarGrammar, node: SchemaNode): ((sent: unknown) => unknown) | undefined {
  switch (node.kind) {
    case "number":
    case "boolean":
    case "string":
    case "date":
    case "bigint":
      return grammar[node.kind]?.(node);
    default:
      return undefined;
  }
}

/** Reads one of the listed values by its text; any other text stays a text. */
export function readLiteral(text: string, node: ValuesNode, grammar: ScalarGrammar): unknown {
  for (const value of node.values) {
    if (typeof value === "string" || typeof value === "bigint") {
      if (text === String(value)) {
        return text;
      }
    } else if (typeof value === "number" && grammar.number?.(node)(text) === value) {
      return value;
    } else if (typeof value === "boolean" && grammar.boolean?.(node)(text) === value) {
      return value;
    } else if (value === null && text === "null") {
      return null;
    }
  }
  return text;
}
