import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request as ask,
  type Server,
  type ServerResponse,
} from "node:http";
import { type Duplex, duplexPair } from "node:stream";
import { ApiError, type MaybePromise } from "@tenon/core";
import type { Exchange } from "../exchange/exchange.ts";
import { isBodyless, type HeaderList, type Reply } from "../exchange/reply.ts";
import { frameworkError } from "../response/problem.ts";
import type { MountedApp } from "./mounts.ts";

/** A handler of Node's: what `http.createServer` takes, and what Express, Koa and Fastify's `routing` are. */
export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => unknown;

/** The life of what is behind a handler. */
export interface NodeHandlerOptions {
  /** Runs when the application starts, which waits for it: `() => fastify.ready()`. */
  readonly start?: () => MaybePromise<unknown>;
  /** Runs when the application has stopped answering: `() => fastify.close()`. */
  readonly stop?: () => MaybePromise<unknown>;
  /** Hears of what the handler throws when it has already begun to answer; printed by default. */
  readonly onError?: (error: unknown) => void;
}

// Of one connection only (RFC 9110, 7.6.1): the outer server has its own. `date` is the outer one's, too.
const OWN = new Set([
  "connection",
  "date",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const HEADER_BYTES = 1024 * 1024;

/**
 * Mounts a handler of Node's: `createApp(routes, { mounts: { "/legacy": nodeHandler(express()) } })`. It gets a request and a
 * response of Node's own, over a connection within this process, behind whatever adapter; middleware around it sees a reply like
 * any other. `url` begins where it is mounted, `originalUrl` and `baseUrl` say where that is. `next()` is a 404, what it throws or
 * hands to `next(error)` before it has answered is this application's 500.
 */
export function nodeHandler(handler: NodeHandler, options: NodeHandlerOptions = {}): MountedApp {
  const report = options.onError ?? printError;
  const calls = new WeakMap<Duplex, Call>();
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      requireHostHeader: false,
      requestTimeout: 0,
      headersTimeout: 0,
      keepAliveTimeout: 0,
    },
    (request, response) =>
      void run(handler, request, response, { ...(calls.get(request.socket) as Call), report }),
  );
  const open = new Set<Duplex>();
  return {
    handle: (exchange) =>
      new Promise((resolve, reject) => connect({ exchange, resolve, reject }, server, calls, open)),
    start: async () => void (await options.start?.()),
    endStreams: () => {},
    stop: async ({ grace = 10_000 } = {}) => {
      await drained(open, grace);
      open.forEach((connection) => connection.destroy());
      await options.stop?.();
    },
  };
}

