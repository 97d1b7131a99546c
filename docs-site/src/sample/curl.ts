import type { OpenAPIObject, SecuritySchemeObject } from "@tenon/core/openapi";
import type { DocumentedOperation } from "../operation.ts";
import { resolve } from "../resolve.ts";
import { baseUrl } from "./base-url.ts";
import type { SampleBody, SampleRequest, SampleValue } from "./request.ts";

/** The request for a terminal. */
export function curlSample(
  document: OpenAPIObject,
  documented: DocumentedOperation,
  { values, body }: SampleRequest,
): string {
  const { method, operation } = documented;
  const credentials = credentialsOf(document, documented);
  const query = [...queryOf(values), ...credentials.query].join("&");
  const url = `${baseUrl(document)}${pathOf(documented, values)}${query === "" ? "" : `?${query}`}`;
  const isStream = isEventStream(operation);
  const lines = [
    `curl ${isStream ? "-N " : ""}${method === "GET" ? "" : `-X ${method} `}${quote(url)}`,
    ...credentials.options,
    ...values
      .filter((value) => value.in === "header")
      .map(({ name, value }) => `-H ${quote(`${name}: ${listText(value)}`)}`),
    ...cookiesOf(values),
    ...bodyOptions(body),
  ];
  return lines.join(" \\\n  ");
}

function pathOf({ path }: DocumentedOperation, values: readonly SampleValue[]): string {
  return path.replace(/\{([^}]+)\}/g, (_whole, name: string) => {
    const found = values.find((value) => value.in === "path" && value.name === name);
    if (found?.style === "segments" && Array.isArray(found.value)) {
      return found.value.map((segment) => encodeURIComponent(text(segment))).join("/");
    }
    return encodeURIComponent(found === undefined ? name : listText(found.value));
  });
}

function queryOf(values: readonly SampleValue[]): string[] {
  return values
    .filter((value) => value.in === "query")
    .flatMap((value) => pairsOf(value))
    .map(([name, item]) => `${encodeURIComponent(name)}=${encodeURIComponent(item)}`);
}

/** The names and texts of a value in a query. */
function pairsOf({ name, value, style }: SampleValue): readonly (readonly [string, string])[] {
  if (style === "json") {
    return [[name, JSON.stringify(value)]];
  }
  if (Array.isArray(value)) {
    const delimiter = { csv: ",", spaceDelimited: " ", pipeDelimited: "|" }[style as "csv"] as
      | string
      | undefined;
    const items = value.map(text);
    return delimiter === undefined
      ? items.map((item) => [name, item] as const)
      : [[name, items.join(delimiter)]];
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).map(([key, field]) => [`${name}[${key}]`, text(field)] as const)
    : [[name, text(value)]];
}

/** A list in a path, a header or a cookie has commas. */
function listText(value: unknown): string {
  return Array.isArray(value) ? value.map(text).join(",") : text(value);
}

function cookiesOf(values: readonly SampleValue[]): string[] {
  const cookies = values.filter((value) => value.in === "cookie");
  const pairs = cookies.map(({ name, value }) => `${name}=${encodeURIComponent(listText(value))}`);
  return pairs.length === 0 ? [] : [`-b ${quote(pairs.join("; "))}`];
}

function bodyOptions(body: SampleBody | undefined): string[] {
  switch (body?.mediaType) {
    case undefined:
      return [];
    case "application/x-www-form-urlencoded":
      return fields(body.value).map(([name, value]) => `--data-urlencode ${quote(`${name}=${text(value)}`)}`);
    case "multipart/form-data":
      return fields(body.value).map(
        ([name, value]) => `-F ${quote(`${name}=${isFile(body, name) ? "@file" : text(value)}`)}`,
      );
    default:
      return [
        `-H ${quote(`content-type: ${body?.mediaType}`)}`,
        `--data ${quote(JSON.stringify(body?.value, null, 2))}`,
      ];
  }
}

function fields(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, item]): [string, unknown][] =>
        Array.isArray(item) ? item.map((one: unknown) => [name, one]) : [[name, item]],
      )
    : [];
}

function isFile({ schema }: SampleBody, name: string): boolean {
  const property = "properties" in schema ? schema.properties?.[name] : undefined;
  const item = property !== undefined && "items" in property ? property.items : property;
  return item !== undefined && "contentMediaType" in item;
}

/** What the first requirement asks for, as placeholders. */
function credentialsOf(
  document: OpenAPIObject,
  { operation }: DocumentedOperation,
): { options: string[]; query: string[] } {
  const [requirement = {}] = operation.security ?? document.security ?? [];
  const options: string[] = [];
  const query: string[] = [];
  for (const name of Object.keys(requirement)) {
    const scheme = resolve<SecuritySchemeObject>(document, document.components?.securitySchemes?.[name]);
    if (scheme?.type === "http" && scheme.scheme?.toLowerCase() === "basic") {
      options.push(`-u "$USER:$PASSWORD"`);
    } else if (scheme?.type === "apiKey" && scheme.in === "query") {
      query.push(`${encodeURIComponent(scheme.name ?? "")}=KEY`);
    } else if (scheme?.type === "apiKey") {
      options.push(scheme.in === "cookie" ? `-b "${scheme.name}=$KEY"` : `-H "${scheme.name}: $KEY"`);
    } else if (scheme !== undefined) {
      options.push(`-H "authorization: Bearer $TOKEN"`);
    }
  }
  return { options, query };
}

function isEventStream({ responses }: DocumentedOperation["operation"]): boolean {
  return Object.values(responses ?? {}).some(
    (response: { content?: object } | undefined) => "text/event-stream" in (response?.content ?? {}),
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A shell word that nothing is expanded in. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
