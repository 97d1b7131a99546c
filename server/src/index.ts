/** `@tenon/server`: answers requests. */
export type { FetchOptions } from "./adapter/fetch-exchange.ts";
export type { Background, BackgroundHost, RunningBackground } from "./background.ts";
export { routeHandlers, type RouteHandlers, type RouteMethod } from "./adapter/route-handlers.ts";
export { type App, createApp } from "./app.ts";
export type { AppDependency, AppGuard, AppOptions } from "./app-options.ts";
export type { Resolved, ResolveOptions } from "./dependency/resolve-alone.ts";
export type { DocumentOptions } from "./document-pages.ts";
export type { Exchange } from "./exchange/exchange.ts";
export type { Reply } from "./exchange/reply.ts";
export type { HealthOptions } from "./health.ts";
export type { StopOptions } from "./life.ts";
export type { ForwardedField, TrustProxyOptions } from "./proxy/trust.ts";
export {
  type AnyPlugin,
  type Plugin,
  plugin,
  type PluginParts,
  type WithPlugins,
} from "./plugin/plugin.ts";
export type { PlaceOptions } from "./proxy/proxied-exchange.ts";
export type { FetchHandler, Mountable, MountedApp } from "./mount/mounts.ts";
export type { ReportedRequest } from "./request/request-context.ts";
export { type Envelope, type ProblemDocument, type RefusedBody, TextBody } from "./response/problem.ts";
export type { ValidationError } from "./response/validation-error.ts";
export { SEMANTICS, type Semantics } from "./semantics.ts";
export { StartError } from "./start-error.ts";
export { memoryReplay, type MemoryReplayOptions } from "./stream/memory-replay.ts";
export type { FormLimits } from "./upload/form-limits.ts";
export type { Spool, SpooledFile } from "./upload/spool.ts";
export { type AgingVersion, type VersionOptions, versions } from "./version/versions.ts";
