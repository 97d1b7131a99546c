import { readSchema } from "../schema/read-schema.ts";
import { encodeNode } from "../wire/encode.ts";
import { SchemaError } from "../wire/schema-error.ts";
import { type Outgoing, readOutgoing } from "./outgoing.ts";
import { sign, SIGNATURE_HEADERS } from "./signature.ts";

/** How an outgoing request is sent. */
export interface SendOptions {
  url: string | URL;
  /** Signs the request (Standard Webhooks); without it the receiver cannot know who sent it. */
  secret?: string;
  /** Identifies the event: the same one for each attempt, so that the receiver can tell a repetition. Random otherwise. */
  id?: string;
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the attempt fails; 10 s by default. */
  timeout?: number;
  signal?: AbortSignal;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** What became of an outgoing request. */
export interface Delivery {
  /** The receiver answered with a status of success. */
  readonly isDelivered: boolean;
  readonly status: number;
  /** The id that the request had. */
  readonly id: string;
}

/**
 * Sends a webhook or callback: the data is validated and encoded like any output. Redirects are not followed, since they would
 * lead the request elsewhere than agreed. Throws a `SchemaError` for wrong data, and what `fetch` throws where no answer came.
 */
export async function send<Sent>(
  outgoing: Outgoing<Sent, unknown>,
  data: NoInfer<Sent>,
  {
    url,
    secret,
    id = `msg_${crypto.randomUUID()}`,
    headers = {},
    timeout = 10_000,
    signal,
    fetch: own,
  }: SendOptions,
): Promise<Delivery> {
  const { body, method } = readOutgoing(outgoing);
  const encoded = await encodeNode(readSchema(body), data);
  if (!encoded.ok) {
    throw new SchemaError("encode", encoded.issues, encoded.truncated);
  }
  const payload = JSON.stringify(encoded.value);
  const timestamp = Math.floor(Date.now() / 1000);
  const signed: Record<string, string> =
    secret === undefined
      ? {}
      : {
          [SIGNATURE_HEADERS.id]: id,
          [SIGNATURE_HEADERS.timestamp]: String(timestamp),
          [SIGNATURE_HEADERS.signature]: await sign(secret, id, timestamp, payload),
        };
  const all = new Headers(headers);
  for (const [name, value] of Object.entries({ "content-type": "application/json", ...signed })) {
    all.set(name, value);
  }
  const limit = AbortSignal.timeout(timeout);
  const response = await (own ?? fetch)(String(url), {
    method,
    headers: all,
    body: payload,
    redirect: "manual",
    signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
  });
  // The answer's body is nobody's concern: the connection should be free for the next event.
  await response.body?.cancel();
  return { isDelivered: response.ok, status: response.status, id };
}