interface Call {
  readonly exchange: Exchange;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

/** Sends the exchange's request to the handler, over a connection that no network carries. */
function connect(call: Call, server: Server, calls: WeakMap<Duplex, Call>, open: Set<Duplex>): void {
  const { exchange, resolve, reject } = call;
  const [near, far] = duplexPair();
  calls.set(far, call);
  open.add(far);
  far.once("close", () => {
    open.delete(far);
    near.destroy();
  });
  near.once("close", () => far.destroy());
  far.on("error", () => {});
  near.on("error", () => {});
  Object.assign(far, SOCKET, {
    remoteAddress: exchange.remoteAddress === "" ? undefined : exchange.remoteAddress,
    encrypted: exchange.isSecure,
  });
  server.emit("connection", far);
  const asked = ask({
    createConnection: () => near,
    method: exchange.method,
    path: exchange.target,
    headers: requestHeaders(exchange),
    setHost: false,
    maxHeaderSize: HEADER_BYTES,
  });
  asked.on("error", reject);
  asked.on("response", (incoming) => resolve(toReply(incoming, near)));
  exchange.onAbort(() => {
    // To nobody: it is no failure of the handler's.
    resolve({ kind: "empty", status: 499, headers: [] });
    near.destroy();
  });
  if (exchange.hasBody) {
    // A handler may answer without reading it all, and a caller may leave: both have been told elsewhere.
    // More than was said would be taken for another request.
    Object.assign(asked, { strictContentLength: true });
    pump(exchange.pull(), asked).catch((error: unknown) => {
      reject(error);
      near.destroy();
    });
  } else {
    asked.end();
  }
}

/** Sends a body at the handler's pace; whoever answers without reading it all has closed the connection. */
async function pump(chunks: AsyncIterable<Uint8Array>, asked: ClientRequest): Promise<void> {
  let wake = (): void => {};
  asked.on("drain", () => wake());
  asked.on("close", () => wake());
  for await (const chunk of chunks) {
    if (asked.destroyed) {
      return;
    }
    if (!asked.write(chunk)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  asked.end();
}

/** What handlers ask a connection for that a stream does not have. */
const SOCKET = {
  setTimeout(this: Duplex): Duplex {
    return this;
  },
  setNoDelay(this: Duplex): Duplex {
    return this;
  },
  setKeepAlive(this: Duplex): Duplex {
    return this;
  },
};

/** As received; how the body is delimited is said anew, since middleware may have changed it. */
function requestHeaders(exchange: Exchange): string[] {
  const { headerList, hasBody, host } = exchange;
  // Web-standard requests need not name it beside their address.
  const headers: string[] = exchange.header("host") === undefined && host !== undefined ? ["host", host] : [];
  let length: string | undefined;
  for (let index = 0; index < headerList.length; index += 2) {
    const name = (headerList[index] as string).toLowerCase();
    if (name === "content-length") {
      length = headerList[index + 1];
    } else if (!OWN.has(name)) {
      headers.push(headerList[index] as string, headerList[index + 1] as string);
    }
  }
  if (hasBody) {
    headers.push(...(length === undefined ? ["transfer-encoding", "chunked"] : ["content-length", length]));
  }
  return headers;
}

async function run(
  handler: NodeHandler,
  request: IncomingMessage,
  response: ServerResponse,
  { exchange, reject, report }: Call & { readonly report: (error: unknown) => void },
): Promise<void> {
  const { basePath, target } = exchange;
  Object.assign(request, { baseUrl: basePath, originalUrl: basePath + target });
  const failed = (error: unknown): void => {
    if (response.headersSent) {
      // There is no status left to tell: the body is broken off.
      report(error);
    } else {
      const status = statusOf(error);
      if (status !== undefined) {
        response.writeHead(status).end();
        return;
      }
      reject(error);
    }
    response.destroy();
  };
  try {
    await handler(request, response, (error) => failed(error ?? frameworkError("ROUTE_NOT_FOUND")));
  } catch (error) {
    failed(error);
  }
}

/** The caller's own mistakes, as Express and its kin tell of them: errors with a status of 4xx. */
function statusOf(error: unknown): number | undefined {
  const { status } = (error ?? {}) as { readonly status?: unknown };
  const isTold = typeof status === "number" && status >= 400 && status < 500 && !(error instanceof ApiError);
  return isTold ? status : undefined;
}

function printError(error: unknown): void {
  console.error("unhandled error of a mounted handler:", error);
}

function toReply(incoming: IncomingMessage, connection: Duplex): Reply {
  const status = incoming.statusCode as number;
  const headers: HeaderList = [];
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const name = (incoming.rawHeaders[index] as string).toLowerCase();
    if (!OWN.has(name)) {
      headers.push(name, incoming.rawHeaders[index + 1] as string);
    }
  }
  if (isBodyless(status)) {
    incoming.resume();
    return { kind: "empty", status, headers };
  }
  return { kind: "stream", status, headers, body: read(incoming, connection) };
}

/** Whoever does not read to the end closes the connection: the handler hears of it. */
function read(incoming: IncomingMessage, connection: Duplex): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => {
      const chunks = (incoming as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
      return {
        next: () => chunks.next(),
        // A generator that has not begun would close nothing.
        return: () => {
          connection.destroy();
          return Promise.resolve({ done: true, value: undefined });
        },
      };
    },
  };
}

function drained(open: ReadonlySet<Duplex>, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, grace);
    const check = (): void => {
      if (open.size === 0) {
        clearTimeout(timer);
        resolve();
      }
    };
    open.forEach((connection) => connection.once("close", check));
    check();
  });
}
