import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { BodyFailure, Exchange, Upgrade } from "../exchange/exchange.ts";

/** An exchange straight on Node's request and response: no web object is built. */
export class NodeExchange implements Exchange {
  readonly method: string;
  readonly target: string;
  readonly platform: unknown = undefined;
  readonly incoming: IncomingMessage;
  readonly #outgoing: ServerResponse | undefined;
  readonly upgrade: Upgrade | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse | undefined, upgrade?: Upgrade) {
    this.incoming = incoming;
    this.#outgoing = outgoing;
    this.method = incoming.method as string;
    this.target = incoming.url as string;
    this.upgrade = upgrade;
  }

  header(name: string): string | undefined {
    const value = this.incoming.headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  }

  get headerList(): readonly string[] {
    return this.incoming.rawHeaders;
  }

  get remoteAddress(): string {
    return this.incoming.socket.remoteAddress ?? "";
  }

  get hasBody(): boolean {
    const { headers } = this.incoming;
    const length = headers["content-length"];
    return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
  }

  readBody(limit: number): Promise<Uint8Array | BodyFailure> {
    const { incoming } = this;
    return new Promise((resolve) => {
      let first: Buffer | undefined;
      let rest: Buffer[] | undefined;
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > limit) {
          incoming.removeAllListeners("data");
          incoming.pause();
          resolve("too-large");
        } else if (first === undefined) {
          first = chunk;
        } else {
          rest ??= [first];
          rest.push(chunk);
        }
      });
      incoming.on("end", () => resolve(rest === undefined ? (first ?? EMPTY) : Buffer.concat(rest)));
      incoming.on("error", () => resolve("aborted"));
      incoming.on("close", () => resolve("aborted"));
    });
  }

  async *pull(): AsyncGenerator<Uint8Array> {
    yield* this.incoming as AsyncIterable<Uint8Array>;
  }

  onAbort(listener: () => void): void {
    const outgoing = this.#outgoing;
    if (outgoing === undefined) {
      this.incoming.socket.once("close", listener);
    } else if (outgoing.destroyed && !outgoing.writableFinished) {
      listener();
    } else {
      outgoing.once("close", () => {
        if (!outgoing.writableFinished) {
          listener();
        }
      });
    }
  }

  onFinish(listener: () => void): void {
    const outgoing = this.#outgoing;
    if (outgoing === undefined) {
      this.incoming.socket.once("close", listener);
    } else {
      outgoing.once("close", listener);
    }
  }

  toRequest(): Request {
    const { incoming, method } = this;
    const headers = new Headers();
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
      headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
    }
    const hasBody = this.hasBody && method !== "GET" && method !== "HEAD" && !incoming.readableDidRead;
    return new Request(new URL(this.target, `http://${this.header("host") ?? "localhost"}`), {
      method,
      headers,
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" } : {}),
    });
  }
}

const EMPTY = Buffer.alloc(0);
