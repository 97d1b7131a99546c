import type { Operation, Parameter } from "@tenon/core";
import { fieldName, isDelimited, joinItems, toText, toWire } from "@tenon/core/wire";

type Values = Readonly<Record<string, unknown>>;

/** The path and query of an operation, with values as its parameters are read. Throws a `TypeError` for what has no address. */
export function writeAddress(operation: Operation, values: Values): string {
  const { id, parameters, path, input } = operation;
  const inUrl = parameters.filter((parameter) => parameter.in === "path" || parameter.in === "query");
  for (const key of Object.keys(values)) {
    if (!input.has(key)) {
      throw new TypeError(`urlFor: '${id}' has no input '${key}'.`);
    }
  }
  const filled = path.replace(/\{([^}*]+)\*?\}/g, (_match, name: string) => {
    const parameter = inUrl.find((each) => each.in === "path" && each.name === name) as Parameter;
    return pathText(operation, parameter, values);
  });
  const query = inUrl
    .filter((parameter) => parameter.in === "query")
    .flatMap((each) => queryTexts(each, values));
  const text = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
  return text === "" ? filled : `${filled}?${text}`;
}

function valueOf({ key, field }: Parameter, values: Values): unknown {
  const value = values[key];
  return toWire(field === undefined ? value : (value as Values | undefined)?.[field]);
}

/** Refuses what would lead to another address. */
function pathText({ id }: Operation, parameter: Parameter, values: Values): string {
  const value = valueOf(parameter, values);
  if (value === undefined || value === null) {
    throw new TypeError(`urlFor: '${id}' needs '${parameter.name}' for its path.`);
  }
  const items = Array.isArray(value) ? value.map(toText) : [toText(value)];
  const segments = !parameter.isCatchAll
    ? [parameter.style === "csv" ? joinItems(items, "csv") : (items[0] as string)]
    : parameter.style === "segments"
      ? items
      : (items[0] as string).split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw new TypeError(`urlFor: '${segments.join("/")}' cannot be the '${parameter.name}' of '${id}'.`);
  }
  return segments.map(encodeURIComponent).join("/");
}

/** One parameter of the query as names and texts, by its style. */
function queryTexts(parameter: Parameter, values: Values): readonly (readonly [string, string])[] {
  const { name, style } = parameter;
  const value = valueOf(parameter, values);
  if (value === undefined || (value === null && style !== "json")) {
    return [];
  }
  if (style === "json") {
    return [[name, JSON.stringify(value)]];
  }
  if (isDelimited(style)) {
    return [[name, joinItems((value as unknown[]).map(toText), style)]];
  }
  if (style === "deepObject") {
    return Object.entries(value as Values)
      .filter(([, field]) => field !== undefined && field !== null)
      .map(([key, field]) => [fieldName(name, key), toText(field)] as const);
  }
  return Array.isArray(value) ? value.map((item) => [name, toText(item)] as const) : [[name, toText(value)]];
}
