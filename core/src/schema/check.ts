/** One check of a schema: a known constraint, an overwrite, or something only the schema library can judge. */
export type Check = (
  | { readonly kind: "min_length" | "max_length" | "length"; readonly limit: number }
  | { readonly kind: "min_size" | "max_size" | "size"; readonly limit: number }
  | {
      readonly kind: "greater_than" | "less_than";
      readonly value: number | bigint | Date;
      readonly inclusive: boolean;
    }
  | { readonly kind: "multiple_of"; readonly divisor: number | bigint }
  | {
      readonly kind: "number_format";
      readonly format: string;
      readonly isInteger: boolean;
      readonly minimum: number;
      readonly maximum: number;
    }
  | {
      readonly kind: "bigint_format";
      readonly format: string;
      readonly minimum: bigint;
      readonly maximum: bigint;
    }
  /** Judged by its pattern and nothing else. */
  | { readonly kind: "pattern"; readonly format: string; readonly pattern: RegExp }
  /** A string format with rules beyond a pattern; `url` may also rewrite the value. */
  | { readonly kind: "format"; readonly format: string; readonly pattern: RegExp | undefined }
  | { readonly kind: "includes"; readonly text: string; readonly position: number | undefined }
  | { readonly kind: "starts_with" | "ends_with"; readonly text: string }
  | { readonly kind: "mime_type"; readonly types: readonly string[] }
  /** Replaces the value: `trim`, `toLowerCase`, `normalize`, `overwrite`. */
  | { readonly kind: "overwrite"; readonly overwrite: (value: unknown) => unknown }
  /** `refine`, `superRefine`, `check`, …: only running it tells, and it may be asynchronous. */
  | { readonly kind: "opaque" }
) &
  CheckBase;

interface CheckBase {
  /** The schema library's own check, which makes the issues. */
  readonly source: ZodCheck;
}

/** The part of zod's check objects that Tenon relies on. */
export interface ZodCheck {
  readonly _zod: {
    readonly def: ZodCheckDefinition;
    readonly traits?: ReadonlySet<string>;
    readonly check?: (payload: Payload) => unknown;
  };
}

export interface ZodCheckDefinition {
  readonly check?: string;
  readonly abort?: boolean;
  readonly when?: (payload: Payload) => boolean;
  readonly error?: (issue: unknown) => unknown;
  readonly [key: string]: unknown;
}

/** The payload that zod hands to checks, transforms and codecs. */
export interface Payload {
  value: unknown;
  issues: unknown[];
  aborted?: boolean;
}
