import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { dependency } from "@tenon/core";

/** What takes the spans that end: an exporter to the address in `OTEL_EXPORTER_OTLP_ENDPOINT`, where there is one. */
export const spanProcessors = dependency
  .scope("app")
  .resolve((): SpanProcessor[] =>
    process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] === undefined
      ? []
      : [new BatchSpanProcessor(new OTLPTraceExporter())],
  );

/** OpenTelemetry for the process, from start to stop; what is left to send is sent at the end. The middleware makes the spans. */
export const telemetry = dependency
  .use({ spanProcessors })
  .scope("app")
  .resolve(async function* ({ spanProcessors }) {
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ "service.name": "shop" }),
      spanProcessors,
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(provider);
    try {
      yield provider;
    } finally {
      await provider.shutdown();
      trace.disable();
      propagation.disable();
      context.disable();
    }
  });
