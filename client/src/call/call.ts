import type { ClientOptions } from "../client-options.ts";
import type { Result } from "../result.ts";
import { transportError } from "../transport-error.ts";
import { decodeResponse } from "./decode-response.ts";
import { encodeHeaders, type HeaderOptions, readLazy } from "./encode-headers.ts";
import { encodeQuery } from "./encode-query.ts";
import type { EncodedRequest } from "./encode-request.ts";
import { Thrown } from "./thrown.ts";
import { withLimits } from "./limit.ts";

/** What every call of a client shares. */
export interface Connection {
  readonly options: ClientOptions;
  /** Where the application is mounted, without a slash at the end. */
  readonly url: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** Reads a response into a result. */
export type Decode = (response: Response, signal: AbortSignal | undefined) => Promise<Result>;

/** Options of a call, of whichever style. */
export interface OutgoingOptions extends HeaderOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
}

/**
 * One call, from its request to its result: encode → send → decode.
 * Failures are results; only a mistake of the caller (a value that cannot be sent) rejects, with a `TypeError`.
 */
export async function call(
  connection: Connection,
  request: EncodedRequest,
  options: OutgoingOptions | undefined,
  decode: Decode = decodeResponse,
): Promise<Result> {
  const address = addressOf(connection, request.url);
  const url = typeof address === "string" ? address : await address;
  const encoded = encodeHeaders(connection.options, request.fixed, options);
  const headers = encoded instanceof Promise ? await encoded : encoded;
  const { method, body } = request;
  try {
    const result = await withLimits(
      async (signal) =>
        decode(
          await connection.fetch(url, { method, headers, body, signal: signal ?? null, ...duplexOf(body) }),
          signal,
        ),
      options?.signal,
      options?.timeout ?? connection.options.timeout,
    );
    if (!result.ok) {
      request.release?.();
    }
    return result;
  } catch (error) {
    request.release?.();
    if (error instanceof Thrown) {
      throw error.error;
    }
    return { ok: false, error: transportError(error, options?.signal) };
  }
}

/** A body that is written while it is sent has to say so (Fetch, 5.3), which the types of the DOM do not know. */
function duplexOf(body: EncodedRequest["body"]): object | undefined {
  return body !== null && typeof body === "object" && "getReader" in body ? { duplex: "half" } : undefined;
}

/** Where a request goes, with the API keys that travel in the query. */
export function addressOf({ options, url: base }: Connection, url: string): string | Promise<string> {
  const keys = options.auth?.apiKey?.query;
  return keys === undefined
    ? base + url
    : readLazy(keys).then((values) => base + url + encodeQuery(values, url.includes("?") ? "&" : "?"));
}
