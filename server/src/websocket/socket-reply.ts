import { ApiError, objectOf, type Operation, type ServerSocket } from "@tenon/core";
import { INVALID, readSchema } from "@tenon/core/wire";
import { closeExits } from "../dependency/exits.ts";
import type { RawSocket } from "../exchange/exchange.ts";
import type { Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { type BackEnd, compileDecoder, compileEncoder } from "../validation/compile-schema.ts";
import { MessageQueue } from "./message-queue.ts";

/** Close codes (RFC 6455, 7.4.1). */
const CLOSE = { normal: 1000, unsupported: 1003, policy: 1008, internal: 1011 } as const;

/** Bytes of one message. */
const MESSAGE_LIMIT = 1024 * 1024;

type Handle = (context: RequestContext, socket: ServerSocket<unknown, unknown>) => unknown;

/** Compiles a socket procedure: the handshake is the request, so admission and input come before it is accepted. */
export function compileSocket(
  operation: Operation,
  backEnd: BackEnd,
  handle: Handle,
): (context: RequestContext) => Reply | Promise<Reply> {
  const messages = operation.procedure.messages;
  const decode = compileDecoder(readSchema(asSchema(messages?.receive)), backEnd);
  const encode = compileEncoder(readSchema(asSchema(messages?.send)), backEnd);
  return (context) => {
    const { upgrade } = context.exchange;
    if (upgrade === undefined) {
      throw frameworkError("MALFORMED_REQUEST", "this address is a socket: ask for an upgrade (RFC 6455)");
    }
    return upgrade((raw) => void run(raw, context, { decode, encode, handle }), {
      maxPayload: MESSAGE_LIMIT,
    });
  };
}

interface Compiled {
  readonly decode: (value: unknown) => unknown;
  readonly encode: (value: unknown) => unknown;
  readonly handle: Handle;
}

async function run(
  raw: RawSocket,
  context: RequestContext,
  { decode, encode, handle }: Compiled,
): Promise<void> {
  const queue = new MessageQueue();
  raw.onClose(() => {
    context.abort(new DOMException("the socket was closed", "AbortError"));
    queue.end();
  });
  raw.onMessage((data) => {
    const value = typeof data === "string" ? decode(parse(data)) : INVALID;
    if (value === INVALID) {
      raw.close(typeof data === "string" ? CLOSE.policy : CLOSE.unsupported, "the message does not fit");
      queue.end();
    } else {
      queue.push(value);
    }
  });
  const socket: ServerSocket<unknown, unknown> = {
    send: async (message) => {
      const encoded = encode(message);
      if (encoded === INVALID) {
        throw new TypeError("the message does not fit what the socket promises to send");
      }
      await raw.send(JSON.stringify(encoded));
    },
    close: (code = CLOSE.normal, reason = "") => raw.close(code, reason),
    [Symbol.asyncIterator]: () => queue,
  };
  let outcome: { isFailure: boolean; error: unknown } = { isFailure: false, error: undefined };
  try {
    await handle(context, socket);
  } catch (error) {
    outcome = { isFailure: true, error };
  }
  const closed = await closeExits(context.callExits ?? [], outcome);
  if (!closed.isFailure) {
    raw.close(CLOSE.normal, "");
  } else if (closed.error instanceof ApiError) {
    raw.close(CLOSE.policy, closed.error.code);
  } else {
    context.reportError(closed.error);
    raw.close(CLOSE.internal, "");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}

function asSchema(message: unknown): unknown {
  return typeof message === "object" && message !== null && !("_zod" in message) && !("~standard" in message)
    ? objectOf(new Map(Object.entries(message)))
    : message;
}
