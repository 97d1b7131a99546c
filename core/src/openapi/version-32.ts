import type { OpenAPIObject } from "openapi3-ts/oas31";
import { rewrite } from "./rewrite.ts";

/** A document of OpenAPI 3.2: 3.1 with words for streams (3.2.0, 4.14.4). */
export type OpenAPI32Object = Omit<OpenAPIObject, "openapi"> & { openapi: "3.2.0" };

/** The same document in OpenAPI 3.2.0: what a stream sends is described item by item. */
export function toOpenAPI32(document: OpenAPIObject): OpenAPI32Object {
  const rewritten = rewrite(document, {
    media: ({ schema, "x-tenon-stream": stream, ...media }, type) =>
      stream === undefined
        ? { ...(schema === undefined ? {} : { schema }), ...media }
        : { itemSchema: type === "text/event-stream" ? eventOf(schema) : schema, ...media },
  });
  return { ...rewritten, openapi: "3.2.0" };
}

/** An event of a stream whose data is JSON (3.2.0, 4.14.4.2). */
function eventOf(schema: unknown): object {
  return {
    type: "object",
    properties: {
      data: { type: "string", contentMediaType: "application/json", contentSchema: schema },
      event: { type: "string" },
      id: { type: "string" },
      retry: { type: "integer", minimum: 0 },
    },
    required: ["data"],
  };
}
