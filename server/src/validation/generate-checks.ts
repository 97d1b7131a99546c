import type { Check } from "@tenon/core/wire";
import type { Emitter } from "./emitter.ts";
import { codePointLength, isMultiple, runCheck } from "./run-check.ts";

/** Writes checks on a variable and answers with the name of the checked value. */
export function writeChecks(
  emitter: Emitter,
  checks: readonly Check[],
  value: string,
  isText: boolean,
): string {
  let name = value;
  for (const check of checks) {
    const condition = failsWhen(emitter, check, name, isText);
    if (condition !== undefined) {
      emitter.source.refuseIf(condition);
    } else if (check.kind === "overwrite") {
      name = emitter.source.declare(`${emitter.source.constant(check.overwrite)}(${name})`);
    } else {
      name = writeForeignCheck(emitter, check, name);
    }
  }
  return name;
}

function writeForeignCheck(emitter: Emitter, check: Check, value: string): string {
  const { source } = emitter;
  const run = source.constant(runCheck);
  const result = source.declare(
    `${run}(${source.constant(check)}, ${value}, ${source.constant(emitter.state)})`,
  );
  source.refuseIf(`${result} === INVALID`);
  return result;
}

/** The condition under which a check fails; `undefined` when only running it tells. */
function failsWhen(emitter: Emitter, check: Check, value: string, isText: boolean): string | undefined {
  const { source } = emitter;
  switch (check.kind) {
    case "min_length":
    case "max_length":
    case "length":
      return isText
        ? textLength(emitter, check.kind, check.limit, value)
        : listLength(check.kind, check.limit, value);
    case "min_size":
      return `${value}.size < ${check.limit}`;
    case "max_size":
      return `${value}.size > ${check.limit}`;
    case "size":
      return `${value}.size !== ${check.limit}`;
    case "greater_than":
      return `!(${value} ${check.inclusive ? ">=" : ">"} ${literal(emitter, check.value)})`;
    case "less_than":
      return `!(${value} ${check.inclusive ? "<=" : "<"} ${literal(emitter, check.value)})`;
    case "multiple_of":
      return typeof check.divisor === "number"
        ? `!${source.constant(isMultiple)}(${value}, ${check.divisor})`
        : undefined;
    case "number_format":
      return numberFormat(check.format, check.isInteger, check.minimum, check.maximum, value);
    case "bigint_format":
      return `${value} < ${check.minimum}n || ${value} > ${check.maximum}n`;
    case "pattern":
      return patternFails(emitter, check.pattern, value);
    case "includes": {
      const position = check.position === undefined ? "" : `, ${check.position}`;
      return `!${value}.includes(${JSON.stringify(check.text)}${position})`;
    }
    case "starts_with":
      return `!${value}.startsWith(${JSON.stringify(check.text)})`;
    case "ends_with":
      return `!${value}.endsWith(${JSON.stringify(check.text)})`;
    default:
      return undefined;
  }
}

function textLength(
  emitter: Emitter,
  kind: "min_length" | "max_length" | "length",
  limit: number,
  value: string,
): string {
  const count = `${emitter.source.constant(codePointLength)}(${value})`;
  // A code point is one or two units, so most texts need no counting.
  const isShort = `(${value}.length < ${limit} || ${value}.length < ${2 * limit} && ${count} < ${limit})`;
  const isLong = `(${value}.length > ${limit} && (${value}.length > ${2 * limit} || ${count} > ${limit}))`;
  switch (kind) {
    case "min_length":
      return limit === 1 ? `${value}.length === 0` : isShort;
    case "max_length":
      return isLong;
    case "length":
      return `${isShort} || ${isLong}`;
  }
}

function listLength(kind: "min_length" | "max_length" | "length", limit: number, value: string): string {
  const operators = { min_length: "<", max_length: ">", length: "!==" } as const;
  return `${value}.length ${operators[kind]} ${limit}`;
}

function literal(emitter: Emitter, value: number | bigint | Date): string {
  if (typeof value === "bigint") {
    return `${value}n`;
  }
  return typeof value === "number" && Number.isFinite(value) ? `${value}` : emitter.source.constant(value);
}

function numberFormat(
  format: string,
  isInteger: boolean,
  minimum: number,
  maximum: number,
  value: string,
): string {
  if (format === "safeint") {
    return `!Number.isSafeInteger(${value})`;
  }
  const range = `${value} < ${minimum} || ${value} > ${maximum}`;
  return isInteger ? `!Number.isInteger(${value}) || ${range}` : range;
}

function patternFails(emitter: Emitter, pattern: RegExp, value: string): string {
  const name = emitter.source.constant(pattern);
  const isStateful = pattern.global || pattern.sticky;
  return isStateful ? `(${name}.lastIndex = 0, !${name}.test(${value}))` : `!${name}.test(${value})`;
}
