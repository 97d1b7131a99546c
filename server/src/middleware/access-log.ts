import type { Context, Middleware } from "@tenon/core";
import { andThen } from "../exchange/promise.ts";
import type { Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { countBytes } from "./count-bytes.ts";
import type { Next } from "./next.ts";

/** What a log says of one request. Nothing in it is the caller's own words but the method and, where nothing was found, the path. */
export interface AccessLogEntry {
  readonly method: string;
  /** The path template, `/items/{id}`; what was asked for where no operation is, without the query. */
  readonly path: string;
  /** The operation's id, `items.read`; undefined where none is. */
  readonly operation: string | undefined;
  readonly status: number;
  /** Milliseconds from the request's head to the last byte of the reply. */
  readonly ms: number;
  /** Bytes of the body that were handed over; undefined where nobody counts them (sockets, web responses). */
  readonly bytes: number | undefined;
  readonly requestId: string | undefined;
  /** The caller went away before the end. */
  readonly isAborted: boolean;
  /** The query as it was sent, where it was asked for. */
  readonly query?: string;
}

/** What writes the log: `pino()` fits, and so does whatever has these two. */
export interface AccessLogger {
  info(entry: object, message: string): void;
  error(entry: object, message: string): void;
}

/** Options of `accessLog`. */
export interface AccessLogOptions {
  logger: AccessLogger;
  /** Logs the query, too. False by default: what is asked for may be a secret. */
  query?: boolean;
  /** Tells which requests are worth a line: all by default. */
  when?: (context: Context) => boolean;
  /** Adds to the entry: `(context) => ({ tenant: context.headers.get("x-tenant") })`. */
  extra?: (context: Context) => object;
}

/** Longer paths that lead nowhere are cut. */
const PATH_LENGTH = 200;

/** Writes one line for each request when it has ended, however it did: an error from 500 on, an info otherwise. Put it outermost. */
export function accessLog({ logger, query = false, when = () => true, extra }: AccessLogOptions): Middleware {
  return {
    name: "accessLog",
    handle(context: RequestContext, next: Next) {
      if (!when(context)) {
        return next();
      }
      const started = performance.now();
      let reply: Reply | undefined;
      let counted: (() => number | undefined) | undefined;
      let isAborted = false;
      context.exchange.onAbort(() => {
        isAborted = true;
      });
      context.exchange.onFinish(() => {
        const { exchange, served, method, queryStart } = context;
        const status = reply?.status ?? 0;
        const entry: AccessLogEntry = {
          method,
          path: served?.path ?? context.path.slice(0, PATH_LENGTH),
          operation: served?.id,
          status,
          ms: Math.round((performance.now() - started) * 1000) / 1000,
          bytes: counted?.(),
          requestId: context.requestId,
          isAborted,
          ...(query ? { query: queryStart < 0 ? "" : exchange.target.slice(queryStart + 1) } : {}),
        };
        try {
          logger[status >= 500 ? "error" : "info"](
            extra === undefined ? entry : { ...entry, ...extra(context) },
            "request",
          );
        } catch (error) {
          context.reportError(error);
        }
      });
      return andThen(next(), (given) => {
        reply = given;
        counted = countBytes(given, context.method);
        return given;
      });
    },
  };
}
