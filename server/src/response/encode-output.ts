import { isFailure, type MaybePromise, type Operation } from "@tenon/core";
import {
  encodeNode,
  holdsRichType,
  INVALID,
  leanNode,
  readSchema,
  type SchemaNode,
  type SchemaResult,
} from "@tenon/core/wire";
import type { HeaderList, Reply } from "../exchange/reply.ts";
import { addVary, setHeader } from "../exchange/reply.ts";
import { isPromise } from "../exchange/promise.ts";
import type { RequestContext } from "../request/request-context.ts";
import { StatusReply } from "../route/handler-argument.ts";
import { type BackEnd, compileEncoder } from "../validation/compile-schema.ts";
import { describeIssues, OutputError } from "./output-error.ts";
import { compileMedia } from "./encode-media.ts";
import { checkHeader, toHeaderText } from "./reply-headers.ts";
import { acceptsRich, enriched, PRIVATE, RICH_TYPE } from "./rich.ts";

/** Plain JSON of an encoded value; undefined where it has none. */
export type Serialize = (value: unknown) => string | undefined;

type Write = (value: unknown, context: RequestContext, headers: HeaderList) => MaybePromise<Reply>;

/** Compiles the encoding of a handler's result into a reply. */
export function compileOutput(
  operation: Operation,
  backEnd: BackEnd,
  serialize: Serialize,
): (result: unknown, context: RequestContext) => MaybePromise<Reply> {
  const writers = new Map(
    operation.responses.map(({ status, schema, media, mode }): [number, Write] => {
      if (media !== undefined) {
        return [status, compileMedia(media, status)];
      }
      if (schema === undefined) {
        return [status, writeNothing(status)];
      }
      const node = leanNode(readSchema(schema), mode);
      return [status, compileWriter(operation, status, node, backEnd, serialize)];
    }),
  );
  const startHeaders = headersOf(operation);
  const finish =
    operation.procedure.output?.kind === "statuses"
      ? severalStatuses(operation, writers, startHeaders)
      : oneStatus([...writers.values()][0] as Write, startHeaders);
  return (result, context) =>
    isPromise(result) ? result.then((settled) => finish(settled, context)) : finish(result, context);
}

/** Replies to a credential are for its owner alone: no cache keeps them, unless the handler says otherwise. */
export function isPrivate(operation: Operation): boolean {
  return operation.dependencies.some(({ security }) => security !== undefined);
}

function headersOf(operation: Operation): () => HeaderList {
  return isPrivate(operation) ? () => ["cache-control", PRIVATE] : () => [];
}

function oneStatus(
  write: Write,
  startHeaders: () => HeaderList,
): (result: unknown, context: RequestContext) => MaybePromise<Reply> {
  return (result, context) => {
    if (isFailure(result)) {
      throw result;
    }
    return write(result, context, startHeaders());
  };
}

function severalStatuses(
  operation: Operation,
  writers: ReadonlyMap<number, Write>,
  startHeaders: () => HeaderList,
): (result: unknown, context: RequestContext) => MaybePromise<Reply> {
  return (result, context) => {
    if (isFailure(result)) {
      throw result;
    }
    const write = result instanceof StatusReply ? writers.get(result.status) : undefined;
    if (!(result instanceof StatusReply) || write === undefined) {
      throw new OutputError(
        operation.id,
        "it has several statuses: return reply(status, value) with one of them",
      );
    }
    const headers = startHeaders();
    for (const [name, value] of Object.entries(result.headers ?? {})) {
      const text = toHeaderText(value);
      setHeader(headers, checkHeader(name, text), text);
    }
    return write(result.value, context, headers);
  };
}

function writeNothing(status: number): Write {
  return (_value, _context, headers) => ({ kind: "empty", status, headers });
}

function compileWriter(
  operation: Operation,
  status: number,
  node: SchemaNode,
  backEnd: BackEnd,
  serialize: Serialize,
): Write {
  const plain = compileForm(operation, node, backEnd, "plain");
  // No closure over a request: V8 would make a context for each (`bench/run-time/allocations.mjs`).
  const send = (encoded: unknown, value: unknown, headers: HeaderList): Reply => {
    // `undefined` has no JSON: a body of nothing is nothing.
    const body = serialize(encoded);
    if (body === undefined) {
      return { kind: "empty", status, headers };
    }
    // All that JSON sees of a Response is `{}`, which some schemas let pass.
    if (body.length === 2 && value instanceof Response) {
      throw new OutputError(operation.id, NO_RESPONSE);
    }
    headers.push("content-type", "application/json");
    return { kind: "bytes", status, headers, body };
  };
  const sendLater = async (encoded: Promise<unknown>, value: unknown, headers: HeaderList): Promise<Reply> =>
    send(await encoded, value, headers);
  const writePlain: Write = (value, _context, headers) => {
    const encoded = plain(value);
    return isPromise(encoded) ? sendLater(encoded, value, headers) : send(encoded, value, headers);
  };
  if (!holdsRichType(node)) {
    return writePlain;
  }
  const rich = compileForm(operation, node, backEnd, "rich");
  return (value, context, headers) => {
    addVary(headers, "accept");
    if (!acceptsRich(context.exchange.header("accept"))) {
      return writePlain(value, context, headers);
    }
    const send = (encoded: unknown): Reply => {
      if (encoded === undefined) {
        return { kind: "empty", status, headers };
      }
      setHeader(headers, "cache-control", PRIVATE);
      headers.push("content-type", RICH_TYPE);
      return { kind: "bytes", status, headers, body: enriched(encoded) };
    };
    const encoded = rich(value);
    return isPromise(encoded) ? encoded.then(send) : send(encoded);
  };
}

const NO_RESPONSE = 'a Response is sent by .output(raw("text/csv")) alone, where the document knows of it';

/** Encodes into plain JSON, or into the same with `Date` and its like in place. Throws where the value breaks its promise. */
function compileForm(
  operation: Operation,
  node: SchemaNode,
  backEnd: BackEnd,
  form: "plain" | "rich",
): (value: unknown) => MaybePromise<unknown> {
  const encode = compileEncoder(node, backEnd, form);
  const conclude = (settled: SchemaResult, value: unknown): unknown => {
    if (!settled.ok) {
      const isResponse = value instanceof Response;
      throw new OutputError(operation.id, isResponse ? NO_RESPONSE : describeIssues(settled.issues));
    }
    return settled.value;
  };
  // The interpreter has the last word: an asynchronous schema may still accept.
  const interpret = (value: unknown): unknown => {
    const result = encodeNode(node, value, { form });
    return isPromise(result) ? result.then((settled) => conclude(settled, value)) : conclude(result, value);
  };
  return (value) => {
    const encoded = encode(value);
    return encoded === INVALID ? interpret(value) : encoded;
  };
}
