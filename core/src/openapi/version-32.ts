import type { OpenAPIObject, SchemaObject } from "openapi3-ts/oas31";
import { rewrite } from "./rewrite.ts";

/** A document of OpenAPI 3.2: 3.1 with words for streams (3.2.0, 4.14.4). */
export type OpenAPI32Object = Omit<OpenAPIObject, "openapi"> & { openapi: "3.2.0" };

/** The same document in OpenAPI 3.2.0: what a stream sends is described item by item. */
export function toOpenAPI32(document: OpenAPIObject): OpenAPI32Object {
  const rewritten = rewrite(document, {
    media: ({ schema, "x-tenon-stream": stream, ...media }, type) =>
      stream === undefined
        ? { ...(schema === undefined ? {} : { schema }), ...media }
        : {
            itemSchema: type === "text/event-stream" ? eventsOf(document, schema, stream) : schema,
            ...media,
          },
  });
  return { ...rewritten, openapi: "3.2.0" };
}

/** The events of a stream: of one kind, or of several that say their names. */
function eventsOf(document: OpenAPIObject, schema: unknown, stream: unknown): object {
  if (stream !== "event") {
    return eventOf(schema, { type: "string" });
  }
  const union = resolve(document, schema);
  const members = (union.oneOf ?? union.anyOf ?? [union]).map((member) => {
    const { event, data } = resolve(document, member).properties ?? {};
    return eventOf(data, event);
  });
  return members.length === 1 ? (members[0] as object) : { oneOf: members };
}

function resolve(document: OpenAPIObject, schema: unknown): SchemaObject {
  const { $ref: reference } = schema as { $ref?: string };
  const name = reference?.slice("#/components/schemas/".length);
  return (name === undefined ? schema : document.components?.schemas?.[name]) as SchemaObject;
}

/** An event of a stream whose data is JSON (3.2.0, 4.14.4.2). */
function eventOf(schema: unknown, event: unknown): object {
  return {
    type: "object",
    properties: {
      data: { type: "string", contentMediaType: "application/json", contentSchema: schema },
      event,
      id: { type: "string" },
      retry: { type: "integer", minimum: 0 },
    },
    required: (event as SchemaObject | undefined)?.const === undefined ? ["data"] : ["data", "event"],
  };
}
