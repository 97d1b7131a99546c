import type { ContentObject, HeadersObject, ResponseObject, SchemaObject } from "openapi3-ts/oas31";
import type { Operation, SuccessResponse } from "../operation/operation.ts";
import { readEvents } from "../procedure/events.ts";
import type { Middleware } from "../procedure/middleware.ts";
import { isRequired } from "../json-schema/presence.ts";
import { leanNode } from "../schema/lean-node.ts";
import { objectOf, readShape } from "../procedure/shape.ts";
import { isSchema, readSchema } from "../schema/read-schema.ts";
import { holdsRichType } from "../schema/trait.ts";
import type { Components } from "./components.ts";
import { revivalMeta } from "./revival-meta.ts";
import { STATUS_TITLE } from "../error/status-title.ts";
import type { DescribeOptions } from "./describe-options.ts";
import { describeLinks, examplesFor, withExamples } from "./examples.ts";
import { describeCaching } from "./caching-headers.ts";
import { describeMedia, describeMediaBriefly } from "./media-responses.ts";

/** The media type of replies that the typed client revives. */
const RICH_TYPE = "application/vnd.tenon+json";

/** What of the document's options replies depend on. */
type SuccessOptions = Pick<DescribeOptions, "isBrief" | "streamType">;

/** The responses of success by status. */
export function describeSuccesses(
  operation: Operation,
  owner: string,
  components: Components,
  middleware: readonly Middleware[],
  options: SuccessOptions = {},
): Map<number, ResponseObject> {
  const { isBrief = false } = options;
  const headers = isBrief
    ? describeHeadersBriefly(operation, owner, components)
    : describeHeaders(operation, owner, components, middleware);
  const { kind, method, documentation } = operation;
  if (kind === "socket") {
    return new Map([[101, { description: "The connection becomes a socket (RFC 6455)." }]]);
  }
  return new Map(
    operation.responses.flatMap((response) => {
      const { status, schema, media, mode } = response;
      const sent = isBrief ? headers : { ...describeCaching(operation, response), ...headers };
      const common: ResponseObject = {
        description: documentation.responseDescription ?? describeStatus(operation, status),
        ...(Object.keys(sent).length === 0 ? {} : { headers: sent }),
        ...(documentation.links === undefined ? {} : { links: describeLinks(documentation.links) }),
      };
      if (media !== undefined) {
        const write = (body: unknown): SchemaObject =>
          components.write(
            isSchema(body) ? body : objectOf(readShape(body as object, "raw({ … })")),
            "output",
            `${owner}Response`,
          );
        return isBrief
          ? [[status, { ...common, ...describeMediaBriefly(media, write) }] as const]
          : describeMedia(media, status, method, common, write);
      }
      const content =
        schema === undefined
          ? {}
          : {
              content: withExamples(
                describeContent(schema, mode, operation, owner, components, options),
                examplesFor(documentation.responseExamples, status),
              ),
            };
      return [[status, { ...common, ...content }] as const];
    }),
  );
}

function describeStatus({ kind, procedure }: Operation, status: number): string {
  if (kind !== "stream") {
    return STATUS_TITLE[status] ?? "Success";
  }
  return procedure.lasting.replay === undefined ? STREAM : `${STREAM} ${REPLAYED}`;
}

const STREAM =
  "A stream of items: each event's data, or each line, is JSON of this schema. A failure after the first byte is a last event `error` with the problem.";
const REPLAYED =
  'Events with an id are kept: `Last-Event-ID` asks for those after one, and where it is not known any more the first event is `gap`, `{ "lastEventId": "…" }`.';

function describeContent(
  schema: unknown,
  { omit }: SuccessResponse["mode"],
  { id, kind, responses }: Operation,
  owner: string,
  components: Components,
  { isBrief, streamType }: SuccessOptions,
): ContentObject {
  const place = responses.length > 1 ? `${owner}Responses` : `${owner}Response`;
  // What is trusted keeps the rules that it was checked by.
  const node = leanNode(readSchema(schema), { omit, isTrusted: false });
  const written = components.writeNode(node, "output", place);
  if (kind === "stream") {
    // OpenAPI 3.1 has no word for the schema of an item (3.2 has `itemSchema`).
    const media = { schema: written, "x-tenon-stream": readEvents(schema) === undefined ? "item" : "event" };
    const only = streamType?.(id);
    return only === undefined
      ? { "text/event-stream": media, "application/jsonl": media }
      : { [only]: media };
  }
  return {
    "application/json": { schema: written },
    ...(isBrief !== true && holdsRichType(node)
      ? { [RICH_TYPE]: { schema: enriched(written, components) } }
      : {}),
  };
}

function enriched(json: SchemaObject, components: Components): SchemaObject {
  return { type: "object", properties: { json, meta: revivalMeta(components) }, required: ["json"] };
}

/** Those with a description: FastAPI's document says nothing of headers unless its `responses=` do. */
function describeHeadersBriefly(operation: Operation, owner: string, components: Components): HeadersObject {
  const all = describeHeaders({ ...operation, responseCookies: [] }, owner, components, []);
  return Object.fromEntries(
    Object.entries(all).filter(([, header]) => "description" in header && header.description !== undefined),
  );
}

function describeHeaders(
  operation: Operation,
  owner: string,
  components: Components,
  middleware: readonly Middleware[],
): HeadersObject {
  const headers: HeadersObject = {};
  for (const [name, schema] of operation.responseHeaders) {
    const { description, ...rest } = components.write(schema, "output", `${owner}Header`);
    headers[name] = {
      ...(description === undefined ? {} : { description }),
      ...(isRequired(readSchema(schema), "output") ? { required: true } : {}),
      schema: rest,
    };
  }
  const cookies = operation.responseCookies;
  if (cookies.length > 0) {
    // One header may occur several times, which OpenAPI has no word for (3.1.1, 4.8.21).
    const names = cookies.map((name) => `\`${name}\``).join(", ");
    headers["set-cookie"] = { description: `May set ${names} (RFC 6265).`, schema: { type: "string" } };
  }
  for (const [name, header] of Object.entries(describeAdded(operation, middleware))) {
    headers[name] ??= header;
  }
  return headers;
}

/** Headers that middleware may add to any response, be it a success or a failure. */
export function describeAdded(operation: Operation, middleware: readonly Middleware[]): HeadersObject {
  const headers: HeadersObject = {};
  for (const advice of middleware) {
    if (advice.applies?.(operation) ?? true) {
      for (const [name, description] of Object.entries(advice.responseHeaders ?? {})) {
        headers[name] ??= { description, schema: { type: "string" } };
      }
    }
  }
  return headers;
}
