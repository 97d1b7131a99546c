import type { ClientOptions } from "../client-options.ts";
import type { Result } from "../result.ts";
import { TransportError } from "../transport-error.ts";
import { decodeResponse } from "./decode-response.ts";
import { encodeHeaders, encodeKeyQuery, type HeaderOptions } from "./encode-headers.ts";
import type { EncodedRequest } from "./encode-request.ts";
import { withLimits } from "./limit.ts";

/** What every call of a client shares. */
export interface Connection {
  readonly options: ClientOptions;
  /** Where the application is mounted, without a slash at the end. */
  readonly url: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

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
  { options, url: base, fetch }: Connection,
  encode: () => EncodedRequest,
  callOptions: OutgoingOptions | undefined,
): Promise<Result> {
  const { method, url, fixed, body } = encode();
  const keys = options.auth?.apiKey?.query;
  const address = base + (keys === undefined ? url : await encodeKeyQuery(url, keys));
  const headers = await encodeHeaders(options, fixed, callOptions);
  const send = async (signal?: AbortSignal): Promise<Result> => {
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      init.body = body;
    }
    if (signal !== undefined) {
      init.signal = signal;
    }
    return decodeResponse(await fetch(address, init), signal);
  };
  try {
    return await withLimits(send, callOptions?.signal, callOptions?.timeout ?? options.timeout);
  } catch (error) {
    return {
      ok: false,
      error: error instanceof TransportError ? error : new TransportError("NETWORK", String(error), error),
    };
  }
}
