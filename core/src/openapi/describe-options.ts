import type { InfoObject, ServerObject, TagObject } from "openapi3-ts/oas31";
import type { FrameworkCode } from "../error/problem.ts";
import type { Webhook } from "../outgoing/outgoing.ts";
import type { Middleware } from "../procedure/middleware.ts";

/** Title, version and whatever else introduces an API (OpenAPI 3.1.1, 4.8.2). */
export interface Info extends InfoObject {
  /** One line, where `description` is a text. */
  summary?: string;
}

/** What an application says about its document beyond its operations. */
export interface DescribeOptions {
  readonly info: Info;
  readonly servers?: readonly ServerObject[] | undefined;
  /** Tags in the order of the document, with what they mean; tags that only operations name follow. */
  readonly tags?: readonly TagObject[] | undefined;
  /** Events that subscribers hear of, by name. */
  readonly webhooks?: Readonly<Record<string, Webhook<unknown, unknown>>> | undefined;
  /** The schema of error bodies, where the application has its own. */
  readonly envelope?:
    | { readonly schema: unknown; readonly schemas?: Readonly<Record<string, unknown>> }
    | undefined;
  /** Statuses of the framework's own codes, where they differ from `FRAMEWORK_STATUS`. */
  readonly statuses?: Readonly<Partial<Record<FrameworkCode, number>>> | undefined;
  /** What FastAPI's document would leave out is left out: of errors all but 422 and those with a description. */
  readonly isBrief?: boolean | undefined;
  /** Ids of operations of whose replies a brief document says that there is one, and nothing else. */
  readonly undescribed?: readonly string[] | undefined;
  /** The one media type of an operation's stream; undefined where callers choose. */
  readonly streamType?: ((operation: string) => string | undefined) | undefined;
  /** What messages of sockets are on the wire where their schema is a text: JSON, or the text as it is. */
  readonly socketTexts?: "json" | "plain" | undefined;
  readonly middleware?: readonly Middleware[] | undefined;
  /** The path before every canonical address (`/rpc`); none where there are no such addresses. */
  readonly rpcPath?: string | undefined;
  /** False where requests may take as long as they like. */
  readonly hasTimeout?: boolean | undefined;
}
