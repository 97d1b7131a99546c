import { type ByteSource, isFailure, type MaybePromise } from "@tenon/core";
import type { HeaderList, Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { ByteStream } from "../stream/byte-stream.ts";
import { peek } from "../stream/peek.ts";
import { iterate, sizeOf } from "./byte-source.ts";

/** The reply under way: its status, its headers so far, its request. */
export interface Sending {
  readonly status: number;
  readonly headers: HeaderList;
  readonly context: RequestContext;
}

/** Sends bytes as they are: a whole at once, a stream at the caller's pace. HEAD starts no stream. */
export function sendBytes(
  source: ByteSource,
  size: number | undefined,
  { status, headers, context }: Sending,
): MaybePromise<Reply> {
  if (source instanceof Uint8Array) {
    return { kind: "bytes", status, headers, body: source };
  }
  const length = size ?? sizeOf(source);
  if (length !== undefined) {
    headers.push("content-length", String(length));
  }
  const iterator = iterate(source);
  const reply = (items: AsyncIterator<unknown, unknown>): Reply => ({
    kind: "stream",
    status,
    headers,
    body: new ByteStream(items, length, context),
  });
  return context.method === "HEAD" || context.signal.aborted ? reply(iterator) : start(iterator).then(reply);
}

/** What fails before the first byte is an ordinary problem. */
async function start(iterator: AsyncIterator<unknown, unknown>): Promise<AsyncIterator<unknown, unknown>> {
  const { first, items } = await peek(iterator);
  if (first?.done === true && isFailure(first.value)) {
    throw first.value;
  }
  return items;
}
