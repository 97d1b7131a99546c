import type { FormField, MaybePromise, RequestBody } from "@tenon/core";
import {
  decodeNode,
  decodeText,
  INVALID,
  readSchema,
  type SchemaIssue,
  type SchemaNode,
  type SchemaResult,
  type TextInput,
  type TextRules,
} from "@tenon/core/wire";
import { settleAll } from "../exchange/promise.ts";
import type { FormParts } from "../upload/form-parts.ts";
import { type BackEnd, compileDecoder, compileTextDecoder } from "../validation/compile-schema.ts";
import { type BodyDecode, ISSUE_LIMIT } from "./decode-input.ts";
import { compilePart, NOT_JSON, type ReadPart } from "./form-part.ts";

interface FieldPlan {
  readonly key: string;
  readonly isText: boolean;
  readonly isStream: boolean;
  readonly node: SchemaNode;
  /** Where its issues are: its name, or nothing for a model, whose fields are parts of their own. */
  readonly path: readonly string[];
  readonly read: ReadPart;
  readonly decode: (value: unknown) => unknown;
}

interface FormPlan {
  readonly fields: readonly FieldPlan[];
  /** Tells names that somebody declared; undefined where others are dropped. */
  readonly isKnown: ((name: string) => boolean) | undefined;
}

/** Compiles the decoding of a form body: each field by its own schema, texts by our grammar, JSON parts as JSON. */
export function compileForm(
  body: RequestBody & { readonly kind: "form" },
  backEnd: BackEnd,
  rules: TextRules,
): BodyDecode {
  const readers = body.fields.map(compilePart);
  const plan: FormPlan = {
    fields: body.fields.map((field, index) => planField(field, readers[index] as ReadPart, backEnd, rules)),
    isKnown: body.isStrict ? (name) => readers.some((reader) => reader.claims(name)) : undefined,
  };
  return {
    key: undefined,
    absent: undefined,
    decode: (raw) => decodeFields(plan, raw as FormParts),
    explain: (raw) => explainFields(plan, raw as FormParts, rules),
  };
}

function planField(field: FormField, read: ReadPart, backEnd: BackEnd, rules: TextRules): FieldPlan {
  const node = readSchema(field.schema);
  const isStream = field.kind === "file-stream";
  const isText = field.kind !== "json";
  return {
    key: field.key,
    isText,
    isStream,
    node,
    path: read.path,
    read,
    decode: isStream
      ? isArriving
      : isText
        ? compileTextDecoder(node, backEnd, rules)
        : compileDecoder(node, backEnd),
  };
}

/** What arrives while the handler reads it has no schema to decode it by. */
function isArriving(value: unknown): unknown {
  return typeof value === "object" ? value : INVALID;
}

function decodeFields({ fields, isKnown }: FormPlan, parts: FormParts): unknown {
  const input: Record<string, unknown> = {};
  for (const { key, read, decode } of fields) {
    const part = read.from(parts);
    const value = part === NOT_JSON ? INVALID : decode(part);
    if (value === INVALID) {
      return INVALID;
    }
    if (value !== undefined) {
      input[key] = value;
    }
  }
  if (isKnown !== undefined) {
    for (const name in parts) {
      if (!isKnown(name)) {
        return INVALID;
      }
    }
  }
  return input;
}

function explainFields(
  { fields, isKnown }: FormPlan,
  parts: FormParts,
  rules: TextRules,
): MaybePromise<SchemaResult> {
  const conclude = (settled: readonly SchemaResult[]): SchemaResult => {
    const issues: SchemaIssue[] = [];
    const value: Record<string, unknown> = {};
    settled.forEach((result, index) => {
      const { key, path } = fields[index] as FieldPlan;
      if (!result.ok) {
        issues.push(...result.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
      } else if (result.value !== undefined) {
        value[key] = result.value;
      }
    });
    for (const name of isKnown === undefined ? [] : Object.keys(parts)) {
      if (isKnown?.(name) === false) {
        issues.push({ path: [name], code: "unknown_key", message: "This key is not expected here" });
      }
    }
    return issues.length === 0
      ? { ok: true, value }
      : { ok: false, issues: issues.slice(0, ISSUE_LIMIT), truncated: issues.length > ISSUE_LIMIT };
  };
  return settleAll(
    fields.map((field) => explainField(field, parts, rules)),
    conclude,
  );
}

function explainField(
  { node, read, isText, isStream }: FieldPlan,
  parts: FormParts,
  rules: TextRules,
): MaybePromise<SchemaResult> {
  const part = read.from(parts);
  if (part === NOT_JSON) {
    return refused({ path: [], code: "format", message: "This part is no valid JSON", format: "json" });
  }
  if (read.isRepeated?.(parts) === true) {
    return refused({ path: [], code: "repeated", message: "This value was given more than once" });
  }
  if (isStream) {
    return isArriving(part) === INVALID
      ? refused(
          part === undefined
            ? { path: [], code: "missing", message: "A value is required" }
            : { path: [], code: "type", message: "Expected file", expected: "file" },
        )
      : { ok: true, value: part };
  }
  return isText
    ? decodeText(node, part as TextInput, { issueLimit: ISSUE_LIMIT, rules })
    : decodeNode(node, part, { issueLimit: ISSUE_LIMIT });
}

function refused(issue: SchemaIssue): SchemaResult {
  return { ok: false, issues: [issue], truncated: false };
}
