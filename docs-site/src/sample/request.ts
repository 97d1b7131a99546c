import type {
  MediaTypeObject,
  OpenAPIObject,
  ParameterObject,
  ReferenceObject,
  RequestBodyObject,
  SchemaObject,
} from "@tenon/core/openapi";
import { exampleOf } from "../example/example.ts";
import type { DocumentedOperation } from "../operation.ts";
import { resolve, resolveSchema } from "../resolve.ts";

/** How a value is written where it is more than one text: by its document's style. */
export type SampleStyle =
  | "repeated"
  | "csv"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "json"
  | "segments";

/** One value of a sample request, with its schema. */
export interface SampleValue {
  readonly name: string;
  /** Where the typed client's input has it: keys from the outside in. */
  readonly keys: readonly string[];
  readonly in: "path" | "query" | "header" | "cookie";
  readonly schema: SchemaObject | ReferenceObject;
  readonly value: unknown;
  readonly style: SampleStyle;
}

/** The body of a sample request. */
export interface SampleBody {
  readonly mediaType: string;
  readonly schema: SchemaObject | ReferenceObject;
  readonly value: unknown;
  /** The one key of the typed client's input that is the whole body. */
  readonly key: string | undefined;
}

/** A request that an operation would take; every sample is written from it. */
export interface SampleRequest {
  readonly values: readonly SampleValue[];
  /** Keys of the typed client's input that gather parameters; they must be there, empty or not. */
  readonly models: readonly string[];
  readonly body: SampleBody | undefined;
}

/** Makes a request with what must be in it, and the parameters that have a default. */
export function sampleRequest(
  document: OpenAPIObject,
  { operation, parameters }: DocumentedOperation,
): SampleRequest {
  const values = parameters.flatMap((parameter): SampleValue[] => {
    const { name, in: location, required, content } = parameter;
    const schema = parameter.schema ?? content?.["application/json"]?.schema ?? {};
    const isShown = required === true || isScalar(resolveSchema(document, schema).default);
    const value = isShown ? exampleOf(document, schema, name) : undefined;
    const key = parameter["x-tenon-key"] as string | undefined;
    return value === undefined
      ? []
      : [
          {
            name,
            keys: key?.split(".") ?? [name],
            in: location,
            schema,
            value,
            style: styleOf(parameter),
          },
        ];
  });
  const models = parameters.flatMap((parameter) => {
    const [key = "", field] = ((parameter["x-tenon-key"] as string | undefined) ?? "").split(".");
    const isInput = parameter.in === "path" || parameter.in === "query";
    return isInput && field !== undefined ? [key] : [];
  });
  return { values, models, body: sampleBody(document, operation.requestBody) };
}

function styleOf({ style, explode, content, ...parameter }: ParameterObject): SampleStyle {
  if (content !== undefined) {
    return "json";
  }
  if (parameter["x-tenon-catch-all"] === true) {
    return "segments";
  }
  switch (style) {
    case "spaceDelimited":
    case "pipeDelimited":
    case "deepObject":
      return style;
    default:
      return explode === false ? "csv" : "repeated";
  }
}

function sampleBody(
  document: OpenAPIObject,
  requestBody: RequestBodyObject | ReferenceObject | undefined,
): SampleBody | undefined {
  const body = resolve<RequestBodyObject>(document, requestBody);
  const [first] = Object.entries<MediaTypeObject>(body?.content ?? {});
  if (body === undefined || first === undefined) {
    return undefined;
  }
  const [mediaType, { schema = {} }] = first;
  const value = exampleOf(document, schema);
  const key = body["x-tenon-key"] as string | undefined;
  return value === undefined ? undefined : { mediaType, schema, value, key };
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
