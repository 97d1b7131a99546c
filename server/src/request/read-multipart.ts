import { Readable } from "node:stream";
import { ApiError } from "@tenon/core";
import { Busboy } from "@fastify/busboy";
import type { Exchange } from "../exchange/exchange.ts";
import { frameworkError } from "../response/problem.ts";
import type { FormLimits, FormParts } from "./form.ts";
import { tooLarge } from "./read-json.ts";

/**
 * Reads a multipart body (RFC 7578) through a streaming parser; the limits are enforced while it arrives.
 * Throws 413 or 400; what was received by then is dropped.
 */
export async function readMultipart(
  exchange: Exchange,
  contentType: string,
  limits: FormLimits,
): Promise<FormParts> {
  const parts = new Map<string, (string | File)[]>();
  const parser = openParser(contentType, limits);
  const source = Readable.from(withinTotal(exchange.pull(), limits.total), { objectMode: false });
  try {
    await new Promise<void>((resolve, reject) => {
      const add = (name: string, value: string | File): void => {
        const values = parts.get(name);
        if (values === undefined) {
          parts.set(name, [value]);
        } else {
          values.push(value);
        }
      };
      const files: Promise<void>[] = [];
      parser.on("field", (name, value, isNameTruncated, isTruncated) => {
        if (isTruncated || isNameTruncated) {
          reject(frameworkError("TOO_LARGE", `a text part is larger than ${limits.text} bytes`));
        } else {
          add(name, value);
        }
      });
      parser.on("file", (name, stream, filename, _encoding, type) => {
        const chunks: Buffer[] = [];
        stream.on("limit", () =>
          reject(frameworkError("TOO_LARGE", `a file is larger than ${limits.file} bytes`)),
        );
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        // The parser tells of it, too, but an error that nobody listens to here would end the process.
        stream.on("error", () => reject(brokenOff()));
        files.push(
          new Promise((received) => {
            stream.on("end", () => {
              // A part without a file name and without bytes is what browsers send for a file that was not chosen.
              if (filename !== undefined || chunks.length > 0) {
                add(name, new File(chunks as BlobPart[], filename ?? "", { type }));
              }
              received();
            });
          }),
        );
      });
      parser.on("partsLimit", () =>
        reject(frameworkError("TOO_LARGE", `the body holds more than ${limits.parts} parts`)),
      );
      parser.on("finish", () => {
        Promise.all(files).then(() => resolve(), reject);
      });
      parser.on("error", () =>
        reject(frameworkError("MALFORMED_BODY", "the body is no valid multipart/form-data")),
      );
      source.on("error", (error) => reject(error instanceof ApiError ? error : brokenOff()));
      source.pipe(parser);
    });
  } finally {
    source.unpipe(parser);
    source.destroy();
    parser.destroy();
  }
  return parts;
}

function openParser(contentType: string, limits: FormLimits): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: { fieldSize: limits.text, fileSize: limits.file, parts: limits.parts, headerPairs: 100 },
    });
  } catch {
    throw frameworkError("MALFORMED_BODY", "the media type names no boundary");
  }
}

function brokenOff(): Error {
  return frameworkError("MALFORMED_BODY", "the body breaks off") as Error;
}

async function* withinTotal(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > limit) {
      throw tooLarge(limit);
    }
    yield chunk;
  }
}
