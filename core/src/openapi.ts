/** `@tenon/core/openapi`: operations described as an OpenAPI document. */
export { describe } from "./openapi/document.ts";
export { type OpenAPI30Object, toOpenAPI30 } from "./openapi/version-30.ts";
export { type OpenAPI32Object, toOpenAPI32 } from "./openapi/version-32.ts";
export type { DescribeOptions } from "./openapi/describe-options.ts";
export type {
  CallbackObject,
  ContentObject,
  HeaderObject,
  MediaTypeObject,
  OpenAPIObject,
  OperationObject,
  ParameterObject,
  PathItemObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
  SchemaObject,
  SecuritySchemeObject,
  ServerObject,
  TagObject,
} from "openapi3-ts/oas31";
