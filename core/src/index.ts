/** `@tenon/core`: what an API is. */
export { dependency, type DependencyBuilder } from "./dependency/dependency-builder.ts";
export type {
  AnyDependency,
  Dependency,
  DependencyDefinition,
  Part,
  Scope,
  UseStep,
} from "./dependency/dependency.ts";
export { ApiError, type ApiErrorOptions, type Failure, isFailure } from "./error/api-error.ts";
export type {
  ErrorShape,
  FailureOptions,
  Makers,
  MakersOf,
  ProblemMap,
  ProblemsIn,
} from "./error/declared.ts";
export {
  forbidden,
  type ForbiddenOptions,
  type RefusalOptions,
  requireScopes,
  unauthenticated,
} from "./error/refusal.ts";
export { STATUS_TITLE } from "./error/status-title.ts";
export { type AnyTopic, readTopic, type Topic, topic, type TopicDefinition } from "./hub/topic.ts";
export { type Override, Overriding } from "./dependency/override.ts";
export type { Values } from "./dependency/use.ts";
export { DEFINITION_MISTAKE, DefinitionError, type DefinitionMistake } from "./error/definition-error.ts";
export {
  FRAMEWORK_STATUS,
  type ErrorStatus,
  type FrameworkCode,
  type FrameworkProblem,
  type InvalidInput,
  type Issue,
  type Problem,
  type TransportProblem,
  type TransportProblems,
} from "./error/problem.ts";
export {
  type AnyJob,
  type Job,
  type JobArgument,
  type JobContext,
  type JobDefinition,
  type JobSchedule,
  readJob,
  type RetryPolicy,
} from "./job/job.ts";
export { job, type JobBuilder, type ScheduleOptions } from "./job/job-builder.ts";
export type {
  FormField,
  Operation,
  Parameter,
  ParameterLocation,
  ParameterModel,
  RequestBody,
  SuccessResponse,
} from "./operation/operation.ts";
export { type TextShape, textShape } from "./operation/parameter-shape.ts";
export { project } from "./operation/project.ts";
export type { Arguments, Failing, Received, Sent } from "./procedure/arguments.ts";
export type {
  Call,
  CallError,
  CallOf,
  CallOptions,
  ClientSocket,
  ConnectOptions,
  Data,
  Failed,
  Messages,
  OptionalCall,
  OptionedCall,
  OptionalOutsideCall,
  OptionsWith,
  SocketCall,
  Reconnection,
  SocketReconnection,
  StreamCall,
  StreamOptions,
  Success,
} from "./procedure/call.ts";
export type {
  Context,
  CookieAttributes,
  Cookies,
  HeaderValue,
  RequestHeaders,
  ResponseHeaders,
} from "./procedure/context.ts";
export type { Logger } from "./procedure/logger.ts";
export type { AppOf, Contract, Handled, Implementation } from "./procedure/contract.ts";
export { collectDependencies } from "./operation/collect-dependencies.ts";
export { implement, type Implementations } from "./operation/implement.ts";
export {
  callback,
  type Callback,
  type Outgoing,
  type OutgoingOptions,
  webhook,
  type Webhook,
} from "./outgoing/outgoing.ts";
export { receive, type Receipt, type ReceiveOptions } from "./outgoing/receive.ts";
export { type Delivery, send, type SendOptions } from "./outgoing/send.ts";
export { createSecret } from "./outgoing/signature.ts";
export { type Arrived, events, type EventsOutput, readEvents, type Yielded } from "./procedure/events.ts";
export type { Documentation, Example, Examples, Link } from "./procedure/documentation.ts";
export { oauth2PasswordForm, type PasswordForm } from "./procedure/password-form.ts";
export { file, type FileOptions } from "./procedure/file.ts";
export type { FileSource, StreamedFile, Upload, UploadedFile } from "./procedure/uploaded-file.ts";
export type { InputField } from "./procedure/input-field.ts";
export {
  binary,
  type ByteDownload,
  type ByteSource,
  type Codec,
  download,
  type Download,
  type DownloadOptions,
  type FileDownload,
  html,
  type Media,
  type MediaOutput,
  raw,
  redirect,
  type Redirected,
  type RedirectOutput,
  type RedirectStatus,
  text,
} from "./procedure/media.ts";
export {
  json,
  type JsonDelivered,
  type JsonOptions,
  type JsonOutput,
  type WithoutNulls,
} from "./procedure/json-output.ts";
export type { Middleware, MiddlewareResponse, ReplyHead } from "./procedure/middleware.ts";
export { body, type ParsedBodyOptions, type RawBodyOptions } from "./procedure/body.ts";
export {
  cookie,
  type FileLimits,
  form,
  header,
  type PlaceKind,
  type PlaceOptions,
  type QueryStyle,
  query,
  type Tagged,
} from "./procedure/place.ts";
export type {
  AnyProcedure,
  ErrorClass,
  ErrorMap,
  Kind,
  Method,
  OutputDefinition,
  Procedure,
  ProcedureDefinition,
} from "./procedure/procedure.ts";
export { procedure, type ProcedureBuilder, type SocketBuilder } from "./procedure/procedure-builder.ts";
export type {
  Answer,
  Promised,
  Replies,
  Reply,
  ReplyOf,
  ReplyOptions,
  Returned,
  Unset,
} from "./procedure/reply.ts";
export { status } from "./procedure/status.ts";
export type { KeptEvent, ReplayStore, SocketOptions, StreamingOptions } from "./procedure/streaming.ts";
export {
  comment,
  isComment,
  isServerSentEvent,
  type ServerSentEvent,
  type ServerSocket,
  sse,
  type StreamComment,
  type Streamed,
} from "./procedure/stream.ts";
export type {
  AnyPlaces,
  NothingOutside,
  OutsideOf,
  Places,
  TagAt,
  TaggedKeys,
  TagsOf,
} from "./procedure/tags.ts";
export type { AddressOf, IdOf, PrefixOf, RoutesIn } from "./router/address.ts";
export {
  type AtItem,
  type AtRoot,
  type ConventionalName,
  type DefaultStatus,
  NAMING,
  RESERVED_NAMES,
  type ReservedName,
} from "./router/naming.ts";
export type { CheckApp } from "./router/check-app.ts";
export type { ErrorsOf, InputsOf, OutputsOf, RoutesOf } from "./router/inference.ts";
export type { AddressArguments, Addressable, Addressed, UrlFor } from "./procedure/url.ts";
export { patch } from "./schema/patch.ts";
export { type Router, router, type RouterOptions } from "./router/router.ts";
export { sameSecret } from "./security/same-secret.ts";
export type { CredentialSource, Presented, SecurityRequirement, SecurityScheme } from "./security/scheme.ts";
export type { OAuthFlows } from "./security/oauth-flows.ts";
export { type BasicCredential, type Security, security, type SecurityOptions } from "./security/security.ts";
export type { Flat, IsAny, MaybePromise, ToIntersection } from "./type/flat.ts";
export type { Mistake } from "./type/mistake.ts";
export type { PathKeys } from "./type/path-template.ts";
export type { Delivered, In, Out, Returnable, Shape, ShapeOf } from "./type/schema-side.ts";
export { decode, encode, safeDecode, safeEncode, type TypedSchema } from "./wire/convert.ts";
export { SchemaError } from "./wire/schema-error.ts";
export { objectOf } from "./procedure/shape.ts";
export { bytes, decimal, type DecimalOptions } from "./schema/own-schemas.ts";
