/** `@tenon/core/asyncapi`: the sockets of an application, described as an AsyncAPI document. */
export { type AsyncAPIObject, toAsyncAPI } from "./asyncapi/to-asyncapi.ts";
