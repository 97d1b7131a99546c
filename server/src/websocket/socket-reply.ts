import { ApiError, objectOf, type Operation, type ServerSocket } from "@tenon/core";
import { canBeDeep, holdsRichType, INVALID, readSchema, type SchemaNode } from "@tenon/core/wire";
import type { Outcome } from "../dependency/exits.ts";
import type { RawSocket } from "../exchange/exchange.ts";
import type { Reply } from "../exchange/reply.ts";
import { readJsonParameter } from "../request/read-json.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { enrichedMessage } from "../response/rich.ts";
import type { Semantics } from "../semantics.ts";
import { type BackEnd, compileDecoder, compileEncoder } from "../validation/compile-schema.ts";
import { MessageQueue } from "./message-queue.ts";
import { Vigil } from "./vigil.ts";

/** Close codes (RFC 6455, 7.4.1). */
const CLOSE = { normal: 1000, goingAway: 1001, unsupported: 1003, policy: 1008, internal: 1011 } as const;

type Handle = (context: RequestContext, socket: ServerSocket<unknown, unknown>) => unknown;

/** Messages that may wait for the handler before the caller has to. */
const QUEUE_LIMIT = 64;

/** Milliseconds that a held caller waits for a handler that does not read: meanwhile nobody would see it leave. */
const HOLD_LIMIT = 30_000;

/** Compiles a socket procedure: the handshake is the request, so admission and input come before it is accepted. */
export function compileSocket(
  operation: Operation,
  backEnd: BackEnd,
  handle: Handle,
  texts: Semantics["socketTexts"],
): (context: RequestContext) => Reply | Promise<Reply> {
  const { messages, lasting } = operation.procedure;
  const { ping = 30_000, idle = 0, maxMessage = 1024 * 1024 } = lasting;
  const receive = readSchema(asSchema(messages?.receive));
  const isDeep = canBeDeep(receive);
  const decode = compileDecoder(receive, backEnd);
  const send = readSchema(asSchema(messages?.send));
  const plain = compileMessage(compileEncoder(send, backEnd), (encoded) => JSON.stringify(encoded));
  const rich = holdsRichType(send)
    ? compileMessage(compileEncoder(send, backEnd, "rich"), enrichedMessage)
    : plain;
  const isPlain = texts === "plain";
  const asText = isPlain && isText(send) ? compileMessage(compileEncoder(send, backEnd), String) : plain;
  const json: Compiled = { decode: (text) => decode(parse(text, isDeep)), handle, ping, idle };
  const text: Compiled = isPlain && isText(receive) ? { ...json, decode } : json;
  return (context) => {
    const { upgrade } = context.exchange;
    if (upgrade === undefined) {
      throw frameworkError("MALFORMED_REQUEST", "this address is a socket: ask for an upgrade (RFC 6455)");
    }
    // The typed client speaks JSON, whatever others do.
    const isTyped = asksForRich(context.exchange.target);
    const [compiled, write] = isTyped ? [json, rich] : [text, asText];
    return upgrade((raw) => run(raw, context, compiled, write), { maxPayload: maxMessage });
  };
}

function isText({ kind }: SchemaNode): boolean {
  return kind === "string";
}

/** A message as text. Throws for one that does not fit. */
type WriteMessage = (message: unknown) => string;

function compileMessage(
  encode: (value: unknown) => unknown,
  toText: (encoded: unknown) => string,
): WriteMessage {
  return (message) => {
    const encoded = encode(message);
    if (encoded === INVALID) {
      throw new TypeError("the message does not fit what the socket promises to send");
    }
    return toText(encoded);
  };
}

/** The typed client says so in the address, since a socket of a browser has no headers. */
function asksForRich(target: string): boolean {
  return /[?&]wire=rich(?:&|$)/.test(target);
}

interface Compiled {
  readonly decode: (text: string) => unknown;
  readonly handle: Handle;
  readonly ping: number;
  readonly idle: number;
}

/** From the open socket to the closed one. Never rejects: whatever fails becomes a close code. */
function run(
  raw: RawSocket,
  context: RequestContext,
  { decode, handle, ping, idle }: Compiled,
  write: WriteMessage,
): void {
  const queue = new MessageQueue(QUEUE_LIMIT, holder(raw));
  const leave = (code: number, reason: string): void => {
    raw.close(code, reason);
    queue.end();
  };
  const vigil = new Vigil(raw, { ping, idle }, () => leave(CLOSE.normal, "nothing was said"));
  let finished: Promise<void> = Promise.resolve();
  raw.onClose(() => {
    vigil.end();
    // What the handler has to put in order is background work from now on: a server that stops waits for it.
    context.track(finished);
    context.abort(new DOMException("the socket was closed", "AbortError"));
    queue.end();
  });
  const forget = context.keep(() => {
    context.track(finished);
    context.abort(new DOMException("the server stops", "AbortError"));
    leave(CLOSE.goingAway, "the server stops");
  });
  raw.onMessage((data) => {
    vigil.said();
    try {
      const value = typeof data === "string" ? decode(data) : INVALID;
      if (value === INVALID) {
        leave(typeof data === "string" ? CLOSE.policy : CLOSE.unsupported, "the message does not fit");
      } else {
        queue.push(value);
      }
    } catch (error) {
      context.reportError(error);
      leave(CLOSE.internal, "");
    }
  });
  const conclude = async (): Promise<void> => {
    let outcome: Outcome = { isFailure: false, error: undefined };
    try {
      await handle(context, openSocket(raw, queue, write));
    } catch (error) {
      outcome = { isFailure: true, error };
    }
    forget();
    end(raw, await context.closeCall(outcome), context);
  };
  finished = conclude();
}

/** The socket as the handler sees it. */
function openSocket(
  raw: RawSocket,
  queue: MessageQueue,
  write: WriteMessage,
): ServerSocket<unknown, unknown> {
  return {
    send: async (message) => {
      await raw.send(write(message)).catch((cause: unknown) => {
        throw new SocketGoneError("the socket is closed", { cause });
      });
    },
    close: (code = CLOSE.normal, reason = "") => raw.close(code, reason),
    [Symbol.asyncIterator]: () => queue,
  };
}

/** The handler wrote to a caller that had left: nothing to report. */
class SocketGoneError extends Error {
  override readonly name = "SocketGoneError";
}

function end(raw: RawSocket, { isFailure, error }: Outcome, context: RequestContext): void {
  if (!isFailure) {
    raw.close(CLOSE.normal, "");
  } else if (error instanceof ApiError) {
    // A close frame has room for 123 bytes of reason (RFC 6455, 5.5).
    raw.close(CLOSE.policy, error.code.slice(0, 40));
  } else {
    if (!(error instanceof SocketGoneError)) {
      context.reportError(error);
    }
    raw.close(CLOSE.internal, "");
  }
}

/** Holds the caller while too many messages wait, and lets it go where nobody reads them. */
function holder(raw: RawSocket): (isHeld: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (isHeld) => {
    clearTimeout(timer);
    if (isHeld) {
      timer = setTimeout(() => {
        raw.hold?.(false);
        raw.close(CLOSE.policy, "nobody reads the messages");
      }, HOLD_LIMIT);
    }
    raw.hold?.(isHeld);
  };
}

function parse(text: string, isDeep: boolean): unknown {
  try {
    return readJsonParameter(text, isDeep);
  } catch {
    return INVALID;
  }
}

function asSchema(message: unknown): unknown {
  return typeof message === "object" && message !== null && !("_zod" in message) && !("~standard" in message)
    ? objectOf(new Map(Object.entries(message)))
    : message;
}
