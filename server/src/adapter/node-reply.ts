import type { ServerResponse } from "node:http";
import { isBodyless, type Reply } from "../exchange/reply.ts";

/** Writes a reply to Node's response: one write with its length wherever the body is there as a whole. */
export function writeReply(reply: Reply, response: ServerResponse, isHead: boolean): void | Promise<void> {
  const { status, headers } = reply;
  switch (reply.kind) {
    case "bytes": {
      const { body } = reply;
      if (isBodyless(status)) {
        response.writeHead(status, headers);
        response.end();
        return;
      }
      const length = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
      headers.push("content-length", String(length));
      response.writeHead(status, headers);
      response.end(isHead ? undefined : body);
      return;
    }
    case "empty":
      if (status !== 204 && status !== 304) {
        headers.push("content-length", "0");
      }
      response.writeHead(status, headers);
      response.end();
      return;
    case "stream":
    case "file":
      response.writeHead(status, headers);
      return isHead ? end(response, reply.body) : writeStream(reply.body, response);
    case "web":
      return writeWeb(reply.response, headers, response, isHead);
    case "upgrade":
      return;
  }
}

async function end(response: ServerResponse, body: AsyncIterable<unknown>): Promise<void> {
  response.end();
  await body[Symbol.asyncIterator]().return?.();
}

/** Pulls at the caller's pace; the source is closed when the caller goes away, or fails. */
async function writeStream(
  body: AsyncIterable<Uint8Array | string>,
  response: ServerResponse,
): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  // One listener for all items: racing each against one promise would gather a reaction for every item.
  let leave = (): void => {};
  response.once("close", () => leave());
  const orLeft = <T>(wait: (resolve: (value?: T) => void, reject: (error: unknown) => void) => void) =>
    new Promise<T | undefined>((resolve, reject) => {
      leave = () => resolve(undefined);
      wait(resolve, reject);
    });
  try {
    if (!response.destroyed) {
      response.flushHeaders();
    }
    while (!response.destroyed) {
      const step = await orLeft<IteratorResult<Uint8Array | string>>((resolve, reject) => {
        iterator.next().then(resolve, reject);
      });
      if (step === undefined || response.destroyed) {
        break;
      }
      if (step.done === true) {
        response.end();
        return;
      }
      if (!response.write(step.value)) {
        await orLeft((resolve) => response.once("drain", () => resolve()));
      }
    }
  } catch {
    // After the head there is no status left to tell: the framing is broken off, so that nobody takes it for the end.
    response.destroy();
  } finally {
    await iterator.return?.();
  }
}

async function writeWeb(
  web: Response,
  headers: readonly string[],
  response: ServerResponse,
  isHead: boolean,
): Promise<void> {
  const list = [...headers];
  for (const [name, value] of web.headers) {
    list.push(name, value);
  }
  response.writeHead(web.status, list);
  if (web.body === null || isHead) {
    response.end();
    await web.body?.cancel();
    return;
  }
  await writeStream(chunksOf(web.body), response);
}

/** The chunks of a body. It may be another implementation's than Node's own: only what every one has is asked. */
function chunksOf(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => {
      const reader = body.getReader();
      return {
        next: async () => {
          const { done, value } = await reader.read();
          return done ? { done, value: undefined } : { done, value };
        },
        return: async () => {
          await reader.cancel().catch(() => {});
          return { done: true, value: undefined };
        },
      };
    },
  };
}
