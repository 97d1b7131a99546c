import type { Payload, ZodCheck } from "./check.ts";
import type { SchemaMeta } from "./node.ts";

/**
 * The part of a zod 4 schema that Tenon reads. It is read by structure, so that zod, zod/mini and a second
 * installed copy all work, and so that this package does not load zod.
 */
export interface ZodSchema {
  readonly _zod: {
    readonly def: ZodDefinition;
    readonly traits?: ReadonlySet<string>;
    readonly bag?: Readonly<Record<string, unknown>>;
    readonly optin?: string;
    readonly optout?: string;
    readonly values?: ReadonlySet<unknown>;
    readonly propValues?: Readonly<Record<string, ReadonlySet<unknown>>>;
    readonly innerType?: ZodSchema;
    /** What this schema was copied from. */
    readonly parent?: ZodSchema;
    readonly run: (payload: Payload, context: ZodContext) => Payload | Promise<Payload>;
  };
  readonly meta?: () => SchemaMeta | undefined;
}

export interface ZodContext {
  readonly async: boolean;
  readonly direction?: "forward" | "backward";
}

export interface ZodDefinition {
  readonly type: string;
  readonly checks?: readonly ZodCheck[];
  readonly coerce?: boolean;
  readonly error?: (issue: unknown) => unknown;
  readonly [key: string]: unknown;
}

/** Tells whether a value is a zod 4 schema, from any installed copy. */
export function isZodSchema(value: unknown): value is ZodSchema {
  if (typeof value !== "object" || value === null || !("_zod" in value)) {
    return false;
  }
  const internals = value._zod as { def?: { type?: unknown }; run?: unknown };
  return typeof internals?.def?.type === "string" && typeof internals.run === "function";
}

/** The part of Standard Schema v1 that Tenon calls. */
export interface StandardSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}

export type StandardResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Tells whether a value follows Standard Schema v1; arktype's schemas are functions. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return false;
  }
  const standard = (value as Partial<StandardSchema>)["~standard"];
  return typeof standard?.validate === "function";
}
