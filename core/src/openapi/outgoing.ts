import type { CallbackObject, OperationObject, ParameterObject, PathItemObject } from "openapi3-ts/oas31";
import { STATUS_TITLE } from "../error/status-title.ts";
import { type Outgoing, type OutgoingDefinition, readOutgoing } from "../outgoing/outgoing.ts";
import { SIGNATURE_HEADERS } from "../outgoing/signature.ts";
import type { Components } from "./components.ts";
import type { DescribeOptions } from "./describe-options.ts";
import { pascal } from "./words.ts";

type Many = Readonly<Record<string, Outgoing<unknown, unknown>>>;

/** The events of an application, by name. */
export function describeWebhooks(
  webhooks: Many,
  components: Components,
  options: DescribeOptions,
): Record<string, PathItemObject> {
  return Object.fromEntries(
    Object.entries(webhooks).map(([name, each]) => {
      const definition = readOutgoing(each);
      return [name, item(definition, name, components, options, true)];
    }),
  );
}

/** The requests that an operation leads to, by name. */
export function describeCallbacks(
  callbacks: Many,
  owner: string,
  components: Components,
  options: DescribeOptions,
): Record<string, CallbackObject> {
  return Object.fromEntries(
    Object.entries(callbacks).map(([name, each]) => {
      const definition = readOutgoing(each);
      const described = item(definition, `${owner}${pascal(name)}`, components, options, false);
      return [name, { [definition.expression ?? "{$request.body#/callbackUrl}"]: described }];
    }),
  );
}

function item(
  definition: OutgoingDefinition,
  name: string,
  components: Components,
  { isBrief, envelope }: DescribeOptions,
  isEvent: boolean,
): PathItemObject {
  const { method, body, response, status, documentation } = definition;
  const { tags, ...said } = documentation;
  const owner = pascal(name);
  const invalid = isBrief === true ? envelope?.schemas?.["INVALID_INPUT"] : undefined;
  const operation: OperationObject = {
    ...said,
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(isEvent && isBrief !== true ? { parameters: SIGNATURE } : {}),
    requestBody: {
      required: true,
      content: { "application/json": { schema: components.write(body, "output", `${owner}Event`) } },
    },
    responses: {
      [status]: {
        description: STATUS_TITLE[status] ?? "The receiver has it.",
        ...(response === undefined
          ? {}
          : {
              content: {
                "application/json": { schema: components.write(response, "input", `${owner}Answer`) },
              },
            }),
      },
      // What FastAPI says of every operation with a body, be it somebody else's.
      ...(invalid === undefined
        ? {}
        : {
            422: {
              description: "Validation Error",
              content: { "application/json": { schema: components.write(invalid, "output", "Invalid") } },
            },
          }),
    },
  };
  return { [method.toLowerCase()]: operation };
}

const SIGNATURE: ParameterObject[] = [
  {
    name: SIGNATURE_HEADERS.id,
    in: "header",
    required: true,
    description: "Identifies the event; the same for each attempt to deliver it.",
    schema: { type: "string" },
  },
  {
    name: SIGNATURE_HEADERS.timestamp,
    in: "header",
    required: true,
    description: "When it was sent, in seconds since 1970.",
    schema: { type: "string", pattern: "^\\d+$" },
  },
  {
    name: SIGNATURE_HEADERS.signature,
    in: "header",
    required: true,
    description: "HMAC-SHA256 over `id.timestamp.body` in base64 after `v1,` (Standard Webhooks).",
    schema: { type: "string" },
  },
];
