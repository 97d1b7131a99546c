import type { Check, ZodCheck } from "./check.ts";
import type { ZodSchema } from "./zod-schema.ts";

/** Reads a zod schema's checks in the order in which zod runs them. */
export function readChecks(schema: ZodSchema): readonly Check[] {
  const checks: Check[] = [];
  if (isCheck(schema)) {
    checks.push(readCheck(schema));
  }
  for (const check of schema._zod.def.checks ?? []) {
    checks.push(readCheck(check));
  }
  return schema._zod.def.type === "string" ? limitsFirst(checks) : checks;
}

// A pattern can be slow on a long text, so the limit on its length is judged first, whatever the order in the
// source; only an overwrite may change the length in between.
function limitsFirst(checks: readonly Check[]): Check[] {
  const ordered: Check[] = [];
  let rest: Check[] = [];
  for (const check of checks) {
    if (check.kind === "overwrite") {
      ordered.push(...rest, check);
      rest = [];
    } else if (check.kind === "max_length" || check.kind === "length") {
      ordered.push(check);
    } else {
      rest.push(check);
    }
  }
  return [...ordered, ...rest];
}

// A string format, a number format and a custom schema are schema and check at once.
function isCheck(schema: unknown): schema is ZodCheck {
  return (schema as ZodSchema)._zod.traits?.has("$ZodCheck") === true;
}

// Formats that zod judges by `def.pattern` alone; the others run a function.
const PATTERN_FORMATS: ReadonlySet<string> = new Set(
  "guid uuid email emoji nanoid cuid cuid2 ulid xid ksuid datetime date time duration ipv4 mac cidrv4 e164 regex lowercase uppercase".split(
    " ",
  ),
);

const NUMBER_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
};

const BIGINT_RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

function readCheck(source: ZodCheck): Check {
  const def = source._zod.def;
  switch (def.check) {
    case "min_length":
    case "min_size":
      return { kind: def.check, limit: def["minimum"] as number, source };
    case "max_length":
    case "max_size":
      return { kind: def.check, limit: def["maximum"] as number, source };
    case "length_equals":
      return { kind: "length", limit: def["length"] as number, source };
    case "size_equals":
      return { kind: "size", limit: def["size"] as number, source };
    case "greater_than":
    case "less_than":
      return {
        kind: def.check,
        value: def["value"] as number | bigint | Date,
        inclusive: def["inclusive"] === true,
        source,
      };
    case "multiple_of":
      return { kind: "multiple_of", divisor: def["value"] as number | bigint, source };
    case "number_format":
      return readNumberFormat(source, String(def["format"]));
    case "bigint_format":
      return readBigintFormat(source, String(def["format"]));
    case "string_format":
      return readStringFormat(source, String(def["format"]));
    case "mime_type":
      return { kind: "mime_type", types: def["mime"] as readonly string[], source };
    case "overwrite":
      return { kind: "overwrite", overwrite: def["tx"] as (value: unknown) => unknown, source };
    default:
      return { kind: "opaque", source };
  }
}

function readNumberFormat(source: ZodCheck, format: string): Check {
  const range = NUMBER_RANGES[format];
  if (range === undefined) {
    return { kind: "opaque", source };
  }
  const [minimum, maximum] = range;
  return { kind: "number_format", format, isInteger: format.includes("int"), minimum, maximum, source };
}

function readBigintFormat(source: ZodCheck, format: string): Check {
  const range = BIGINT_RANGES[format];
  if (range === undefined) {
    return { kind: "opaque", source };
  }
  const [minimum, maximum] = range;
  return { kind: "bigint_format", format, minimum, maximum, source };
}

function readStringFormat(source: ZodCheck, format: string): Check {
  const def = source._zod.def;
  switch (format) {
    case "includes": {
      const position = def["position"] as number | undefined;
      return { kind: "includes", text: String(def["includes"]), position, source };
    }
    case "starts_with":
      return { kind: "starts_with", text: String(def["prefix"]), source };
    case "ends_with":
      return { kind: "ends_with", text: String(def["suffix"]), source };
  }
  const pattern = def["pattern"] instanceof RegExp ? def["pattern"] : undefined;
  const isCustom = source._zod.traits?.has("$ZodCustomStringFormat") === true;
  if (pattern !== undefined && PATTERN_FORMATS.has(format) && !isCustom) {
    return { kind: "pattern", format, pattern, source };
  }
  return { kind: "format", format, pattern, source };
}
