import type { ProblemDocument } from "../response/problem.ts";

type Issue = NonNullable<ProblemDocument["errors"]>[number] & {
  readonly expected?: string;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly unit?: "characters" | "items" | "bytes";
  readonly exclusive?: true;
  readonly multipleOf?: number | string;
  readonly pattern?: string;
  readonly format?: string;
  readonly values?: readonly (string | number | boolean | null)[];
  readonly discriminator?: string;
  readonly options?: readonly (string | number | boolean | null)[];
};

/** One entry of FastAPI's `detail` list, in pydantic's words. It never holds the `input`. */
export interface ErrorItem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

/** An issue as FastAPI words it. */
export function toErrorItem(issue: Issue): ErrorItem {
  const loc = [issue.in, ...issue.path];
  return { ...worded(issue), loc };
}

function worded(issue: Issue): Omit<ErrorItem, "loc"> {
  switch (issue.code) {
    case "missing":
      return { type: "missing", msg: "Field required" };
    case "type":
    case "not_finite":
      return wrongType(issue);
    case "too_small":
      return bound(issue, issue.minimum, MINIMUM);
    case "too_big":
      return bound(issue, issue.maximum, MAXIMUM);
    case "not_multiple_of":
      return {
        type: "multiple_of",
        msg: `Input should be a multiple of ${issue.multipleOf}`,
        ctx: { multiple_of: issue.multipleOf },
      };
    case "pattern":
      return {
        type: "string_pattern_mismatch",
        msg: `String should match pattern '${patternOf(issue)}'`,
        ctx: { pattern: patternOf(issue) },
      };
    case "format":
      return wrongFormat(issue);
    case "value": {
      const expected = listed(issue.values ?? []);
      const type = issue.values?.length === 1 ? "literal_error" : "enum";
      return { type, msg: `Input should be ${expected}`, ctx: { expected } };
    }
    case "unknown_key":
    case "forbidden_key":
      return { type: "extra_forbidden", msg: "Extra inputs are not permitted" };
    case "discriminator": {
      const expected = (issue.options ?? []).map((tag) => `'${tag}'`).join(", ");
      const ctx = { discriminator: `'${issue.discriminator}'`, expected_tags: expected };
      return {
        type: "union_tag_invalid",
        msg: `Input tag found using ${ctx.discriminator} does not match any of the expected tags: ${expected}`,
        ctx,
      };
    }
    default:
      return { type: "value_error", msg: `Value error, ${issue.message}`, ctx: { error: {} } };
  }
}

const TYPES: Readonly<Record<string, readonly [type: string, msg: string]>> = {
  string: ["string_type", "Input should be a valid string"],
  integer: ["int_parsing", "Input should be a valid integer, unable to parse string as an integer"],
  number: ["float_parsing", "Input should be a valid number, unable to parse string as a number"],
  boolean: ["bool_parsing", "Input should be a valid boolean, unable to interpret input"],
  array: ["list_type", "Input should be a valid list"],
  object: ["model_attributes_type", "Input should be a valid dictionary or object to extract fields from"],
  null: ["none_required", "Input should be None"],
};

function wrongType({ expected = "", message }: Issue): Omit<ErrorItem, "loc"> {
  const known = TYPES[expected];
  return known === undefined
    ? { type: "value_error", msg: `Value error, ${message}`, ctx: { error: {} } }
    : { type: known[0], msg: known[1] };
}

interface Bounds {
  readonly value: readonly [open: string, openWord: string, closed: string, closedWord: string];
  readonly length: readonly [
    prefix: "too_short" | "too_long",
    key: "min_length" | "max_length",
    word: string,
  ];
  readonly keys: readonly [open: string, closed: string];
}

const MINIMUM: Bounds = {
  value: ["greater_than", "greater than", "greater_than_equal", "greater than or equal to"],
  length: ["too_short", "min_length", "at least"],
  keys: ["gt", "ge"],
};
const MAXIMUM: Bounds = {
  value: ["less_than", "less than", "less_than_equal", "less than or equal to"],
  length: ["too_long", "max_length", "at most"],
  keys: ["lt", "le"],
};

function bound(issue: Issue, limit: number | string | undefined, bounds: Bounds): Omit<ErrorItem, "loc"> {
  if (issue.unit !== undefined) {
    const [type, key, word] = bounds.length;
    const isText = issue.unit === "characters";
    const unit = `${issue.unit.slice(0, -1)}${limit === 1 ? "" : "s"}`;
    return {
      type: isText ? `string_${type}` : type,
      msg: `${isText ? "String" : issue.unit === "items" ? "List" : "File"} should have ${word} ${limit} ${unit}`,
      ctx: { [key]: limit },
    };
  }
  const isOpen = issue.exclusive === true;
  const [open, openWord, closed, closedWord] = bounds.value;
  return {
    type: isOpen ? open : closed,
    msg: `Input should be ${isOpen ? openWord : closedWord} ${limit}`,
    ctx: { [bounds.keys[isOpen ? 0 : 1]]: limit },
  };
}

/** Python writes a pattern without the slashes around it. */
function patternOf({ pattern = "" }: Issue): string {
  return /^\/(.*)\/[a-z]*$/s.exec(pattern)?.[1] ?? pattern;
}

const FORMATS: Readonly<Record<string, readonly [type: string, msg: string]>> = {
  uuid: ["uuid_parsing", "Input should be a valid UUID"],
  guid: ["uuid_parsing", "Input should be a valid UUID"],
  url: ["url_parsing", "Input should be a valid URL"],
  "date-time": ["datetime_parsing", "Input should be a valid datetime"],
  datetime: ["datetime_parsing", "Input should be a valid datetime"],
  date: ["date_parsing", "Input should be a valid date in the format YYYY-MM-DD"],
  time: ["time_parsing", "Input should be in a valid time format"],
  duration: ["time_delta_parsing", "Input should be a valid timedelta"],
  base64: ["bytes_invalid_encoding", "Data should be valid base64"],
  byte: ["bytes_invalid_encoding", "Data should be valid base64"],
};

function wrongFormat({ format = "", message }: Issue): Omit<ErrorItem, "loc"> {
  const known = FORMATS[format];
  return known === undefined
    ? {
        type: "value_error",
        msg: `value is not a valid ${format || "value"}: ${message}`,
        ctx: { reason: message },
      }
    : { type: known[0], msg: known[1] };
}

/** `'a', 'b' or 'c'`, as Python lists what is expected. */
function listed(values: readonly (string | number | boolean | null)[]): string {
  const texts = values.map((value) => (typeof value === "string" ? `'${value}'` : String(value)));
  return texts.length < 2 ? (texts[0] ?? "") : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
