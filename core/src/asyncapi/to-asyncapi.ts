import type {
  OpenAPIObject,
  OperationObject,
  ParameterObject,
  ReferenceObject,
  SchemaObject,
  SecuritySchemeObject,
} from "openapi3-ts/oas31";
import { rewrite } from "../openapi/rewrite.ts";

/** A document of AsyncAPI 3.0.0: the sockets of an application. */
export interface AsyncAPIObject {
  readonly asyncapi: "3.0.0";
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly defaultContentType: "application/json";
  readonly channels: Readonly<Record<string, object>>;
  readonly operations: Readonly<Record<string, object>>;
  readonly components: Readonly<Record<string, object>>;
}

type Json = Readonly<Record<string, unknown>>;

interface Messages {
  readonly receive: SchemaObject;
  readonly send: SchemaObject;
  /** Texts are sent as they are, and not as JSON. */
  readonly texts?: "plain";
}

/** The sockets of an application as AsyncAPI 3.0.0 has them, which OpenAPI has no word for; undefined where there are none. */
export function toAsyncAPI(document: OpenAPIObject): AsyncAPIObject | undefined {
  const rewritten = rewrite(document, { schema: toDraft7 });
  const channels: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const [path, item] of Object.entries(rewritten.paths ?? {})) {
    const operation: OperationObject | undefined = item.get;
    const messages = operation?.["x-websocket"] as Messages | undefined;
    if (operation === undefined || messages === undefined) {
      continue;
    }
    const id = operation.operationId as string;
    channels[id] = describeChannel(path, operation, messages, rewritten);
    for (const [action, name] of [
      ["receive", "received"],
      ["send", "sent"],
    ] as const) {
      operations[`${id}.${action}`] = {
        action,
        channel: { $ref: `#/channels/${id}` },
        ...described(operation, action),
        messages: [{ $ref: `#/channels/${id}/messages/${name}` }],
        ...securityOf(operation),
      };
    }
  }
  if (Object.keys(channels).length === 0) {
    return undefined;
  }
  const { title, version, description } = document.info;
  const { schemas, securitySchemes } = rewritten.components ?? {};
  return {
    asyncapi: "3.0.0",
    info: { title, version, ...(description === undefined ? {} : { description }) },
    defaultContentType: "application/json",
    channels,
    operations,
    components: {
      ...(schemas === undefined ? {} : { schemas }),
      ...(securitySchemes === undefined
        ? {}
        : { securitySchemes: mapValues(securitySchemes as Record<string, SecuritySchemeObject>, toScheme) }),
    },
  };
}

function describeChannel(
  path: string,
  operation: OperationObject,
  { receive, send, texts }: Messages,
  document: OpenAPIObject,
): object {
  const parameters = (operation.parameters ?? []).map((parameter) =>
    resolve<ParameterObject>(document, parameter),
  );
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const typed = (payload: SchemaObject): object =>
    texts === "plain" && schemaOf(document, payload).type === "string"
      ? { contentType: "text/plain", payload }
      : { payload };
  const bindings = {
    method: "GET",
    ...objectOf("query", parameters),
    ...objectOf("headers", parameters),
    bindingVersion: "0.1.0",
  };
  return {
    address: path,
    ...(operation.summary === undefined ? {} : { title: operation.summary }),
    ...(operation.description === undefined ? {} : { description: operation.description }),
    messages: {
      received: { name: "received", title: "What the server receives", ...typed(receive) },
      sent: { name: "sent", title: "What the server sends", ...typed(send) },
    },
    ...(inPath.length === 0
      ? {}
      : {
          parameters: Object.fromEntries(
            inPath.map(({ name, description }) => [name, description === undefined ? {} : { description }]),
          ),
        }),
    bindings: { ws: bindings },
  };
}

const LOCATION = { query: "query", headers: "header" } as const;

/** The parameters of the handshake as one object (WebSockets binding 0.1.0). */
function objectOf(part: keyof typeof LOCATION, parameters: readonly ParameterObject[]): object {
  const own = parameters.filter((parameter) => parameter.in === LOCATION[part]);
  return own.length === 0
    ? {}
    : {
        [part]: {
          type: "object",
          properties: Object.fromEntries(own.map(({ name, schema }) => [name, schema ?? {}])),
          required: own.filter(({ required }) => required === true).map(({ name }) => name),
        },
      };
}

function described({ summary, tags }: OperationObject, action: "receive" | "send"): object {
  return {
    ...(summary === undefined
      ? {}
      : { summary: `${summary}: ${action === "receive" ? "from" : "to"} the client` }),
    ...(tags === undefined || tags.length === 0 ? {} : { tags: tags.map((name) => ({ name })) }),
  };
}

/**
 * AsyncAPI's list are alternatives. Of schemes that are needed together the first stands for all: it has no word for that.
 */
function securityOf({ security }: OperationObject): object {
  const alternatives = (security ?? []).flatMap((requirement) => {
    const [first] = Object.entries(requirement);
    return first === undefined ? [] : [first];
  });
  return alternatives.length === 0
    ? {}
    : { security: alternatives.map(([name]) => ({ $ref: `#/components/securitySchemes/${name}` })) };
}

/** Schemes of OpenAPI under the names of AsyncAPI 3 (Security Scheme Object). */
function toScheme(scheme: SecuritySchemeObject): object {
  const { type, in: location, name, flows, ...rest } = scheme;
  if (type === "apiKey") {
    return { type: "httpApiKey", in: location, name, ...rest };
  }
  if ((type as string) === "mutualTLS") {
    return { ...rest, type: "X509" };
  }
  if (flows === undefined) {
    return { type, ...rest };
  }
  // Its addresses are absolute (RFC 3986, 4.3); a token of this server's own is a bearer token in any case.
  return JSON.stringify(flows).includes('Url":"/')
    ? { type: "http", scheme: "bearer", ...rest }
    : {
        type,
        flows: mapValues(flows as Record<string, { scopes?: object }>, ({ scopes, ...flow }) => ({
          ...flow,
          availableScopes: scopes ?? {},
        })),
        ...rest,
      };
}

/** Tuples by their older name; a discriminator is another thing there, and says nothing that the alternatives do not. */
function toDraft7({ prefixItems, items, discriminator: _, ...schema }: Json): Json {
  if (prefixItems === undefined) {
    return items === undefined ? schema : { ...schema, items };
  }
  return { ...schema, items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) };
}

function resolve<T>(document: OpenAPIObject, value: T | ReferenceObject): T {
  const reference = (value as Partial<ReferenceObject>).$ref;
  const name = reference?.slice(reference.lastIndexOf("/") + 1);
  return name === undefined ? (value as T) : ((document.components?.parameters?.[name] ?? {}) as T);
}

function schemaOf(document: OpenAPIObject, schema: SchemaObject | ReferenceObject): SchemaObject {
  const reference = (schema as Partial<ReferenceObject>).$ref;
  const name = reference?.slice(reference.lastIndexOf("/") + 1);
  return (name === undefined ? schema : (document.components?.schemas?.[name] ?? {})) as SchemaObject;
}

function mapValues<Value>(record: Readonly<Record<string, Value>>, change: (value: Value) => object): object {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
