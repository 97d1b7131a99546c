import type { Duplex } from "node:stream";
import { DefinitionError, type MaybePromise, type Middleware } from "@tenon/core";
import type { BodyFailure, Exchange } from "../exchange/exchange.ts";
import { readAll } from "../exchange/read-all.ts";
import { tooLarge } from "../request/read-json.ts";
import type { RequestContext } from "../request/request-context.ts";
import { frameworkError } from "../response/problem.ts";
import { InnerExchange } from "../exchange/inner-exchange.ts";
import type { Next } from "./next.ts";

/** A content coding that request bodies may have (RFC 9110, 8.4.1). */
export type BodyCoding = "gzip" | "br" | "deflate";

/** Options of `decompress`. */
export interface DecompressOptions {
  /**
   * Bytes that a body may have when it is decompressed, beside the limits of the app and the operation, which count
   * decompressed bytes, too; 10 MiB by default.
   */
  limit?: number;
  /** The codings that are taken: all three by default. */
  encodings?: readonly BodyCoding[];
}

const CODINGS: readonly BodyCoding[] = ["gzip", "br", "deflate"];

/**
 * Takes compressed request bodies (`Content-Encoding`). A body that grows past a limit is refused with 413 while it is
 * decompressed, what is broken with 400, and a coding that is not taken with 415, all where the body would have been.
 */
export function decompress(options: DecompressOptions = {}): Middleware {
  const { limit = 10 * 1024 * 1024, encodings = CODINGS } = options;
  const unknown = encodings.find((coding) => !CODINGS.includes(coding));
  if (unknown !== undefined) {
    throw new DefinitionError(
      "BAD_OPTION",
      `decompress: '${unknown}' is no encoding of bodies: write ${CODINGS.join(", ")}`,
    );
  }
  return {
    name: "decompress",
    handle(context: RequestContext, next: Next) {
      const { exchange } = context;
      const said = exchange.header("content-encoding")?.trim().toLowerCase();
      if (said !== undefined && said !== "" && said !== "identity" && exchange.hasBody) {
        const name = said === "x-gzip" ? "gzip" : said;
        const coding = encodings.find((each) => each === name);
        context.exchange = new DecodedExchange(exchange, coding, limit, encodings);
      }
      return next();
    },
  };
}

/** An exchange with the body that was meant. */
class DecodedExchange extends InnerExchange {
  readonly #coding: BodyCoding | undefined;
  readonly #limit: number;
  readonly #accepted: readonly BodyCoding[];

  constructor(
    outer: Exchange,
    coding: BodyCoding | undefined,
    limit: number,
    accepted: readonly BodyCoding[],
  ) {
    super(outer);
    this.#coding = coding;
    this.#limit = limit;
    this.#accepted = accepted;
  }

  override header(name: string): string | undefined {
    return OF_CODED.has(name) ? undefined : this.outer.header(name);
  }

  override get headerList(): readonly string[] {
    const { headerList } = this.outer;
    return headerList.filter(
      (_, index) => !OF_CODED.has((headerList[index - (index % 2)] as string).toLowerCase()),
    );
  }

  override readBody(limit: number): MaybePromise<Uint8Array | BodyFailure> {
    return readAll(this.pull(), limit);
  }

  override async *pull(): AsyncGenerator<Uint8Array> {
    const coding = this.#coding;
    if (coding === undefined) {
      const codings = this.#accepted.join(", ");
      throw frameworkError(
        "UNSUPPORTED_MEDIA_TYPE",
        `the body must be encoded as ${codings}, or not at all`,
        {
          // What would have been taken (RFC 9110, 12.5.3).
          headers: { "accept-encoding": codings },
        },
      );
    }
    const { pipeline } = await import("node:stream");
    const decoder = await openDecoder(coding);
    let broken: unknown;
    const source = this.outer.pull();
    const watched = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* source;
      } catch (error) {
        broken = error;
        throw error;
      }
    };
    // The decoder tells of every failure; whoever reads it hears of it.
    pipeline(watched(), decoder, () => {});
    let size = 0;
    try {
      // Node hands over as much as is asked for: a small body that becomes a huge one is stopped on its way.
      for await (const chunk of decoder as AsyncIterable<Uint8Array>) {
        size += chunk.byteLength;
        if (size > this.#limit) {
          throw tooLarge(this.#limit);
        }
        yield chunk;
      }
    } catch (error) {
      throw (
        broken ??
        (isOfCoding(error) ? frameworkError("MALFORMED_BODY", `the body is no valid ${coding}`) : error)
      );
    } finally {
      decoder.destroy();
    }
  }

  override toRequest(): Request {
    const { url, method } = this.outer.toRequest();
    const headers = new Headers();
    const list = this.headerList;
    for (let index = 0; index < list.length; index += 2) {
      headers.append(list[index] as string, list[index + 1] as string);
    }
    const chunks = this.pull();
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const step = await chunks.next();
        if (step.done === true) {
          controller.close();
        } else {
          controller.enqueue(step.value);
        }
      },
      cancel: async () => {
        await chunks.return(undefined);
      },
    });
    return new Request(url, { method, headers, body, duplex: "half" } as RequestInit);
  }
}

/** What was said of the body as it was sent. */
const OF_CODED: ReadonlySet<string> = new Set(["content-encoding", "content-length"]);

function isOfCoding(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code);
  return code.startsWith("Z_") || code.startsWith("ERR_") || code.includes("BROTLI");
}

async function openDecoder(coding: BodyCoding): Promise<Duplex> {
  const zlib = await import("node:zlib");
  switch (coding) {
    case "gzip":
      return zlib.createGunzip();
    case "br":
      return zlib.createBrotliDecompress();
    case "deflate":
      return zlib.createInflate();
  }
}
