/** `@tenon/client`: the client of a Tenon application, typed from its type alone. */
export type { AnyAlarm, ClientOf } from "./client-of.ts";
export type { ClientAuth, ClientOptions, Lazy } from "./client-options.ts";
export { type Client, createClient } from "./create-client.ts";
export type { OnWire, PathsOf } from "./paths-of.ts";
export type { RestOf } from "./rest-of.ts";
export { type ErrorWith, isApiError } from "./is-api-error.ts";
export {
  asForm,
  asMedia,
  type Form,
  type MediaBody,
  type MediaData,
  styled,
  type Styled,
  type ToldStyle,
} from "./styled.ts";
export { type TransportCode, TransportError, type UnexpectedResponse } from "./transport-error.ts";
export type { FileSource } from "@tenon/core";
export { upload } from "./upload.ts";
