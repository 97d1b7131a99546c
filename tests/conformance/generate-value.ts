import type { OpenAPIObject, SchemaObject } from "@tenon/core/openapi";
import { resolve } from "./documented.ts";
import type { SchemaCheck } from "./schema-check.ts";

/** Values for names that the application has to know: `{ slug: "a-title" }`. */
export type Known = Readonly<Record<string, unknown>>;

/** Makes values by the schemas of a document: the same ones each time. */
export class ValueGenerator {
  readonly #document: OpenAPIObject;
  readonly #check: SchemaCheck;

  constructor(document: OpenAPIObject, check: SchemaCheck) {
    this.#document = document;
    this.#check = check;
  }

  /** A value that fits. Throws where none can be made, so that nothing is left out unseen. */
  valid(schema: SchemaObject, known: Known = {}): unknown {
    const value = this.#make(schema, known, 0);
    const wrong = this.#check(schema, value);
    if (wrong !== undefined) {
      throw new Error(
        `cannot make a value: ${JSON.stringify(value)} for ${JSON.stringify(schema)}: ${wrong}`,
      );
    }
    return value;
  }

  /** JSON values that do not fit, by what is wrong with them. */
  invalid(schema: SchemaObject, value: unknown): readonly (readonly [reason: string, value: unknown])[] {
    const found = resolve<SchemaObject>(this.#document, schema);
    const outOfRange = boundaries(found).map((each) => ["out of range", each] as const);
    const wrongType = OTHER_TYPES.map((each) => ["wrong type", each] as const);
    const inside = this.#invalidInside(found, value);
    const picked = [wrongType, outOfRange.filter(([, each]) => typeof each === typeof value)].flatMap(
      (candidates) => candidates.filter(([, each]) => !this.#fits(schema, each)).slice(0, 2),
    );
    return [...picked, ...inside];
  }

  /** Texts of a parameter that do not fit, by what is wrong with them. */
  invalidTexts(schema: SchemaObject): readonly (readonly [reason: string, text: string])[] {
    const found = resolve<SchemaObject>(this.#document, schema);
    const fits = (text: string): boolean =>
      [text, readText(text)].some((each) => this.#check(schema, each) === undefined);
    const ranges = boundaries(found).map((each) => ["out of range", String(each)] as const);
    const picked = [[["wrong type", "§ nothing"] as const], ranges];
    return picked.flatMap((candidates) => candidates.filter(([, text]) => !fits(text)));
  }

  #fits(schema: SchemaObject, value: unknown): boolean {
    return this.#check(schema, value) === undefined;
  }

  #invalidInside(found: SchemaObject, value: unknown): readonly (readonly [string, unknown])[] {
    if (found.properties === undefined || typeof value !== "object" || value === null) {
      return [];
    }
    const object = value as Readonly<Record<string, unknown>>;
    const missing = (found.required ?? []).map((key) => {
      const { [key]: _left, ...rest } = object;
      return [`missing ${key}`, rest] as const;
    });
    const wrong = Object.entries(found.properties)
      .filter(([key]) => Object.hasOwn(object, key))
      .flatMap(([key, property]) =>
        this.invalid(property as SchemaObject, object[key]).map(
          ([reason, each]) => [`${key}: ${reason}`, { ...object, [key]: each }] as const,
        ),
      );
    const unknown =
      found.additionalProperties === false ? [["unknown key", { ...object, "§": 1 }] as const] : [];
    return [...missing, ...wrong, ...unknown].filter(([, each]) => !this.#fits(found, each));
  }

  #make(schema: SchemaObject, known: Known, depth: number): unknown {
    const found = resolve<SchemaObject>(this.#document, schema);
    const [example] = found.examples ?? [];
    if (example !== undefined || found.const !== undefined) {
      return example ?? found.const;
    }
    if (found.enum !== undefined) {
      return found.enum[0];
    }
    const [option] = found.anyOf ?? found.oneOf ?? [];
    if (option !== undefined) {
      return this.#make(option as SchemaObject, known, depth);
    }
    const parts = found.type === undefined ? (found.allOf ?? []) : [];
    if (parts.length > 0) {
      return Object.assign({}, ...parts.map((part) => this.#make(part as SchemaObject, known, depth)));
    }
    return this.#ofType(found, known, depth);
  }

  #ofType(found: SchemaObject, known: Known, depth: number): unknown {
    switch (Array.isArray(found.type) ? found.type[0] : found.type) {
      case "object":
        return this.#object(found, known, depth);
      case "array":
        return this.#array(found, known, depth);
      case "string":
        return this.#text(found);
      case "integer":
      case "number":
        return [number(found), found.default].find((each) => this.#fits(found, each));
      case "boolean":
        return true;
      case "null":
        return null;
      default:
        return "anything";
    }
  }

  #object(found: SchemaObject, known: Known, depth: number): unknown {
    const required = new Set(found.required ?? []);
    // Recursive schemas end where nothing is asked for any more.
    const keys = Object.keys(found.properties ?? {}).filter((key) => depth < 3 || required.has(key));
    const further = typeof found.additionalProperties === "object" ? found.additionalProperties : undefined;
    const names = [...required].filter((key) => !keys.includes(key));
    return Object.fromEntries([
      ...keys.map((key) => [
        key,
        Object.hasOwn(known, key)
          ? known[key]
          : this.#make(found.properties?.[key] as SchemaObject, known, depth + 1),
      ]),
      ...names.map((key) => [key, this.#make((further ?? {}) as SchemaObject, known, depth + 1)]),
    ]);
  }

  #array(found: SchemaObject, known: Known, depth: number): unknown {
    const first = (found.prefixItems ?? []).map((item) => this.#make(item as SchemaObject, known, depth + 1));
    const isEmpty = depth > 3 && (found.minItems ?? 0) === 0;
    const items = found.items as SchemaObject | undefined;
    const missing = Math.max(found.minItems ?? 0, isEmpty || found.maxItems === 0 ? 0 : 1) - first.length;
    const rest =
      items === undefined || missing <= 0
        ? []
        : Array.from({ length: missing }, () => this.#make(items, known, depth + 1));
    return [...first, ...rest];
  }

  #text(found: SchemaObject): string {
    const least = "x".repeat(found.minLength ?? 0);
    const text = [...TEXTS, least].find((each) => this.#fits(found, each));
    if (text === undefined) {
      throw new Error(`no text fits ${JSON.stringify(found)}: add one to TEXTS`);
    }
    return text;
  }
}

/** One of these fits every text that the applications ask for. */
const TEXTS = [
  "text",
  "a longer text of many words",
  "someone@example.com",
  "2026-01-02T03:04:05.000Z",
  "2026-01-02",
  "03:04:05",
  "https://example.com/",
  "0b0f8cc0-3d1a-4f7e-9c39-3f1f2a6f4f10",
  "12",
  "12cm",
  "AQID",
  "PT30S",
  "fixedquery",
];

const OTHER_TYPES: readonly unknown[] = [{ unlikely: "object" }, "§ nothing", 0.5, null, [[["nested"]]]];

function number({
  minimum,
  exclusiveMinimum,
  maximum,
  exclusiveMaximum,
  multipleOf = 1,
}: SchemaObject): number {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + multipleOf);
  const most = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - multipleOf);
  const from = least ?? Math.min(1, most ?? 1);
  return Math.ceil(from / multipleOf) * multipleOf;
}

/** Values just beyond what a schema admits. */
function boundaries(found: SchemaObject): readonly unknown[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength } = found;
  return [
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(exclusiveMaximum === undefined ? [] : [exclusiveMaximum]),
    ...(minLength === undefined || minLength === 0 ? [] : ["x".repeat(minLength - 1)]),
    ...(maxLength === undefined ? [] : ["x".repeat(maxLength + 1)]),
    ...(found.minItems === undefined || found.minItems === 0 ? [] : [[]]),
  ];
}

/** A text as the value that a parameter may mean by it. */
function readText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
