/** `@tenon/server/opentelemetry`: spans of requests, by an OpenTelemetry that the app has set up itself. */
export { openTelemetry, type OpenTelemetryOptions } from "./opentelemetry/middleware.ts";
