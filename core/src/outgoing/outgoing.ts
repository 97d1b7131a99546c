import { DefinitionError } from "../error/definition-error.ts";
import { isSchema } from "../procedure/input-field.ts";
import { objectOf, readShape } from "../procedure/shape.ts";
import type { Out, Returnable } from "../type/schema-side.ts";

/** What both kinds of outgoing requests say of themselves. */
export interface OutgoingOptions<Body> {
  /** A raw shape or schema of the JSON that is sent. */
  body: Body;
  /** A raw shape or schema of the JSON that the receiver answers with, for the document. */
  response?: unknown;
  /** The status that the receiver is expected to answer with; 200 by default. */
  status?: number;
  summary?: string;
  description?: string;
  tags?: readonly string[];
  operationId?: string;
  deprecated?: boolean;
}

/** A request that the application sends: documented, validated and encoded by one schema. */
export interface Outgoing<Sent, Received> {
  /** What `send` takes. */
  readonly "~sent": Sent;
  /** What `receive` gives. */
  readonly "~received": Received;
}

/** An event that subscribers hear of (OpenAPI 3.1.1, 4.8.1, `webhooks`). */
export interface Webhook<Sent, Received> extends Outgoing<Sent, Received> {
  readonly "~outgoing": "webhook";
}

/** A request to an address that the caller of an operation names (OpenAPI 3.1.1, 4.8.18). */
export interface Callback<Sent, Received> extends Outgoing<Sent, Received> {
  readonly "~outgoing": "callback";
}

/** What an outgoing request is at run time. */
export interface OutgoingDefinition {
  readonly "~outgoing": "webhook" | "callback";
  readonly method: "POST" | "PUT" | "PATCH";
  /** Where a callback goes, as a runtime expression (OpenAPI 3.1.1, 4.8.20.3). */
  readonly expression: string | undefined;
  readonly body: unknown;
  readonly response: unknown;
  readonly status: number;
  readonly documentation: Readonly<Omit<OutgoingOptions<unknown>, "body" | "response" | "status">>;
}

/** Defines an event that subscribers hear of: `webhook({ body: Subscription })`, sent by `send`, read by `receive`. */
export function webhook<Body>(options: OutgoingOptions<Body>): Webhook<Returnable<Body & {}>, Out<Body>> {
  return define("webhook", "POST", undefined, options) as never;
}

/**
 * Defines a request to an address that the caller names: `callback("POST {$request.query.callbackUrl}/paid", { body: Paid })`.
 * It stands in `.doc({ callbacks })` of the operation, and is sent by `send`.
 */
export function callback<Body>(
  route: `${"POST" | "PUT" | "PATCH"} ${string}`,
  options: OutgoingOptions<Body>,
): Callback<Returnable<Body & {}>, Out<Body>> {
  const space = route.indexOf(" ");
  const expression = route.slice(space + 1);
  if (
    !/^\S+$/.test(expression) ||
    (expression.match(/\{/g) ?? []).length !== (expression.match(/\}/g) ?? []).length
  ) {
    throw new DefinitionError(
      "BAD_ROUTE",
      `'${route}' is no callback: write "POST {$request.query.callbackUrl}/paid", a method and an address`,
    );
  }
  return define("callback", route.slice(0, space) as "POST", expression, options) as never;
}

/** The definition of an outgoing request. */
export function readOutgoing(outgoing: object): OutgoingDefinition {
  return outgoing as unknown as OutgoingDefinition;
}

function define(
  kind: OutgoingDefinition["~outgoing"],
  method: OutgoingDefinition["method"],
  expression: string | undefined,
  { body, response, status = 200, ...documentation }: OutgoingOptions<unknown>,
): OutgoingDefinition {
  const where = `a ${kind}`;
  return Object.freeze({
    "~outgoing": kind,
    method,
    expression,
    body: asSchema(body, where),
    response: response === undefined ? undefined : asSchema(response, where),
    status,
    documentation: Object.freeze(documentation),
  });
}

function asSchema(slot: unknown, where: string): unknown {
  return isSchema(slot) ? slot : objectOf(readShape(slot as object, where));
}
