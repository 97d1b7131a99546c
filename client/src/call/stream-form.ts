import type { FileSource } from "@tenon/core";

/**
 * A multipart body (RFC 7578) that is written while it is sent. Whoever stops reading it closes the streams in it; so does
 * `release`, since Node's `fetch` goes on reading the body of a call that was given up.
 */
export function streamForm(entries: readonly (readonly [name: string, value: string | FileSource])[]): {
  body: ReadableStream<Uint8Array>;
  type: string;
  release: () => void;
} {
  const boundary = `tenon-${crypto.randomUUID()}`;
  const chunks = writeParts(entries, boundary);
  let isReleased = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await chunks.next();
        if (isReleased) {
          controller.error(new DOMException("the call has ended", "AbortError"));
        } else if (step.done === true) {
          controller.close();
        } else {
          controller.enqueue(step.value);
        }
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return {
    body,
    type: `multipart/form-data; boundary=${boundary}`,
    release: () => {
      isReleased = true;
      chunks.return(undefined).catch(() => {});
    },
  };
}

async function* writeParts(
  entries: readonly (readonly [name: string, value: string | FileSource])[],
  boundary: string,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const encoder = new TextEncoder();
  for (const [name, value] of entries) {
    const start = `--${boundary}\r\ncontent-disposition: form-data; name="${escape(name)}"`;
    if (typeof value === "string") {
      yield encoder.encode(`${start}\r\n\r\n${value}\r\n`);
    } else {
      const { filename, type, chunks } = readSource(value);
      yield encoder.encode(`${start}; filename="${escape(filename)}"\r\ncontent-type: ${type}\r\n\r\n`);
      for await (const chunk of chunks) {
        yield typeof chunk === "string" ? encoder.encode(chunk) : checkBytes(chunk);
      }
      yield encoder.encode("\r\n");
    }
  }
  yield encoder.encode(`--${boundary}--\r\n`);
}

function readSource(value: FileSource): {
  filename: string;
  type: string;
  chunks: AsyncIterable<Uint8Array | string>;
} {
  if (value instanceof Blob) {
    const filename = "name" in value && typeof value.name === "string" ? value.name : "blob";
    return { filename, type: typeOf(value.type), chunks: iterate(value.stream()) };
  }
  return "~upload" in value
    ? { filename: value.name, type: typeOf(value.type), chunks: iterate(value["~upload"]) }
    : { filename: "blob", type: typeOf(""), chunks: iterate(value) };
}

/** A line end in a type would start another header. */
function typeOf(type: string): string {
  return /^[\x20-\x7e]+$/.test(type) ? type : "application/octet-stream";
}

// Not every run time lets its streams be iterated.
async function* iterate(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (Symbol.asyncIterator in source) {
    yield* source as AsyncIterable<Uint8Array>;
    return;
  }
  const reader = (source as ReadableStream<Uint8Array>).getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      yield step.value;
    }
  } finally {
    await reader.cancel();
  }
}

function checkBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) {
    return chunk;
  }
  throw new TypeError("A stream that is sent as a file has to give bytes or text.");
}

/** As browsers write names (HTML, 4.10.21.8). */
function escape(name: string): string {
  return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}
