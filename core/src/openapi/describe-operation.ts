import type {
  OperationObject,
  ReferenceObject,
  ResponseObject,
  ResponsesObject,
  SchemaObject,
} from "openapi3-ts/oas31";
import type { Operation } from "../operation/operation.ts";
import type { MiddlewareResponse } from "../procedure/middleware.ts";
import { objectOf, readShape } from "../procedure/shape.ts";
import { isSchema } from "../schema/read-schema.ts";
import type { Components } from "./components.ts";
import type { DescribeOptions } from "./describe-options.ts";
import { describeErrorsBriefly } from "./brief-errors.ts";
import { withExamples } from "./examples.ts";
import { describeErrors, type SharedResponses } from "./error-responses.ts";
import { describeCallbacks } from "./outgoing.ts";
import { describeParameters } from "./parameters.ts";
import { possibleErrors } from "./possible-errors.ts";
import { describeBody } from "./request-body.ts";
import { describeSecurity } from "./security.ts";
import { describeAdded, describeSuccesses } from "./success-responses.ts";
import { summaryOf } from "./summary.ts";
import { pascal } from "./words.ts";

/** Describes one operation in OpenAPI's terms. */
export function describeOperation(
  operation: Operation,
  components: Components,
  shared: SharedResponses,
  options: DescribeOptions,
): OperationObject {
  const { documentation } = operation;
  const owner = pascal(operation.id);
  const parameters = describeParameters(operation, owner, components);
  const body = describeBody(operation, owner, components, options.isBrief);
  const requestBody =
    body === undefined ? undefined : { ...body, content: withExamples(body.content, documentation.examples) };
  return {
    operationId: operation.operationId,
    summary: documentation.summary ?? summaryOf(operation),
    ...(documentation.description === undefined ? {} : { description: documentation.description }),
    tags: [...operation.tags],
    ...(operation.isDeprecated ? { deprecated: true } : {}),
    ...(documentation.externalDocs === undefined ? {} : { externalDocs: { ...documentation.externalDocs } }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: describeResponses(operation, owner, components, shared, options),
    security: describeSecurity(operation),
    ...(options.rpcPath !== undefined && operation.hasRpc
      ? { "x-tenon-rpc": `${options.rpcPath}/${operation.id}` }
      : {}),
    ...describeMessages(operation, owner, components, options),
    ...(documentation.callbacks === undefined
      ? {}
      : { callbacks: describeCallbacks(documentation.callbacks, owner, components, options) }),
    ...documentation.extensions,
  };
}

function describeResponses(
  operation: Operation,
  owner: string,
  components: Components,
  shared: SharedResponses,
  {
    envelope,
    middleware: around = [],
    hasTimeout = true,
    statuses = {},
    isBrief = false,
    undescribed = [],
    streamType,
  }: DescribeOptions,
): ResponsesObject {
  const wrapped =
    envelope === undefined
      ? undefined
      : (code: string): SchemaObject | undefined => {
          const schema = envelope.schemas?.[code] ?? envelope.schema;
          return schema === undefined ? undefined : components.write(schema, "output", "ErrorEnvelope");
        };
  const middleware = [...around, ...operation.procedure.wraps];
  const errors = possibleErrors(operation, middleware, hasTimeout, statuses);
  const responses = new Map<number, ResponseObject | ReferenceObject>(
    isBrief
      ? describeErrorsBriefly(operation, errors, wrapped)
      : describeErrors(errors, owner, components, wrapped, shared, describeAdded(operation, middleware)),
  );
  const successes =
    isBrief && undescribed.includes(operation.id)
      ? new Map([[200, UNDESCRIBED]])
      : describeSuccesses(operation, owner, components, middleware, { isBrief, streamType });
  for (const [status, response] of successes) {
    const failure = responses.get(status) as ResponseObject | undefined;
    // An output may have a status of errors too (`.output({ 200: A, 404: B })`).
    responses.set(
      status,
      failure?.content === undefined
        ? response
        : {
            ...response,
            headers: { ...failure.headers, ...response.headers },
            content: { ...failure.content, ...response.content },
          },
    );
  }
  // What stands for a success has its headers.
  const [success] = successes.values();
  const sent = success?.headers === undefined ? {} : { headers: success.headers };
  for (const advice of middleware) {
    const isConcerned = advice.applies?.(operation) ?? true;
    for (const [status, said] of Object.entries(isConcerned ? (advice.responses ?? {}) : {})) {
      if (!responses.has(Number(status))) {
        responses.set(Number(status), describeReply(said, sent));
      }
    }
  }
  return Object.fromEntries([...responses].sort(([one], [other]) => one - other));
}

function describeReply(
  said: string | MiddlewareResponse,
  sent: Pick<ResponseObject, "headers">,
): ResponseObject {
  if (typeof said === "string") {
    return { description: said, ...sent };
  }
  const own = Object.entries(said.headers ?? {}).map(
    ([name, description]) => [name, { description, schema: { type: "string" } }] as const,
  );
  return { description: said.description, headers: { ...sent.headers, ...Object.fromEntries(own) } };
}

const UNDESCRIBED: ResponseObject = { description: "OK", content: { "application/json": { schema: {} } } };

/** What a socket receives and sends; OpenAPI has no word for it. */
function describeMessages(
  { kind, procedure }: Operation,
  owner: string,
  components: Components,
  { socketTexts }: DescribeOptions,
): { "x-websocket"?: { receive: SchemaObject; send: SchemaObject; texts?: "plain" } } {
  if (kind !== "socket" || procedure.messages === undefined) {
    return {};
  }
  const { receive, send } = procedure.messages;
  return {
    "x-websocket": {
      receive: components.write(asSchema(receive), "input", `${owner}Received`),
      send: components.write(asSchema(send), "output", `${owner}Sent`),
      ...(socketTexts === "plain" ? { texts: "plain" } : {}),
    },
  };
}

function asSchema(message: unknown): unknown {
  return isSchema(message) ? message : objectOf(readShape(message as object, "the messages of a socket"));
}
