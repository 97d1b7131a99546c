import { BYTES_TRANSFORMER } from "@tenon/core/wire";
import { SuperJSON } from "superjson";
import { MockFailure, MockReply } from "./mock.ts";

const superjson = new SuperJSON();
superjson.registerCustom(BYTES_TRANSFORMER.transformer, BYTES_TRANSFORMER.name);

const RICH = "application/vnd.tenon+json";

/** How the answer is to be given. */
export interface AnswerOptions {
  readonly accept: string;
  /** The status of an answer that says none itself. */
  readonly status: number;
}

/** What a mock has resolved to, as the application would send it: with values that JSON has not, to whoever revives them. */
export function answer(result: unknown, { accept, status }: AnswerOptions): Response {
  if (result instanceof Response) {
    return result;
  }
  if (result instanceof MockFailure) {
    return problem(result);
  }
  const isRich = accept.includes(RICH);
  if (isStream(result)) {
    const type = `text/event-stream${isRich ? "; wire=rich" : ""}`;
    return new Response(events(result, isRich), { status: 200, headers: { "content-type": type } });
  }
  const [said, value] =
    result instanceof MockReply ? [result.status as number, result.value as unknown] : [status, result];
  if (value === undefined) {
    return new Response(null, { status: result instanceof MockReply ? said : 204 });
  }
  const headers = { "content-type": isRich ? RICH : "application/json" };
  return new Response(write(value, isRich), { status: said, headers });
}

function problem({ problem: { code, status, ...more } }: MockFailure): Response {
  const body = { type: "about:blank", title: String(code), status, code, ...more };
  const { json, meta } = superjson.serialize(body) as {
    json: object;
    meta?: { values?: Record<string, unknown> };
  };
  const values = Object.entries(meta?.values ?? {})
    .filter(([path]) => path === "data" || path.startsWith("data."))
    .map(([path, value]) => [path.slice("data.".length), value]);
  return new Response(
    JSON.stringify(values.length === 0 ? json : { ...json, meta: { values: Object.fromEntries(values) } }),
    { status: status as number, headers: { "content-type": "application/problem+json" } },
  );
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

function write(value: unknown, isRich: boolean): string {
  const enriched = superjson.serialize(value);
  return JSON.stringify(isRich ? enriched : enriched.json);
}

function events(items: AsyncIterable<unknown>, isRich: boolean): ReadableStream<Uint8Array> {
  const iterator = items[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) {
        controller.close();
      } else {
        controller.enqueue(encoder.encode(`data: ${write(value, isRich)}\n\n`));
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
