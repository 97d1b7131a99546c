/**
 * One complaint about a value. It says where and what was expected, with the constraint's own values, and
 * never what was received.
 */
export interface SchemaIssue {
  /** Where, in the data as the caller wrote it. */
  path: (string | number)[];
  readonly code: IssueCode;
  readonly message: string;
  /** For `type`: what was expected there. */
  readonly expected?: string;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  /** What `minimum` or `maximum` counts, where it is no bound of the value itself. */
  readonly unit?: "characters" | "items" | "bytes";
  /** Whether `minimum` or `maximum` itself is allowed; stated only when it is not. */
  readonly exclusive?: true;
  readonly format?: string;
  readonly pattern?: string;
  readonly multipleOf?: number | string;
  /** For `value`: what is allowed. */
  readonly values?: readonly (string | number | boolean | null)[];
  /** For `discriminator`: the key that chooses, and the tags it may hold. */
  readonly discriminator?: string;
  readonly options?: readonly (string | number | boolean | null)[];
  /** For an issue inside a union: the option that made it. */
  readonly branch?: string;
}

/** The stable codes of issues. */
export type IssueCode =
  | "missing"
  | "type"
  | "not_finite"
  | "too_small"
  | "too_big"
  | "not_multiple_of"
  | "pattern"
  | "format"
  | "value"
  | "unknown_key"
  | "invalid_key"
  | "forbidden_key"
  | "duplicate"
  | "repeated"
  | "discriminator"
  | "union"
  | "too_deep"
  | "one_way"
  | "custom";

/** How many issues one reply carries. */
export const ISSUE_LIMIT = 50;

/** How deep JSON that is decoded may be nested. */
export const DEPTH_LIMIT = 64;

/** What decoding or encoding gives: a value, or issues and whether there were more. */
export type SchemaResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly SchemaIssue[]; readonly truncated: boolean };

/** A value, or the promise of it where a check, transform or codec was asynchronous. */
export type MaybePromise<Value> = Value | Promise<Value>;
