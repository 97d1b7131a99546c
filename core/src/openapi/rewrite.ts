type Json = Readonly<Record<string, unknown>>;

/** What becomes of the parts of a document; what is not named stays. */
export interface Rewriting {
  /** A schema whose inner schemas are rewritten already. */
  schema?(schema: Json): Json;
  /** A media type object whose schema is rewritten already, with the name of the media type. */
  media?(media: Json, type: string): Json;
}

/** Rewrites the schemas and media types of a document, wherever OpenAPI 3.1 has them; everything else is copied. */
export function rewrite<Document extends object>(document: Document, rewriting: Rewriting): Document {
  return new Rewriter(rewriting).walk(document, ROOT) as Document;
}

/** Where what is of interest lies below an object: by key, or below every key. */
interface Place {
  readonly keys?: Readonly<Record<string, () => Place>>;
  readonly every?: () => Place;
  readonly list?: () => Place;
  readonly is?: "schema" | "media";
}

const SCHEMA: Place = {
  is: "schema",
  keys: {
    properties: () => SCHEMAS,
    patternProperties: () => SCHEMAS,
    additionalProperties: () => SCHEMA,
    propertyNames: () => SCHEMA,
    contentSchema: () => SCHEMA,
    items: () => SCHEMA,
    not: () => SCHEMA,
    prefixItems: () => SCHEMA_LIST,
    allOf: () => SCHEMA_LIST,
    anyOf: () => SCHEMA_LIST,
    oneOf: () => SCHEMA_LIST,
  },
};
const SCHEMAS: Place = { every: () => SCHEMA };
const SCHEMA_LIST: Place = { list: () => SCHEMA };
const MEDIA: Place = { is: "media", keys: { schema: () => SCHEMA } };
const CONTENT: Place = { every: () => MEDIA };
/** Parameters and headers. */
const PARAMETER: Place = { keys: { schema: () => SCHEMA, content: () => CONTENT } };
const HEADERS: Place = { every: () => PARAMETER };
const RESPONSE: Place = { keys: { content: () => CONTENT, headers: () => HEADERS } };
const BODY: Place = { keys: { content: () => CONTENT } };
const OPERATION: Place = {
  keys: {
    parameters: () => ({ list: () => PARAMETER }),
    requestBody: () => BODY,
    responses: () => ({ every: () => RESPONSE }),
    callbacks: () => ({ every: () => PATHS }),
    "x-websocket": () => ({ keys: { receive: () => SCHEMA, send: () => SCHEMA } }),
  },
};
const PATH_ITEM: Place = {
  keys: Object.fromEntries(
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"].map((method) => [
      method,
      () => OPERATION,
    ]),
  ),
};
const PATHS: Place = { every: () => PATH_ITEM };
const ROOT: Place = {
  keys: {
    paths: () => PATHS,
    webhooks: () => PATHS,
    components: () => ({
      keys: {
        schemas: () => SCHEMAS,
        responses: () => ({ every: () => RESPONSE }),
        headers: () => HEADERS,
        parameters: () => ({ every: () => PARAMETER }),
        requestBodies: () => ({ every: () => BODY }),
      },
    }),
  },
};

class Rewriter {
  readonly #rewriting: Rewriting;

  constructor(rewriting: Rewriting) {
    this.#rewriting = rewriting;
  }

  walk(value: unknown, place: Place, key = ""): unknown {
    if (Array.isArray(value)) {
      const inner = place.list?.();
      return inner === undefined ? value : value.map((item) => this.walk(item, inner));
    }
    if (typeof value !== "object" || value === null) {
      return value;
    }
    const copy = Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        const inner = place.keys?.[name]?.() ?? place.every?.();
        return [name, inner === undefined ? part : this.walk(part, inner, name)];
      }),
    );
    if (place.is === "schema") {
      return this.#rewriting.schema?.(copy) ?? copy;
    }
    return place.is === "media" ? (this.#rewriting.media?.(copy, key) ?? copy) : copy;
  }
}
