import { DefinitionError, type Middleware } from "@tenon/core";
import { andThen } from "../exchange/promise.ts";
import { setHeader } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import { checkHeader } from "../response/reply-headers.ts";
import type { Next } from "./next.ts";

/** Options of `requestId`. */
export interface RequestIdOptions {
  /** The header that carries it; `x-request-id` by default. */
  header?: string;
  /** Takes over what the caller sends, where it is 8 to 128 letters, digits and `-_.:`. False by default: it is the caller's word. */
  trust?: boolean;
  /** Makes one; a random UUID by default. */
  generate?: () => string;
}

const WELL_FORMED = /^[\w.:-]{8,128}$/;

/** Gives every request what identifies it in logs: `ctx.requestId`, and a header of the reply, problems included. */
export function requestId(options: RequestIdOptions = {}): Middleware {
  const { trust = false, generate = () => crypto.randomUUID() } = options;
  const header = nameOf(options.header ?? "x-request-id");
  return {
    name: "requestId",
    responseHeaders: { [header]: "Identifies the request in the server's log." },
    handle(context: RequestContext, next: Next) {
      const sent = trust ? context.exchange.header(header) : undefined;
      const id = sent !== undefined && WELL_FORMED.test(sent) ? sent : generate();
      context.requestId = id;
      return andThen(next(), (reply) => {
        setHeader(reply.headers, header, id);
        return reply;
      });
    },
  };
}

function nameOf(header: string): string {
  try {
    return checkHeader(header, "");
  } catch (cause) {
    throw new DefinitionError("BAD_OPTION", `requestId: ${(cause as Error).message}`);
  }
}
