import { encodeBase64, toText, toWire } from "@tenon/core/wire";
import type { ClientAuth, ClientOptions, Lazy } from "../client-options.ts";

/** Headers and cookies of one call, by their names on the wire. */
export interface HeaderOptions {
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  /** Sent as a `cookie` header. Browsers drop it: there, cookies travel by themselves. */
  readonly cookies?: Readonly<Record<string, unknown>> | undefined;
}

/** The headers of a request. Later ones win: the body's, the client's, its credentials, the call's. */
export function encodeHeaders(
  { headers, auth }: ClientOptions,
  fixed: Record<string, string>,
  options: HeaderOptions | undefined,
): Record<string, string> | Promise<Record<string, string>> {
  if (headers !== undefined || auth !== undefined) {
    return encodeAll(headers, auth, fixed, options);
  }
  return options?.headers === undefined && options?.cookies === undefined
    ? fixed
    : addOptions({ ...fixed }, options);
}

/** The address with the API keys that travel in the query. */
export async function encodeKeyQuery(
  url: string,
  keys: Readonly<Record<string, Lazy<string | undefined>>>,
): Promise<string> {
  let address = url;
  for (const name of Object.keys(keys)) {
    const key = await read(keys[name]);
    if (key !== undefined) {
      address += `${address.includes("?") ? "&" : "?"}${encodeURIComponent(name)}=${encodeURIComponent(key)}`;
    }
  }
  return address;
}

async function encodeAll(
  own: ClientOptions["headers"],
  auth: ClientAuth | undefined,
  fixed: Record<string, string>,
  options: HeaderOptions | undefined,
): Promise<Record<string, string>> {
  const headers = { ...fixed };
  add(headers, await read(own));
  const bearer = await read(auth?.bearer);
  const basic = await read(auth?.basic);
  if (bearer !== undefined) {
    headers["authorization"] = `Bearer ${bearer}`;
  } else if (basic !== undefined) {
    headers["authorization"] = encodeBasic(basic);
  }
  const keys = auth?.apiKey?.header;
  for (const name in keys) {
    add(headers, { [name]: await read(keys[name]) });
  }
  return addOptions(headers, options);
}

function read<T>(lazy: Lazy<T>): T | Promise<T> {
  return typeof lazy === "function" ? (lazy as () => T | Promise<T>)() : lazy;
}

// In UTF-8 (RFC 7617, 2.1).
function encodeBasic({ username, password }: { username: string; password: string }): string {
  if (username.includes(":")) {
    throw new TypeError("A user name of basic authentication cannot hold a colon (RFC 7617, 2).");
  }
  return `Basic ${encodeBase64(new TextEncoder().encode(`${username}:${password}`))}`;
}

function addOptions(
  headers: Record<string, string>,
  options: HeaderOptions | undefined,
): Record<string, string> {
  add(headers, options?.headers);
  const cookies = options?.cookies ?? {};
  for (const name of Object.keys(cookies)) {
    if (cookies[name] !== undefined) {
      const before = headers["cookie"];
      const pair = `${name}=${encodeURIComponent(toText(cookies[name]))}`;
      headers["cookie"] = before === undefined ? pair : `${before}; ${pair}`;
    }
  }
  return headers;
}

/** Names are compared in lower case, so that a header is replaced, never doubled. */
function add(headers: Record<string, string>, more: Readonly<Record<string, unknown>> | undefined): void {
  for (const name in more) {
    const value = toWire(more[name]);
    if (value !== undefined) {
      headers[name.toLowerCase()] = Array.isArray(value) ? value.map(toText).join(", ") : toText(value);
    }
  }
}
