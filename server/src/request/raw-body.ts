import type { MaybePromise, RequestBody } from "@tenon/core";
import { canBeDeep, INVALID, readSchema, type ScalarGrammar, type SchemaResult } from "@tenon/core/wire";
import type { BodyFailure } from "../exchange/exchange.ts";
import { isPromise } from "../exchange/promise.ts";
import { frameworkError } from "../response/problem.ts";
import { ArrivingFile } from "../upload/streamed-file.ts";
import type { BackEnd } from "../validation/compile-schema.ts";
import { type BodyDecode, type BodyPlan, compileJsonBody, NO_VALUE } from "./decode-input.ts";
import { essence, isUtf8, matchesType } from "./media-type.ts";
import { checkCoding, checkDeclaredLength, NO_BODY, parseText, tooLarge } from "./read-json.ts";
import type { RequestContext } from "./request-context.ts";

type RawBody = RequestBody & { readonly kind: "raw" };

/** What the app says about raw bodies. */
interface RawSettings {
  readonly backEnd: BackEnd;
  readonly grammar: ScalarGrammar | undefined;
  /** Bytes of a body that is received as a whole. */
  readonly limit: number;
  /** Bytes of one that is read as it arrives. */
  readonly streamLimit: number;
  /** Its media type is not looked at. */
  readonly isAnyType: boolean;
}

/** Plans a body that is no JSON: 415 before a byte is read, then 413, then 400. */
export function planRaw(
  body: RawBody,
  { backEnd, grammar, limit, streamLimit, isAnyType }: RawSettings,
): BodyPlan {
  const { form, maxBytes } = body;
  const isText = form === "text" || form === "parsed";
  const rest =
    form === "stream" ? streamer(body, maxBytes ?? streamLimit) : receiver(body, maxBytes ?? limit);
  return {
    decode:
      form === "parsed"
        ? compileJsonBody(readSchema(body.schema), body.key, backEnd, grammar)
        : asItIs(body.key),
    read: (context) => {
      const type = context.exchange.header("content-type");
      if (type === undefined && !context.exchange.hasBody) {
        return NO_BODY;
      }
      const fits = type !== undefined && matchesType(type, body.types) && !(isText && !isUtf8(type));
      if (!fits && !isAnyType) {
        const types = body.types.join(", ");
        throw frameworkError(
          "UNSUPPORTED_MEDIA_TYPE",
          `the body must be ${types}${isText ? " in UTF-8" : ""}`,
          {
            headers: { "accept-post": types },
          },
        );
      }
      if (isText) {
        checkCoding(context.exchange);
      }
      return rest(context);
    },
  };
}

/** What was sent is what the handler gets; it only has to be there. */
function asItIs(key: string): BodyDecode {
  return {
    key,
    absent: undefined,
    decode: (raw) => raw ?? INVALID,
    explain: (raw): SchemaResult => (raw === undefined ? NO_VALUE : { ok: true, value: raw }),
  };
}

function receiver(body: RawBody, limit: number): (context: RequestContext) => MaybePromise<unknown> {
  const read = body.form === "bytes" ? (bytes: Uint8Array) => bytes : textReader(body);
  const take = (bytes: Uint8Array | BodyFailure): MaybePromise<unknown> => {
    if (typeof bytes === "string") {
      throw bytes === "too-large" ? tooLarge(limit) : frameworkError("MALFORMED_BODY", "the body breaks off");
    }
    return read(bytes);
  };
  return ({ exchange }) => {
    checkDeclaredLength(exchange, limit);
    const bytes = exchange.hasBody ? exchange.readBody(limit) : new Uint8Array();
    return isPromise(bytes) ? bytes.then(take) : take(bytes);
  };
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function textReader(body: RawBody): (bytes: Uint8Array) => MaybePromise<unknown> {
  const decode = (bytes: Uint8Array): string => {
    try {
      return UTF8.decode(bytes);
    } catch {
      throw frameworkError("MALFORMED_BODY", "the body is not valid UTF-8");
    }
  };
  if (body.form === "text") {
    return decode;
  }
  const { parse } = body;
  if (parse === undefined) {
    const isDeep = canBeDeep(readSchema(body.schema));
    return (bytes) => parseText(decode(bytes), isDeep);
  }
  const refuse = (cause: unknown): never => {
    throw frameworkError("MALFORMED_BODY", `the body is no valid ${body.types[0]}`, { cause });
  };
  return (bytes) => {
    const text = decode(bytes);
    try {
      const parsed = parse(text);
      return isPromise(parsed) ? parsed.then(undefined, refuse) : parsed;
    } catch (error) {
      return refuse(error);
    }
  };
}

/** Until the body has been read to its end, its connection is of no further use. */
function streamer({ key }: RawBody, maxBytes: number): (context: RequestContext) => unknown {
  return (context) => {
    const { exchange } = context;
    checkDeclaredLength(exchange, maxBytes);
    const chunks = exchange.hasBody ? pull(context) : nothing();
    if (exchange.hasBody) {
      context.response.headers.set("connection", "close");
    }
    const cancel = (): void => {
      chunks.return(undefined).catch(() => {});
    };
    context.addExit("request", { close: cancel, fail: cancel });
    const type = essence(exchange.header("content-type") ?? "");
    const source = { bytes: chunks, ended: Promise.resolve(), cancel };
    return new ArrivingFile({ field: key, name: "", type, maxBytes }, source, context);
  };
}

async function* pull(context: RequestContext): AsyncGenerator<Uint8Array> {
  yield* context.exchange.pull();
  context.response.headers.delete("connection");
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
