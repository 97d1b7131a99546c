import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { BodyFailure, Exchange, Upgrade } from "../exchange/exchange.ts";
import { externalOrigin } from "../request/external-url.ts";
import { authorityOf, originForm } from "../request/target.ts";

/** Where a request stands, as its server does not tell. */
export interface NodeExchangeOptions {
  readonly upgrade?: Upgrade;
  /** The path before the application's own, which is no part of the target. */
  readonly basePath?: string;
  /** What the request line says by default. */
  readonly target?: string;
}

/** An exchange straight on Node's request and response: no web object is built. */
export class NodeExchange implements Exchange {
  readonly method: string;
  readonly target: string;
  readonly basePath: string;
  readonly publicOrigin = undefined;
  readonly platform: unknown = undefined;
  readonly incoming: IncomingMessage;
  readonly #outgoing: ServerResponse | undefined;
  readonly upgrade: Upgrade | undefined;

  constructor(
    incoming: IncomingMessage,
    outgoing: ServerResponse | undefined,
    { upgrade, basePath = "", target }: NodeExchangeOptions = {},
  ) {
    this.incoming = incoming;
    this.basePath = basePath;
    this.#outgoing = outgoing;
    this.method = incoming.method as string;
    this.target = target ?? (incoming.url as string);
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

  /** In absolute form the target names it, whatever `Host` says (RFC 9112, 3.2.2). */
  get host(): string | undefined {
    return this.target.startsWith("/")
      ? this.header("host")
      : (authorityOf(this.target) ?? this.header("host"));
  }

  get isSecure(): boolean {
    return (this.incoming.socket as { encrypted?: boolean }).encrypted === true;
  }

  get hasBody(): boolean {
    const { headers } = this.incoming;
    const length = headers["content-length"];
    return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
  }

  readBody(limit: number): Promise<Uint8Array | BodyFailure> {
    const { incoming } = this;
    if (incoming.destroyed) {
      return Promise.resolve("aborted");
    }
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
    // Destroying the request would take the connection with it, and the reply that says why.
    yield* this.incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  }

  onAbort(listener: () => void): void {
    const outgoing = this.#outgoing;
    if (outgoing === undefined) {
      onceClosed(this.incoming.socket, listener);
    } else if (outgoing.destroyed) {
      if (!outgoing.writableFinished) {
        listener();
      }
    } else {
      outgoing.once("close", () => {
        if (!outgoing.writableFinished) {
          listener();
        }
      });
    }
  }

  onFinish(listener: () => void): void {
    onceClosed(this.#outgoing ?? this.incoming.socket, listener);
  }

  toRequest(): Request {
    const { incoming, method } = this;
    const headers = new Headers();
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
      headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
    }
    const hasBody = this.hasBody && method !== "GET" && method !== "HEAD" && !incoming.readableDidRead;
    const controller = new AbortController();
    this.onAbort(() => controller.abort(new DOMException("the caller went away", "AbortError")));
    return new Request(new URL(externalOrigin(this) + pathOf(this.target)), {
      method,
      headers,
      signal: controller.signal,
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" } : {}),
    });
  }
}

/** What has no path (`OPTIONS *`) is asked of the server as a whole. */
function pathOf(target: string): string {
  const path = originForm(target);
  return path.startsWith("/") ? path : "/";
}

/** The event is not repeated for those who ask late. */
function onceClosed(closable: ServerResponse | Socket, listener: () => void): void {
  if (closable.destroyed) {
    listener();
  } else {
    closable.once("close", listener);
  }
}

const EMPTY = Buffer.alloc(0);
