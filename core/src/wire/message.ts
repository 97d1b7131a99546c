import { isZodSchema } from "../schema/zod-schema.ts";

/** The message that the author chose for an issue: in the schema, or for all schemas with `z.config`. */
export function customMessage(schema: unknown, raw: object): string | undefined {
  if (!isZodSchema(schema)) {
    return undefined;
  }
  return textOf(schema._zod.def.error?.(raw)) ?? textOf(zodConfig()?.customError?.(raw));
}

/** The message of an issue that one of zod's own checks made, looked up in zod's order. */
export function messageOf(raw: RawIssue, owner: unknown): string {
  if (typeof raw.message === "string") {
    return raw.message;
  }
  const maker = raw.inst as ErrorHolder | undefined;
  const own = textOf(maker?._zod?.def?.error?.(raw));
  const config = zodConfig();
  return own ?? customMessage(owner, raw) ?? textOf(config?.localeError?.(raw)) ?? "Invalid value";
}

/** An issue as zod makes it, before it is finished. */
export interface RawIssue {
  readonly code?: string;
  readonly message?: string;
  readonly path?: readonly PropertyKey[];
  readonly input?: unknown;
  readonly inst?: unknown;
  readonly continue?: boolean;
  readonly [key: string]: unknown;
}

interface ErrorHolder {
  readonly _zod?: { readonly def?: { readonly error?: (issue: unknown) => unknown } };
}

interface ZodConfig {
  readonly customError?: (issue: unknown) => unknown;
  readonly localeError?: (issue: unknown) => unknown;
}

function zodConfig(): ZodConfig | undefined {
  return (globalThis as { __zod_globalConfig?: ZodConfig }).__zod_globalConfig;
}

function textOf(message: unknown): string | undefined {
  if (typeof message === "string") {
    return message;
  }
  const inner = (message as { message?: unknown } | null | undefined)?.message;
  return typeof inner === "string" ? inner : undefined;
}
