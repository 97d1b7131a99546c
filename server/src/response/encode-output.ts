import { isFailure, type MaybePromise, type Operation } from "@tenon/core";
import {
  enrich,
  encodeNode,
  holdsRichType,
  INVALID,
  readSchema,
  type SchemaNode,
  type SchemaResult,
} from "@tenon/core/wire";
import type { HeaderList, Reply } from "../exchange/reply.ts";
import { addVary } from "../exchange/reply.ts";
import { isPromise } from "../exchange/promise.ts";
import type { RequestContext } from "../request/request-context.ts";
import { StatusReply } from "../route/handler-argument.ts";
import { type BackEnd, compileEncoder } from "../validation/compile-schema.ts";
import { describeIssues, OutputError } from "./output-error.ts";

/** The media type by which the typed client asks for values that JSON does not have. */
export const RICH_TYPE = "application/vnd.tenon+json";

type Write = (value: unknown, context: RequestContext, headers: HeaderList) => MaybePromise<Reply>;

/** Compiles the encoding of a handler's result into a reply. */
export function compileOutput(
  operation: Operation,
  backEnd: BackEnd,
): (result: unknown, context: RequestContext) => MaybePromise<Reply> {
  const writers = new Map(
    operation.responses.map(({ status, schema }) => [
      status,
      compileWriter(operation, status, schema, backEnd),
    ]),
  );
  const finish =
    operation.procedure.output?.kind === "statuses"
      ? severalStatuses(operation, writers)
      : oneStatus([...writers.values()][0] as Write);
  return (result, context) =>
    isPromise(result) ? result.then((settled) => finish(settled, context)) : finish(result, context);
}

function oneStatus(write: Write): (result: unknown, context: RequestContext) => MaybePromise<Reply> {
  return (result, context) => {
    if (isFailure(result)) {
      throw result;
    }
    return write(result, context, []);
  };
}

function severalStatuses(
  operation: Operation,
  writers: ReadonlyMap<number, Write>,
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
    return write(
      result.value,
      context,
      Object.entries(result.headers ?? {}).flatMap(([name, value]) => [name.toLowerCase(), value]),
    );
  };
}

function compileWriter(operation: Operation, status: number, schema: unknown, backEnd: BackEnd): Write {
  if (schema === undefined) {
    return (_value, _context, headers) => ({ kind: "empty", status, headers });
  }
  const node = readSchema(schema);
  const encode = compileEncoder(node, backEnd);
  const isRich = holdsRichType(node);
  const send = (encoded: unknown, value: unknown, context: RequestContext, headers: HeaderList): Reply => {
    const json = JSON.stringify(encoded);
    return isRich ? negotiated(json, node, value, status, context, headers) : plain(json, status, headers);
  };
  return (value, context, headers) => {
    const encoded = encode(value);
    if (encoded !== INVALID) {
      return send(encoded, value, context, headers);
    }
    // The interpreter has the last word: an asynchronous schema may still accept.
    const result = encodeNode(node, value);
    const conclude = (settled: SchemaResult): Reply => {
      if (!settled.ok) {
        throw new OutputError(operation.id, describeIssues(settled.issues));
      }
      return send(settled.value, value, context, headers);
    };
    return isPromise(result) ? result.then(conclude) : conclude(result);
  };
}

function plain(body: string, status: number, headers: HeaderList): Reply {
  headers.push("content-type", "application/json");
  return { kind: "bytes", status, headers, body };
}

function negotiated(
  json: string,
  node: SchemaNode,
  value: unknown,
  status: number,
  context: RequestContext,
  headers: HeaderList,
): Reply {
  addVary(headers, "accept");
  if (!acceptsRich(context.exchange.header("accept"))) {
    return plain(json, status, headers);
  }
  // `json` is byte for byte the plain body; `meta` says what to revive.
  headers.push("content-type", RICH_TYPE, "cache-control", "private, no-store");
  return { kind: "bytes", status, headers, body: enriched(json, node, value) };
}

function enriched(json: string, node: SchemaNode, value: unknown): string {
  const rich = encodeNode(node, value, { form: "rich" });
  const meta = isPromise(rich) || !rich.ok ? undefined : enrich(rich.value);
  return meta === undefined ? `{"json":${json}}` : `{"json":${json},"meta":${JSON.stringify(meta)}}`;
}

/** The caller is a typed client that revives rich values. */
export function acceptsRich(accept: string | undefined): boolean {
  return accept?.includes(RICH_TYPE) ?? false;
}
