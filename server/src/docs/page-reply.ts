import type { HeaderList, Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { isKnown } from "./entity-tag.ts";

/** A text that is served as it is. */
export interface Content {
  readonly body: string;
  readonly tag: string;
  readonly type: string;
  /** Further headers, in the reply and in its 304. */
  readonly headers: HeaderList;
}

/** Answers with a text, or with 304 where the caller has it already. */
export function pageReply(context: RequestContext, { body, tag, type, headers }: Content): Reply {
  const common = ["etag", tag, "cache-control", "no-cache", ...headers];
  return isKnown(tag, context.exchange.header("if-none-match"))
    ? { kind: "empty", status: 304, headers: common }
    : {
        kind: "bytes",
        status: 200,
        headers: ["content-type", type, "x-content-type-options", "nosniff", ...common],
        body,
      };
}
