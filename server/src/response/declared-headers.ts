import type { MaybePromise, Operation } from "@tenon/core";
import { innermost, decodeText, INVALID, isOptionalOut, readSchema } from "@tenon/core/wire";
import { isPromise } from "../exchange/promise.ts";
import { discardReply, getHeader, type Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { type BackEnd, compileTextDecoder } from "../validation/compile-schema.ts";
import { OutputError } from "./output-error.ts";

type Encode = (result: unknown, context: RequestContext) => MaybePromise<Reply>;

/** Holds a reply to the headers that its operation promises. Operations that promise none pay nothing. */
export function withDeclaredHeaders(operation: Operation, backEnd: BackEnd, encode: Encode): Encode {
  if (operation.responseHeaders.size === 0) {
    return encode;
  }
  const checks = [...operation.responseHeaders].map(([name, schema]) =>
    compileCheck(name.toLowerCase(), schema, backEnd),
  );
  const check = (reply: Reply, context: RequestContext): Reply => {
    // The handler of a stream is not called for HEAD.
    if (operation.kind === "stream" && context.method === "HEAD") {
      return reply;
    }
    for (const complain of checks) {
      const sentence = complain(reply, context);
      if (sentence !== undefined) {
        discardReply(reply);
        throw new OutputError(operation.id, sentence);
      }
    }
    return reply;
  };
  return (result, context) => {
    const reply = encode(result, context);
    return isPromise(reply) ? reply.then((settled) => check(settled, context)) : check(reply, context);
  };
}

function compileCheck(
  name: string,
  schema: unknown,
  backEnd: BackEnd,
): (reply: Reply, context: RequestContext) => string | undefined {
  const node = readSchema(schema);
  const decode = compileTextDecoder(node, backEnd);
  const isList = ["array", "set", "tuple"].includes(innermost(node).kind);
  const isOptional = isOptionalOut(node);
  return (reply, context) => {
    const text = context.replyHeaders?.get(name) ?? getHeader(reply.headers, name);
    if (text === undefined) {
      return isOptional ? undefined : `the header '${name}' is missing`;
    }
    const read = isList ? text.split(",").map((item) => item.trim()) : text;
    if (decode(read) !== INVALID) {
      return undefined;
    }
    const result = decodeText(node, read);
    return !isPromise(result) && result.ok ? undefined : `the header '${name}' does not fit its schema`;
  };
}
