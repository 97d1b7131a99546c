import type { MaybePromise, Media } from "@tenon/core";
import type { Reply } from "../exchange/reply.ts";
import { OutputError } from "./output-error.ts";
import { deleteHeader } from "../exchange/reply.ts";
import { type Sending, sendBytes } from "./send-bytes.ts";

/** How the length is told, and how long the connection lasts, is the server's business. */
const CONNECTION = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "content-type",
]);

/** Sends a web `Response`: with the status and the media type that are documented, or not at all. */
export function sendRaw(
  value: unknown,
  { type, schemas }: Media & { readonly kind: "raw" },
  mark: (type: string) => string,
  sending: Sending,
): MaybePromise<Reply> {
  const { status, headers, context } = sending;
  const id = context.operation as string;
  if (!(value instanceof Response)) {
    throw new OutputError(id, `it is raw(${JSON.stringify(type)}): return a Response`);
  }
  const given = value.headers.get("content-type") ?? type;
  if (value.bodyUsed) {
    throw new OutputError(id, "the body of its Response is already read");
  }
  if (value.status !== status || !promises(schemas, given)) {
    void value.body?.cancel().catch(() => {});
    const types = Object.keys(schemas).join(" or ");
    throw new OutputError(id, `it promises ${status} ${types}, and its Response is ${value.status} ${given}`);
  }
  for (const [name, text] of value.headers) {
    if (!CONNECTION.has(name)) {
      if (name !== "set-cookie") {
        deleteHeader(headers, name);
      }
      headers.push(name, text);
    }
  }
  headers.push("content-type", mark(given));
  return sendBytes(value.body ?? new Uint8Array(), undefined, sending);
}

function promises(schemas: Readonly<Record<string, unknown>>, given: string): boolean {
  return Object.keys(schemas).some((type) => essenceOf(type) === essenceOf(given));
}

function essenceOf(type: string): string {
  return (type.split(";", 1)[0] as string).trim().toLowerCase();
}
