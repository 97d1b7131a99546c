import { encodeBase64, joinItems, toText, toWire } from "@tenon/core/wire";
import type { ClientOptions, Lazy } from "../client-options.ts";

/** Headers and cookies of one call, by their names on the wire. */
export interface HeaderOptions {
  readonly headers?: Values | undefined;
  /** Sent as a `cookie` header. Browsers drop it: there, cookies travel by themselves. */
  readonly cookies?: Values | undefined;
}

type Values = Readonly<Record<string, unknown>>;
type Headers = Record<string, string>;

/** The headers of a request. Later ones win: the body's, the client's, its credentials, the call's. */
export function encodeHeaders(
  client: ClientOptions,
  fixed: Headers,
  options: HeaderOptions | undefined,
): Headers | Promise<Headers> {
  if (client.headers !== undefined || client.auth !== undefined) {
    return encodeAll(client, fixed, options);
  }
  return options?.headers === undefined && options?.cookies === undefined
    ? fixed
    : addOptions({ ...fixed }, options);
}

/** Each value of a record, asked for now. */
export async function readLazy(lazies: Readonly<Record<string, Lazy<unknown>>>): Promise<Values> {
  const values: Record<string, unknown> = {};
  for (const name in lazies) {
    values[name] = await read(lazies[name]);
  }
  return values;
}

async function encodeAll(
  { headers: own, auth = {} }: ClientOptions,
  fixed: Headers,
  options: HeaderOptions | undefined,
): Promise<Headers> {
  const headers = { ...fixed };
  add(headers, await read(own));
  const bearer = await read(auth.bearer);
  const basic = await read(auth.basic);
  if (bearer !== undefined) {
    headers["authorization"] = `Bearer ${bearer}`;
  } else if (basic !== undefined) {
    headers["authorization"] = encodeBasic(basic);
  }
  const keys = auth.apiKey?.header;
  if (keys !== undefined) {
    add(headers, await readLazy(keys));
  }
  return addOptions(headers, options);
}

function read<T>(lazy: Lazy<T>): T | Promise<T> {
  return typeof lazy === "function" ? (lazy as () => T | Promise<T>)() : lazy;
}

// In UTF-8 (RFC 7617, 2.1).
function encodeBasic({ username, password }: { username: string; password: string }): string {
  if (username.includes(":")) {
    throw new TypeError("The user name holds a colon, which basic authentication does not allow.");
  }
  return `Basic ${encodeBase64(new TextEncoder().encode(`${username}:${password}`))}`;
}

function addOptions(headers: Headers, options: HeaderOptions | undefined): Headers {
  add(headers, options?.headers);
  for (const name in options?.cookies) {
    const text = textOf(options.cookies[name], "csv");
    if (text !== undefined) {
      const before = headers["cookie"];
      headers["cookie"] = `${before === undefined ? "" : `${before}; `}${name}=${encodeURIComponent(text)}`;
    }
  }
  return headers;
}

/** Names are compared in lower case, so that a header is replaced, never doubled. */
function add(headers: Headers, more: Values | undefined): void {
  for (const name in more) {
    const text = textOf(more[name], "list");
    if (text !== undefined) {
      headers[name.toLowerCase()] = text;
    }
  }
}

/** A value as one text: null is not sent, and neither is a list of a header without items. */
function textOf(value: unknown, style: "csv" | "list"): string | undefined {
  const wire = toWire(value);
  if (wire === undefined || wire === null) {
    return undefined;
  }
  if (!Array.isArray(wire)) {
    return toText(wire);
  }
  return style === "list" && wire.length === 0 ? undefined : joinItems(wire.map(toText), style);
}
