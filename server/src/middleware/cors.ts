import { DefinitionError, type Middleware, type Operation } from "@tenon/core";
import { andThen } from "../exchange/promise.ts";
import { addVary, setHeader, type Reply } from "../exchange/reply.ts";
import type { RequestContext } from "../request/request-context.ts";
import type { Next } from "./next.ts";

/** Options of `cors`. Closed by default: no origin is allowed that is not named. */
export type CorsOptions = CorsRules &
  (
    | {
        /** Any origin may read replies; never with credentials (WHATWG Fetch, 3.2.5). */
        origins: "*";
        credentials?: false;
      }
    | {
        /** Origins that may read replies: exact (`https://shop.example`), or a decision. */
        origins: readonly string[] | ((origin: string) => boolean);
        /** Replies to requests with cookies may be read, too. */
        credentials?: boolean;
      }
  );

interface CorsRules {
  methods?: readonly string[];
  /** Request headers that may be sent beyond the safelisted ones and `content-type`. */
  headers?: readonly string[];
  /**
   * Response headers that may be read beyond the safelisted ones. Those that an operation declares (`.responseHeaders`, the
   * headers of its errors, those of middleware around it) may be read without being named here.
   */
  expose?: readonly string[];
  /** Seconds that a preflight may be remembered; 600 by default. */
  maxAge?: number;
  /** The status of a preflight; 204 by default. With 200 its body is `OK`: for old callers, and proxies that drop replies without one. */
  preflightStatus?: 200 | 204;
}

/** Cross-origin resource sharing (WHATWG Fetch, 3.2), on every reply: problems, an opaque 500 and streams included. */
export function cors(options: CorsOptions): Middleware {
  checkOrigins(options.origins, options.credentials ?? false);
  return corsBeside(options, []);
}

function corsBeside(options: CorsOptions, others: readonly Middleware[]): Middleware {
  const { origins, credentials = false, expose = [] } = options;
  const exposed = exposedHeaders(expose, others);
  const isAllowed = (origin: string): boolean =>
    origins === "*" || (typeof origins === "function" ? origins(origin) : origins.includes(origin));
  const allow = (list: string[], origin: string): void => {
    setHeader(list, "access-control-allow-origin", origins === "*" ? "*" : origin);
    if (credentials) {
      setHeader(list, "access-control-allow-credentials", "true");
    }
  };
  const preflight = preflightHeaders(options);
  return {
    name: "cors",
    responseHeaders: {
      "access-control-allow-origin": "The origin that may read the reply (WHATWG Fetch, 3.2.3).",
      "access-control-expose-headers": "Response headers that may be read (WHATWG Fetch, 3.2.3).",
    },
    beside: (all) =>
      corsBeside(
        options,
        all.filter(({ name }) => name !== "cors"),
      ),
    handle(context: RequestContext, next: Next) {
      const origin = context.exchange.header("origin");
      if (
        origin !== undefined &&
        context.method === "OPTIONS" &&
        context.exchange.header("access-control-request-method") !== undefined
      ) {
        const list = ["vary", "origin, access-control-request-method, access-control-request-headers"];
        if (isAllowed(origin)) {
          allow(list, origin);
          list.push(...preflight);
        }
        return options.preflightStatus === 200
          ? { kind: "bytes", status: 200, headers: [...list, ...PLAIN], body: "OK" }
          : { kind: "empty", status: 204, headers: list };
      }
      return andThen(next(), (reply) => {
        if (origins !== "*") {
          addVary(reply.headers, "origin");
        }
        if (origin !== undefined && isAllowed(origin)) {
          allow(reply.headers, origin);
          tellExposed(reply, exposed(context.served));
        }
        return reply;
      });
    },
  };
}

const PLAIN = ["content-type", "text/plain; charset=utf-8"];

function tellExposed(reply: Reply, names: string): void {
  if (names !== "") {
    setHeader(reply.headers, "access-control-expose-headers", names);
  }
}

function preflightHeaders({
  methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
  headers = [],
  maxAge = 600,
}: CorsRules): readonly string[] {
  const isNamed = headers.some((name) => name.toLowerCase() === "content-type");
  return [
    "access-control-allow-methods",
    methods.join(", "),
    "access-control-max-age",
    String(maxAge),
    // JSON is no safelisted type (WHATWG Fetch, 2.2.2), and nothing can be sent without it.
    "access-control-allow-headers",
    (isNamed ? headers : [...headers, "content-type"]).join(", "),
  ];
}

/** The headers that a page may read of an operation's replies, worked out once for each. */
function exposedHeaders(
  always: readonly string[],
  others: readonly Middleware[],
): (operation: Operation | undefined) => string {
  const everywhere = others.filter((layer) => layer.applies === undefined).flatMap(headersOf);
  const none = joined([...always, ...everywhere]);
  const known = new WeakMap<Operation, string>();
  return (operation) => {
    if (operation === undefined) {
      return none;
    }
    let names = known.get(operation);
    if (names === undefined) {
      const around = others.filter((layer) => layer.applies?.(operation) ?? true).flatMap(headersOf);
      names = joined([...always, ...around, ...declaredHeaders(operation)]);
      known.set(operation, names);
    }
    return names;
  };
}

function declaredHeaders({ responseHeaders, errors, procedure }: Operation): readonly string[] {
  return [
    ...responseHeaders.keys(),
    ...Object.values(errors).flatMap(({ headers = {} }) => Object.keys(headers)),
    ...procedure.wraps.flatMap(headersOf),
  ];
}

function headersOf({ responseHeaders = {}, errors = {} }: Middleware): readonly string[] {
  return [
    ...Object.keys(responseHeaders),
    ...Object.values(errors).flatMap(({ headers = {} }) => Object.keys(headers)),
  ];
}

/** Cookies are never told to pages (WHATWG Fetch, 2.2.2), whatever is said. */
function joined(names: readonly string[]): string {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  lower.delete("set-cookie");
  return [...lower].join(", ");
}

function checkOrigins(origins: CorsOptions["origins"], credentials: boolean): void {
  if (origins === "*" && credentials) {
    throw new DefinitionError(
      "BAD_OPTION",
      'cors: origins "*" cannot go with credentials, browsers refuse it: name the origins',
    );
  }
  for (const origin of typeof origins === "object" ? origins : []) {
    if (origin !== "null" && (!URL.canParse(origin) || new URL(origin).origin !== origin)) {
      throw new DefinitionError(
        "BAD_OPTION",
        `cors: '${origin}' is no origin as browsers send it: write scheme, host and port alone, 'https://shop.example', or origins: "*"`,
      );
    }
  }
}
