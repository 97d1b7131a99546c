import type { Out, ShapeOf } from "@tenon/core";
import { decodeText, innermost, isSchema, readSchema, type SchemaNode } from "@tenon/core/wire";
import { readFileSync } from "node:fs";
import { inspect, parseEnv } from "node:util";
import { SettingsError, type SettingsProblem } from "./settings-error.ts";

/** Where settings are read from. */
export interface SettingsOptions {
  /** Files in the form of `.env`, the first wins; one that is not there is passed over. */
  files?: readonly string[];
  /** In place of `process.env`, which goes before the files. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Begins the name of each variable: `SHOP_` reads `port` from `SHOP_PORT`. */
  prefix?: string;
}

/** The settings of a shape. */
export type SettingsOf<Shape> = { readonly [Key in keyof ShapeOf<Shape>]: Out<ShapeOf<Shape>[Key]> };

/**
 * Reads settings from the environment by a shape: `settings({ port: z.int().default(8000), databaseUrl: z.url() })` reads `PORT` and
 * `DATABASE_URL`, texts by the declared type. Throws one `SettingsError` that lists all that is wrong, without any value.
 * What is marked by `.meta({ secret: true })` is not shown by `console.log` and `JSON.stringify`.
 */
export function settings<const Shape extends object>(
  shape: Shape,
  { files = [], env = process.env, prefix = "" }: SettingsOptions = {},
): SettingsOf<Shape> {
  const read = { ...readFiles(files), ...withoutUndefined(env) };
  const found: Record<string, unknown> = {};
  const secrets = new Set<string>();
  const problems: SettingsProblem[] = [];
  for (const [key, schema] of Object.entries(shape)) {
    if (!isSchema(schema)) {
      throw new TypeError(`the setting '${key}' is no schema: write ${key}: z.string() or the like`);
    }
    const node = readSchema(schema);
    const variable = prefix + variableOf(key);
    if (isSecret(node)) {
      secrets.add(key);
    }
    const result = decodeText(node, textOf(node, read[variable]));
    if (result instanceof Promise) {
      throw new TypeError(
        `the setting '${key}' has asynchronous rules: settings are read before anything else`,
      );
    }
    if (result.ok) {
      found[key] = result.value;
    } else {
      problems.push(...result.issues.map(({ path, message }) => ({ variable, key, path, message })));
    }
  }
  if (problems.length > 0) {
    throw new SettingsError(problems);
  }
  return guard(found, secrets) as SettingsOf<Shape>;
}

/** `databaseUrl` is `DATABASE_URL`; what is written in capitals stays as it is. */
function variableOf(key: string): string {
  return key === key.toUpperCase() ? key : key.replace(/(?<=[a-z0-9])[A-Z]/g, "_$&").toUpperCase();
}

/** A list is written with commas. */
function textOf(node: SchemaNode, text: string | undefined): string | readonly string[] | undefined {
  const { kind } = innermost(node);
  return text !== undefined && (kind === "array" || kind === "set")
    ? text.split(",").map((item) => item.trim())
    : text;
}

function readFiles(files: readonly string[]): Record<string, string> {
  const read: Record<string, string> = {};
  for (const file of files) {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") {
        continue;
      }
      throw error;
    }
    for (const [name, value] of Object.entries(parseEnv(text))) {
      if (value !== undefined) {
        read[name] ??= value;
      }
    }
  }
  return read;
}

function withoutUndefined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function isSecret(node: SchemaNode): boolean {
  let at = node;
  for (;;) {
    if ((at.meta as { readonly secret?: unknown }).secret === true) {
      return true;
    }
    if (!("inner" in at)) {
      return false;
    }
    at = at.inner;
  }
}

/** Values that can be read, and are not shown. */
function guard(found: Record<string, unknown>, secrets: ReadonlySet<string>): object {
  const shown = (): Record<string, unknown> =>
    Object.fromEntries(Object.entries(found).map(([key, value]) => [key, secrets.has(key) ? "***" : value]));
  Object.defineProperty(found, "toJSON", { value: shown });
  Object.defineProperty(found, inspect.custom, { value: shown });
  return Object.freeze(found);
}
