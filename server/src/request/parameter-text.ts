import { fieldOf } from "@tenon/core/wire";
import type { QueryRecord } from "./query-string.ts";
import type { RequestContext } from "./request-context.ts";
import { headerValues } from "./request-headers.ts";
import type { ParameterRead } from "./parameter-plan.ts";
import { decodeSegment } from "./target.ts";

/** The text of a parameter as it was sent: undefined where it was not, several where its name was repeated, fields by name. */
export type ParameterText = string | readonly string[] | QueryRecord | undefined;

/** Makes the function that fetches a parameter's text from its place. */
export function compileFetch(read: ParameterRead): (context: RequestContext) => ParameterText {
  const { parameter, pathIndex } = read;
  const { name, style } = parameter;
  switch (parameter.in) {
    case "path":
      return style === "segments"
        ? (context) => segmentsFrom(context.path, read.segmentIndex)
        : (context) => context.values[pathIndex];
    case "query":
      return style === "deepObject"
        ? (context) => fieldsIn(context.readQuery(), name)
        : (context) => context.readQuery()[name];
    case "header":
      return style === "list"
        ? (context) => listOf(context, name)
        : (context) => context.exchange.header(name);
    case "cookie":
      return (context) => context.requestCookies.get(name);
  }
}

/** The lines of a header. */
function listOf(context: RequestContext, name: string): ParameterText {
  const values = headerValues(context.exchange.headerList, name);
  return values.length === 0 ? undefined : values;
}

/** The fields of `filter[name]=x`; undefined where there are none. */
function fieldsIn(query: QueryRecord, name: string): QueryRecord | undefined {
  let fields: QueryRecord | undefined;
  for (const wireName in query) {
    const field = fieldOf(name, wireName);
    if (field !== undefined) {
      fields ??= Object.create(null) as QueryRecord;
      fields[field] = query[wireName] as string;
    }
  }
  return fields;
}

/** The segments of a raw path from the given one on, each decoded by itself: `%2F` separates nothing. */
function segmentsFrom(path: string, index: number): readonly string[] {
  const segments = path.split("/").slice(index);
  return segments.length === 1 && segments[0] === ""
    ? []
    : segments.map((segment) => decodeSegment(segment) ?? "");
}
