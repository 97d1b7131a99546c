/** `@tenon/core/openapi`: operations described as an OpenAPI document. */
export { describe } from "./openapi/document.ts";
export type { DescribeOptions } from "./openapi/describe-options.ts";
export type {
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
