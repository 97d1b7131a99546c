import type { Context, Middleware } from "@tenon/core";
import {
  type Attributes,
  context as active,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
  type TracerProvider,
} from "@opentelemetry/api";
import type { Exchange } from "../exchange/exchange.ts";
import { andThen } from "../exchange/promise.ts";
import { readHost } from "../request/host.ts";
import type { Next } from "../middleware/next.ts";
import { originForm } from "../request/target.ts";
import type { RequestContext } from "../request/request-context.ts";

/** Options of `openTelemetry`. */
export interface OpenTelemetryOptions {
  /** Who makes the spans; the one that is registered globally by default. */
  tracerProvider?: TracerProvider;
  /** Tells which requests are worth a span: all by default. */
  when?: (context: Context) => boolean;
  /** Puts the query on the span, too. False by default: what is asked for may be a secret. */
  query?: boolean;
  /** Attributes of one's own. */
  attributes?: (context: Context) => Attributes;
}

/**
 * A span for each request, from its head to the last byte of its reply, named after the operation: `items.read`. Attributes follow
 * the semantic conventions of HTTP servers (1.30); the caller's trace goes on (`traceparent`). Handlers run within it, so that what
 * they start belongs to it. Put it outermost.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Middleware {
  const { tracerProvider, when = () => true, query = false, attributes } = options;
  return {
    name: "openTelemetry",
    handle(context: RequestContext, next: Next) {
      if (!when(context)) {
        return next();
      }
      // Asked for each request: what is registered later counts.
      const tracer = (tracerProvider ?? trace).getTracer("@tenon/server");
      const parent = propagation.extract(active.active(), context.exchange, HEADERS);
      const span = tracer.startSpan(
        context.operation ?? methodOf(context.method),
        { kind: SpanKind.SERVER, attributes: { ...describe(context, query), ...attributes?.(context) } },
        parent,
      );
      const { exchange } = context;
      exchange.onAbort(() => span.addEvent("the caller went away"));
      exchange.onFinish(() => span.end());
      return active.with(trace.setSpan(parent, span), () =>
        andThen(next(), (reply) => {
          tell(span, reply.status);
          return reply;
        }),
      );
    },
  };
}

const HEADERS: TextMapGetter<Exchange> = {
  get: (exchange, name) => exchange.header(name.toLowerCase()),
  keys: (exchange) => exchange.headerList.filter((_, index) => index % 2 === 0),
};

const METHODS: ReadonlySet<string> = new Set([
  "CONNECT",
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
  "TRACE",
]);

/** A caller can write what it likes: names of spans are few. */
function methodOf(method: string): string {
  return METHODS.has(method) ? method : "HTTP";
}

function describe(
  { exchange, served, method, ip, queryStart }: RequestContext,
  withQuery: boolean,
): Attributes {
  const host = readHost(exchange);
  const agent = exchange.header("user-agent");
  const path = exchange.basePath + (originForm(exchange.target).split("?", 1)[0] as string);
  return {
    "http.request.method": METHODS.has(method) ? method : "_OTHER",
    ...(METHODS.has(method) ? {} : { "http.request.method_original": method }),
    "url.path": path,
    "url.scheme": exchange.isSecure ? "https" : "http",
    ...(withQuery && queryStart >= 0 ? { "url.query": exchange.target.slice(queryStart + 1) } : {}),
    ...(served === undefined ? {} : { "http.route": served.path, "tenon.operation": served.id }),
    ...(host === undefined ? {} : { "server.address": host.name }),
    ...(host?.port === undefined ? {} : { "server.port": Number(host.port) }),
    ...(ip === "" ? {} : { "client.address": ip }),
    ...(agent === undefined ? {} : { "user_agent.original": agent }),
  };
}

/** A caller's mistake is no failure of the server (semantic conventions, HTTP spans, Status). */
function tell(span: Span, status: number): void {
  span.setAttribute("http.response.status_code", status);
  if (status >= 500) {
    span.setAttribute("error.type", String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
}
