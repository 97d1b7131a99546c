import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { procedure, router } from "@tenon/core";
import { afterAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { openTelemetry, type OpenTelemetryOptions } from "../opentelemetry/middleware.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
trace.setGlobalTracerProvider(provider);

beforeEach(() => exporter.reset());
afterAll(async () => {
  context.disable();
  propagation.disable();
  trace.disable();
  await provider.shutdown();
});

function makeApp(options: OpenTelemetryOptions = {}): App<unknown> {
  const items = {
    read: procedure
      .input({ id: z.int() })
      .output(z.string())
      .query(async ({ input }) => {
        await Promise.resolve();
        trace.getTracer("app").startSpan("inner").end();
        return String(input.id);
      }),
  };
  const others = {
    broken: procedure.output(z.string()).query(() => {
      throw new Error("secret");
    }),
    watch: procedure.output(z.int()).stream(async function* () {
      yield 1;
      trace.getTracer("app").startSpan("in the stream").end();
      yield 2;
    }),
  };
  return createApp(
    { items: router(items), others: router(others) },
    { middleware: [openTelemetry(options)], onError: () => {} },
  );
}

/** The spans of requests, once as many have ended. */
async function spans(count: number): Promise<readonly ReadableSpan[]> {
  const ended = () => exporter.getFinishedSpans().filter(({ kind }) => kind === SpanKind.SERVER);
  await expect.poll(() => ended().length).toBe(count);
  return ended();
}

behindEveryAdapter("openTelemetry", (adapter) => {
  it("makes a span of each request, named after its operation, with what the conventions ask for", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const headers = { host: "shop.example:8080", "user-agent": "test" };
      await exact(opened, "/items/7?token=secret", { headers });
      const [span] = await spans(1);
      expect([span?.name, span?.status.code]).toEqual(["items.read", SpanStatusCode.UNSET]);
      expect(span?.attributes).toEqual({
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/items/{id}",
        "server.address": "shop.example",
        "server.port": 8080,
        "tenon.operation": "items.read",
        "url.path": "/items/7",
        "url.scheme": "http",
        "user_agent.original": "test",
        ...(adapter.name === "node" ? { "client.address": "127.0.0.1" } : {}),
      });
    }));

  it("goes on with the caller's trace, and handlers go on with its own", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const traceId = "0af7651916cd43dd8448eb211c80319c";
      await exact(opened, "/items/7", { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
      const [span] = await spans(1);
      expect([span?.spanContext().traceId, span?.parentSpanContext?.spanId]).toEqual([
        traceId,
        "b7ad6b7169203331",
      ]);
      const inner = exporter.getFinishedSpans().find(({ name }) => name === "inner");
      expect([inner?.spanContext().traceId, inner?.parentSpanContext?.spanId]).toEqual([
        traceId,
        span?.spanContext().spanId,
      ]);
      await exact(opened, "/items/7", { headers: { traceparent: "nonsense" } });
      const [, alone] = await spans(2);
      expect([alone?.parentSpanContext, alone?.spanContext().traceId === traceId]).toEqual([
        undefined,
        false,
      ]);
    }));

  it("tells failures of the server from mistakes of callers", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      for (const path of ["/others/broken", "/items/x", "/nowhere"]) {
        await exact(opened, path);
      }
      const told = (await spans(3)).map(({ name, status, attributes }) => [
        name,
        status.code,
        attributes["http.response.status_code"],
        attributes["error.type"],
        attributes["http.route"],
      ]);
      expect(told).toEqual([
        ["others.broken", SpanStatusCode.ERROR, 500, "500", "/others/broken"],
        ["items.read", SpanStatusCode.UNSET, 422, undefined, "/items/{id}"],
        ["GET", SpanStatusCode.UNSET, 404, undefined, undefined],
      ]);
    }));

  it("ends with the last byte of a stream", () =>
    withApp(adapter.open(makeApp()), async (opened) => {
      const response = await opened.request("/others/watch", { headers: { accept: "application/jsonl" } });
      if (adapter.name === "fetch") {
        // Nothing is pulled yet.
        expect(exporter.getFinishedSpans()).toEqual([]);
      }
      expect(await response.text()).toBe("1\n2\n");
      const [span] = await spans(1);
      const names = exporter.getFinishedSpans().map(({ name }) => name);
      expect([span?.name, names]).toEqual(["others.watch", ["in the stream", "others.watch"]]);
    }));

  it("says more, or nothing, where it is told to", () =>
    withApp(
      adapter.open(
        makeApp({
          query: true,
          when: ({ url }) => url.pathname !== "/nowhere",
          attributes: ({ headers }) => ({ tenant: headers.get("x-tenant") ?? "none" }),
        }),
      ),
      async (opened) => {
        await exact(opened, "/nowhere");
        await exact(opened, "/items/7?a=1", { headers: { "x-tenant": "acme" } });
        const [span] = await spans(1);
        expect(span?.attributes).toMatchObject({ "url.query": "a=1", tenant: "acme" });
      },
    ));
});
