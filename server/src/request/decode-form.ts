import type { FormField, MaybePromise } from "@tenon/core";
import {
  decodeNode,
  decodeText,
  INVALID,
  readSchema,
  type SchemaIssue,
  type SchemaNode,
  type SchemaResult,
  type TextRules,
} from "@tenon/core/wire";
import { settleAll } from "../exchange/promise.ts";
import { type BackEnd, compileDecoder, compileTextDecoder } from "../validation/compile-schema.ts";
import { type BodyDecode, ISSUE_LIMIT } from "./decode-input.ts";
import type { FormParts } from "./form.ts";

interface FieldPlan {
  readonly field: FormField;
  readonly node: SchemaNode;
  readonly isList: boolean;
  readonly decode: (value: unknown) => unknown;
}

/** Compiles the decoding of a form body: each field by its own schema, texts by our grammar, JSON parts as JSON. */
export function compileForm(fields: readonly FormField[], backEnd: BackEnd, rules: TextRules): BodyDecode {
  const plans = fields.map((field): FieldPlan => {
    const node = readSchema(field.schema);
    return {
      field,
      node,
      isList: isList(node),
      decode:
        field.kind === "json" ? compileDecoder(node, backEnd) : compileTextDecoder(node, backEnd, rules),
    };
  });
  return {
    key: undefined,
    absent: undefined,
    decode: (raw) => decodeFields(plans, raw as FormParts),
    explain: (raw) => explainFields(plans, raw as FormParts, rules),
  };
}

function decodeFields(plans: readonly FieldPlan[], parts: FormParts): unknown {
  const input: Record<string, unknown> = {};
  for (const plan of plans) {
    const value = plan.decode(partOf(plan, parts));
    if (value === INVALID) {
      return INVALID;
    }
    if (value !== undefined) {
      input[plan.field.key] = value;
    }
  }
  return input;
}

function explainFields(
  plans: readonly FieldPlan[],
  parts: FormParts,
  rules: TextRules,
): MaybePromise<SchemaResult> {
  const results = plans.map(({ field, node, ...plan }) => {
    const part = partOf({ field, node, ...plan }, parts);
    return field.kind === "json"
      ? decodeNode(node, part, { issueLimit: ISSUE_LIMIT })
      : decodeText(node, part as string, { issueLimit: ISSUE_LIMIT, rules });
  });
  const conclude = (settled: readonly SchemaResult[]): SchemaResult => {
    const issues: SchemaIssue[] = [];
    const value: Record<string, unknown> = {};
    settled.forEach((result, index) => {
      const { field } = plans[index] as FieldPlan;
      if (!result.ok) {
        issues.push(...result.issues.map((issue) => ({ ...issue, path: [field.name, ...issue.path] })));
      } else if (result.value !== undefined) {
        value[field.key] = result.value;
      }
    });
    return issues.length === 0
      ? { ok: true, value }
      : { ok: false, issues: issues.slice(0, ISSUE_LIMIT), truncated: issues.length > ISSUE_LIMIT };
  };
  return settleAll(results, conclude);
}

/** The parts of a field's name: one as it is, several as a list. JSON parts are parsed; what is no JSON stays text, and is refused. */
function partOf({ field, isList }: FieldPlan, parts: FormParts): unknown {
  const values = parts.get(field.name);
  if (values === undefined) {
    return undefined;
  }
  const read = field.kind === "json" ? values.map(parseJson) : values;
  return isList || read.length > 1 ? read : read[0];
}

function parseJson(value: unknown): unknown {
  if (typeof value !== "string") {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isList(node: SchemaNode): boolean {
  let at: SchemaNode = node;
  while ("inner" in at) {
    at = at.inner;
  }
  return at.kind === "array" || at.kind === "set" || at.kind === "tuple";
}
