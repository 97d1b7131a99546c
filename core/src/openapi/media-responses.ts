import type { ContentObject, HeadersObject, ResponseObject, SchemaObject } from "openapi3-ts/oas31";
import type { Method } from "../procedure/procedure.ts";
import type { Media } from "../procedure/media.ts";
import { STATUS_TITLE } from "../error/status-title.ts";

/** The media type of replies that only the typed client asks for. */
const RICH_TYPE = "application/vnd.tenon+json";

/** Writes the schema of a body that is JSON in a `Response`. */
export type WriteSchema = (schema: unknown) => SchemaObject;

/** The responses of an output that is no JSON, by status: a download has more than the one that success is declared with. */
export function describeMedia(
  media: Media,
  status: number,
  method: Method,
  common: ResponseObject,
  write: WriteSchema,
): readonly (readonly [status: number, response: ResponseObject])[] {
  switch (media.kind) {
    case "redirect":
      return [[status, { ...common, headers: { ...LOCATION, ...common.headers }, content: REDIRECTED }]];
    case "download":
      return describeDownload(media.type, status, method, common);
    case "text":
      return [[status, { ...common, content: { [essenceOf(media.type)]: { schema: { type: "string" } } } }]];
    case "binary":
      return [[status, { ...common, content: { [essenceOf(media.type)]: { schema: {} } } }]];
    case "raw":
      return [[status, { ...common, content: describeRaw(media.schemas, write) }]];
  }
}

/** The content alone, as FastAPI would describe it: a redirect has none. */
export function describeMediaBriefly(media: Media, write: WriteSchema): { content?: ContentObject } {
  if (media.kind === "raw") {
    return { content: describeRaw(media.schemas, write) };
  }
  return media.kind === "redirect" || media.type === undefined
    ? {}
    : { content: { [essenceOf(media.type)]: { schema: { type: "string" } } } };
}

function describeRaw(schemas: Readonly<Record<string, unknown>>, write: WriteSchema): ContentObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([type, schema]) => [
      essenceOf(type),
      { schema: schema === true ? {} : write(schema) },
    ]),
  );
}

/** Tells whether parts of a response can be asked for (RFC 9110, 14.2: by GET alone). */
export function hasRanges(media: Media | undefined, status: number, method: Method): boolean {
  return media?.kind === "download" && status === 200 && method === "GET";
}

function describeDownload(
  type: string | undefined,
  status: number,
  method: Method,
  common: ResponseObject,
): readonly (readonly [status: number, response: ResponseObject])[] {
  const content = { [type === undefined ? "*/*" : essenceOf(type)]: { schema: {} } };
  if (!hasRanges({ kind: "download", type }, status, method)) {
    return [[status, { ...common, headers: { ...FILE, ...VALIDATORS, ...common.headers }, content }]];
  }
  const headers = { ...FILE, ...VALIDATORS, ...RANGES, ...common.headers };
  return [
    [status, { ...common, headers, content }],
    [206, { ...common, ...titleOf(206), headers: { ...headers, ...CONTENT_RANGE }, content }],
    [304, { ...common, ...titleOf(304), headers: { ...VALIDATORS, ...RANGES, ...common.headers } }],
  ];
}

function titleOf(status: number): { description: string } {
  return { description: STATUS_TITLE[status] as string };
}

function essenceOf(type: string): string {
  return (type.split(";", 1)[0] as string).trim().toLowerCase();
}

const STRING = { type: "string" } as const;

const LOCATION: HeadersObject = {
  location: { description: "Where to go on.", schema: { type: "string", format: "uri-reference" } },
};

/** Browsers keep scripts from reading a redirect: whoever asks for this media type is told, and not sent on. */
const REDIRECTED: ContentObject = {
  [RICH_TYPE]: {
    schema: {
      type: "object",
      properties: {
        json: {
          type: "object",
          properties: {
            status: { type: "integer" },
            location: { type: "string", format: "uri-reference" },
          },
          required: ["status", "location"],
        },
      },
      required: ["json"],
    },
  },
};

const FILE: HeadersObject = {
  "content-disposition": {
    description: "Whether to save it, and under which name (RFC 6266).",
    required: true,
    schema: STRING,
  },
  "x-content-type-options": { required: true, schema: { const: "nosniff" } },
};

const VALIDATORS: HeadersObject = {
  etag: { description: "Identifies this version (RFC 9110, 8.8.3).", schema: STRING },
  "last-modified": { description: "When it last changed (RFC 9110, 8.8.2).", schema: STRING },
};

const RANGES: HeadersObject = {
  "accept-ranges": {
    description: "Parts can be asked for by `Range` (RFC 9110, 14.3).",
    schema: { const: "bytes" },
  },
};

const CONTENT_RANGE: HeadersObject = {
  "content-range": {
    description: "Which part this is, and of how much (RFC 9110, 14.4).",
    required: true,
    schema: STRING,
  },
};
