import type { Middleware } from "@tenon/core";
import { addVary, setHeader } from "../exchange/reply.ts";

/** Options of `cors`. Closed by default: no origin is allowed that is not named. */
export interface CorsOptions {
  /** Origins that may read replies: exact, `"*"` for any (not with credentials), or a decision. */
  origins: readonly string[] | "*" | ((origin: string) => boolean);
  methods?: readonly string[];
  /** Request headers that may be sent beyond the safelisted ones. */
  headers?: readonly string[];
  /** Response headers that may be read beyond the safelisted ones. */
  expose?: readonly string[];
  credentials?: boolean;
  /** Seconds that a preflight may be remembered; 600 by default. */
  maxAge?: number;
}

/** Cross-origin resource sharing (WHATWG Fetch, 3.2), on every reply, errors included. */
export function cors(options: CorsOptions): Middleware {
  const {
    origins,
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    headers = [],
    expose = [],
    credentials = false,
    maxAge = 600,
  } = options;
  if (origins === "*" && credentials) {
    throw new TypeError('cors: origins "*" cannot go with credentials: name the origins');
  }
  const isAllowed = (origin: string): boolean =>
    origins === "*" || (typeof origins === "function" ? origins(origin) : origins.includes(origin));
  const allow = (list: string[], origin: string): void => {
    setHeader(list, "access-control-allow-origin", origins === "*" ? "*" : origin);
    if (credentials) {
      setHeader(list, "access-control-allow-credentials", "true");
    }
  };
  return {
    name: "cors",
    responseHeaders: {
      "access-control-allow-origin": "The origin that may read the reply",
      ...(expose.length > 0 ? { "access-control-expose-headers": "Response headers that may be read" } : {}),
    },
    async handle(context, next) {
      const origin = context.headers.get("origin");
      const isPreflight =
        context.method === "OPTIONS" &&
        origin !== undefined &&
        context.headers.has("access-control-request-method");
      if (isPreflight) {
        const list: string[] = [];
        addVary(list, "origin", "access-control-request-method", "access-control-request-headers");
        if (isAllowed(origin)) {
          allow(list, origin);
          list.push(
            "access-control-allow-methods",
            methods.join(", "),
            "access-control-max-age",
            String(maxAge),
          );
          if (headers.length > 0) {
            list.push("access-control-allow-headers", headers.join(", "));
          }
        }
        return { kind: "empty", status: 204, headers: list };
      }
      const reply = await next();
      if (origins !== "*") {
        addVary(reply.headers, "origin");
      }
      if (origin !== undefined && isAllowed(origin)) {
        allow(reply.headers, origin);
        if (expose.length > 0) {
          setHeader(reply.headers, "access-control-expose-headers", expose.join(", "));
        }
      }
      return reply;
    },
  };
}
