import type { FormField, RequestBody } from "@tenon/core";

/** What a form must keep to, in bytes and counts. */
export interface FormLimits {
  /** Of the whole request; 50 MiB by default. */
  readonly total: number;
  /** Of one file that says no `maxBytes`; 10 MiB by default. */
  readonly file: number;
  /** Of one text or JSON part, and of a urlencoded body; 1 MiB by default. */
  readonly text: number;
  /** Of the count of parts; 1000 by default. */
  readonly parts: number;
  /** Of a file in memory; what is larger goes to a temporary file. 1 MiB by default. */
  readonly memory: number;
  /** Of all files of a request together, where there is no file system; 16 MiB by default. */
  readonly memoryOnly: number;
}

const MIB = 1024 * 1024;

/** Limits by default. */
export const FORM_LIMITS: FormLimits = {
  total: 50 * MIB,
  file: 10 * MIB,
  text: MIB,
  parts: 1000,
  memory: MIB,
  memoryOnly: 16 * MIB,
};

/** The most of one part's headers; what comes after is not looked at. */
export const HEADER_BYTES: number = 16 * 1024;

/** What is known of a part before it arrives. */
export interface PartRule {
  readonly kind: FormField["kind"];
  readonly maxBytes: number;
  /** The media types that it may have; none for any. */
  readonly types: readonly string[];
}

/** What the reader of a form goes by. */
export interface FormRules {
  /** The rule for a part's name; undefined for one that nobody declared. */
  readonly ruleOf: (name: string) => PartRule | undefined;
  /** Names that nobody declared are kept, so that they can be refused. */
  readonly isStrict: boolean;
  readonly limits: FormLimits;
}

/** Compiles the rules of a form. Files that declare more than the usual total raise it, unless it was set for the operation. */
export function compileRules(
  body: RequestBody & { readonly kind: "form" },
  limits: FormLimits,
  bodyLimit: number | undefined,
): FormRules {
  const rules = new Map<string, PartRule>();
  let declared = limits.text;
  for (const field of body.fields.flatMap((each) => each.fields ?? [each])) {
    declared += field.maxBytes ?? 0;
    rules.set(field.name, {
      kind: field.kind,
      maxBytes: isText(field) ? limits.text : (field.maxBytes ?? limits.file),
      types: field.types,
    });
  }
  return {
    ruleOf: (name) => rules.get(name) ?? rules.get(outerName(name)),
    isStrict: body.isStrict,
    limits: { ...limits, total: bodyLimit ?? Math.max(limits.total, declared) },
  };
}

function isText({ kind }: FormField): boolean {
  return kind === "text" || kind === "json";
}

/** `filter` of `filter[name]`. */
function outerName(name: string): string {
  const bracket = name.indexOf("[");
  return bracket < 0 ? name : name.slice(0, bracket);
}
