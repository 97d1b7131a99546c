import { isBodyless, type Reply } from "../exchange/reply.ts";

/** Turns a reply into a web-standard response. `finished` is called when the last byte was taken, or the caller went away. */
export function toResponse(
  reply: Reply,
  isHead: boolean,
  finished: () => void,
  onAbort: (listener: () => void) => void,
): Response {
  const { status } = reply;
  const headers = new Headers();
  for (let index = 0; index < reply.headers.length; index += 2) {
    headers.append(reply.headers[index] as string, reply.headers[index + 1] as string);
  }
  switch (reply.kind) {
    case "bytes": {
      const { body } = reply;
      if (isBodyless(status)) {
        return finish(new Response(null, { status, headers }), finished);
      }
      const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
      headers.set("content-length", String(bytes.byteLength));
      return finish(
        new Response(isHead ? null : (bytes as Uint8Array<ArrayBuffer>), { status, headers }),
        finished,
      );
    }
    case "empty":
      return finish(new Response(null, { status, headers }), finished);
    case "stream":
    case "file":
      if (isHead) {
        void reply.body[Symbol.asyncIterator]().return?.();
        finished();
        return new Response(null, { status, headers });
      }
      return new Response(toStream(reply.body, finished, onAbort), { status, headers });
    case "web": {
      for (const [name, value] of reply.response.headers) {
        headers.append(name, value);
      }
      finished();
      return new Response(isHead ? null : reply.response.body, { status: reply.response.status, headers });
    }
    case "upgrade":
      return reply.response ?? new Response(null, { status: 500 });
  }
}

// Not before the response is made: a reply that cannot be one is followed by another.
function finish(response: Response, finished: () => void): Response {
  finished();
  return response;
}

/** Pulls one item when the reader wants one; the source is closed on cancel. */
function toStream(
  body: AsyncIterable<Uint8Array | string>,
  finished: () => void,
  onAbort: (listener: () => void) => void,
): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  const leave = (): void => {
    iterator.return?.().catch(() => {});
    finished();
  };
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Whoever gave the request up may never ask for another item, and must not take what there is for all.
        onAbort(() => {
          controller.error(new DOMException("the caller went away", "AbortError"));
          leave();
        });
      },
      async pull(controller) {
        try {
          const step = await iterator.next();
          if (step.done === true) {
            controller.close();
            finished();
          } else {
            controller.enqueue(typeof step.value === "string" ? encoder.encode(step.value) : step.value);
          }
        } catch (error) {
          controller.error(error);
          finished();
        }
      },
      async cancel() {
        await iterator.return?.();
        finished();
      },
    },
    { highWaterMark: 0 },
  );
}
