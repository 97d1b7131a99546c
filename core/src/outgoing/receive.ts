import { readSchema } from "../schema/read-schema.ts";
import type { SchemaIssue } from "../schema/issue.ts";
import { decodeNode } from "../wire/decode.ts";
import { type Outgoing, readOutgoing } from "./outgoing.ts";
import { SIGNATURE_HEADERS, verify } from "./signature.ts";

/** How a received request is judged. */
export interface ReceiveOptions {
  /** The secret that was agreed upon; several while it is changed. */
  secret: string | readonly string[];
  /** Seconds that the sender's clock and the way may take; 5 minutes by default. */
  tolerance?: number;
  /** Bytes of a body; 1 MiB by default. */
  limit?: number;
}

/** A received event, or why it is none. */
export type Receipt<Received> =
  | { readonly ok: true; readonly id: string; readonly data: Received }
  | { readonly ok: false; readonly reason: "unsigned" | "expired" | "forged" | "too_large" | "malformed" }
  | { readonly ok: false; readonly reason: "invalid"; readonly issues: readonly SchemaIssue[] };

/**
 * Reads a signed webhook or callback on the receiver's side: signature and time first, then the body by its schema. An id that was
 * seen before is a repetition: whoever must not act twice keeps the ids for the time of the tolerance.
 */
export async function receive<Received>(
  outgoing: Outgoing<unknown, Received>,
  request: Request,
  { secret, tolerance = 300, limit = 1024 * 1024 }: ReceiveOptions,
): Promise<Receipt<Received>> {
  const id = request.headers.get(SIGNATURE_HEADERS.id);
  const time = request.headers.get(SIGNATURE_HEADERS.timestamp);
  const signatures = request.headers.get(SIGNATURE_HEADERS.signature);
  if (id === null || time === null || signatures === null || !/^\d{1,15}$/.test(time)) {
    return { ok: false, reason: "unsigned" };
  }
  // So written that a tolerance that is no number lets nothing through.
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= tolerance)) {
    return { ok: false, reason: "expired" };
  }
  const payload = await readText(request, limit);
  if (typeof payload !== "string") {
    return { ok: false, reason: payload.reason };
  }
  const secrets = typeof secret === "string" ? [secret] : secret;
  const checks = await Promise.all(
    secrets.map((each) => verify(each, id, Number(time), payload, signatures)),
  );
  if (!checks.includes(true)) {
    return { ok: false, reason: "forged" };
  }
  let json: unknown;
  try {
    json = JSON.parse(payload);
  } catch {
    return { ok: false, reason: "malformed" };
  }
  const decoded = await decodeNode(readSchema(readOutgoing(outgoing).body), json);
  return decoded.ok
    ? { ok: true, id, data: decoded.value as Received }
    : { ok: false, reason: "invalid", issues: decoded.issues };
}

async function readText(
  request: Request,
  limit: number,
): Promise<string | { readonly reason: "too_large" | "malformed" }> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let size = 0;
  try {
    for await (const chunk of chunksOf(request)) {
      size += chunk.length;
      if (!(size <= limit)) {
        return { reason: "too_large" };
      }
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch {
    return { reason: "malformed" };
  }
}

async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) {
    return;
  }
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
