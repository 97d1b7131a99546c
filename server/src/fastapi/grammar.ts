import type { ScalarGrammar, SchemaNode } from "@tenon/core/wire";

// What Python's int() and float() take of a text, and pydantic with them; infinities and NaN, which JSON cannot hold, are left out.
const INTEGER = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/;
// No digit can belong to two places: a million of them that end wrong are read once.
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...["true", "t", "yes", "y", "on", "1"].map((word) => [word, true] as const),
  ...["false", "f", "no", "n", "off", "0"].map((word) => [word, false] as const),
]);

/**
 * pydantic's lax conversions (its "conversion table", rows that read text and JSON): `" 1_000 "` is a number, `true` too where
 * a number is asked for, `"y"` and `1` are booleans, and moments may come as Unix time.
 */
export const LAX: ScalarGrammar = Object.freeze({
  number: (node) => {
    const pattern = node.kind === "number" && node.isInteger ? INTEGER : FLOAT;
    return (sent) => {
      if (typeof sent === "boolean") {
        return Number(sent);
      }
      const text = typeof sent === "string" ? sent.trim() : "";
      return pattern.test(text) ? Number(text.replaceAll("_", "")) : sent;
    };
  },
  boolean: () => (sent) =>
    typeof sent === "string" || sent === 0 || sent === 1
      ? (WORDS.get(String(sent).toLowerCase()) ?? sent)
      : sent,
  date: () => readMoment,
  string: (node) => (isDuration(node) ? readDuration : (sent) => sent),
} satisfies ScalarGrammar);

function isDuration({ checks }: SchemaNode): boolean {
  return checks.some((check) => "format" in check && check.format === "duration");
}

/** A number counts seconds. */
function readDuration(sent: unknown): unknown {
  return typeof sent === "number" || (typeof sent === "string" && UNIX.test(sent)) ? `PT${sent}S` : sent;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})[Tt _](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?$/;
const UNIX = /^[+-]?\d+(?:\.\d+)?$/;

/** Unix time in seconds, or in milliseconds where seconds would be after the year 2603. */
const SECONDS_END = 20_000_000_000;

/** Rewrites what pydantic takes for a moment as RFC 3339; one without an offset is taken as UTC. */
function readMoment(sent: unknown): unknown {
  if (typeof sent === "number" || (typeof sent === "string" && UNIX.test(sent))) {
    const count = Number(sent);
    const date = new Date(Math.abs(count) > SECONDS_END ? count : count * 1000);
    return Number.isNaN(date.getTime()) ? sent : date.toISOString();
  }
  if (typeof sent !== "string") {
    return sent;
  }
  if (DATE.test(sent)) {
    return `${sent}T00:00:00Z`;
  }
  const match = MOMENT.exec(sent);
  if (match === null) {
    return sent;
  }
  const [, day, minutes, seconds = ":00", offset = "Z"] = match;
  const written = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  return `${day}T${minutes}${seconds}${written}`;
}
