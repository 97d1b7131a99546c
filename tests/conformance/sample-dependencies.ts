import {
  ApiError,
  dependency,
  forbidden,
  header,
  type Middleware,
  query,
  security,
  unauthenticated,
} from "@tenon/core";
import type { RateLimitStore } from "@tenon/server/middleware";
import { z } from "zod";

// Credentials: "good" passes, "weak" is 403, anything else is 401.
function check(token: string): { readonly name: string } | ApiError {
  if (token === "weak") {
    return forbidden();
  }
  return token === "good" ? { name: "ada" } : unauthenticated({ challenge: "Bearer" });
}

const bearer = security.bearer();
/** Somebody, by a bearer token. */
export const user = dependency.use({ token: bearer }).resolve(({ token }) => check(token));
/** The same, or nobody. */
export const visitor = dependency
  .use({ token: security.optional(bearer) })
  .resolve(({ token }) => (token === null ? null : check(token)));
/** Somebody, by name and password. */
export const basic = dependency.use({ pair: security.basic() }).resolve(({ pair }) => check(pair.username));
/** Somebody, by a key in a header. */
export const headerKey = dependency
  .use({ key: security.apiKey({ in: "header", key: "X-Api-Key", name: "headerKey" }) })
  .resolve(({ key }) => check(key));
/** Somebody, by a key in a cookie. */
export const cookieKey = dependency
  .use({ key: security.apiKey({ in: "cookie", key: "session", name: "cookieKey" }) })
  .resolve(({ key }) => check(key));
/** Somebody, by a key in the query. */
export const queryKey = dependency
  .use({ key: security.apiKey({ in: "query", key: "api_key", name: "queryKey" }) })
  .resolve(({ key }) => check(key));

/** A dependency with a header and an error of its own. */
export const tenant = dependency
  .input({ tenant: header("x-tenant", z.string().min(2).max(20)) })
  .errors({
    NO_TENANT: { status: 404, data: { tenant: z.string() }, description: "There is no such tenant." },
  })
  .resolve(({ input, errors }) =>
    input.tenant === "nobody" ? errors.NO_TENANT({ tenant: input.tenant }) : input.tenant,
  );
/** A guard that decides by a parameter, and whose error has a header. */
export const quota = dependency
  .input({ plan: query(z.enum(["free", "paid"]).default("free")) })
  .errors({ QUOTA: { status: 402, headers: { "x-plan": "The plan that is used up." } } })
  .resolve(({ input, errors }) =>
    input.plan === "paid" ? errors.QUOTA({ headers: { "x-plan": "paid" } }) : undefined,
  );

/** A middleware with errors, a code of the framework and one of its own. */
export const flood: Middleware = {
  name: "flood",
  errors: {
    RATE_LIMITED: { status: 429, headers: { "retry-after": "Seconds to wait." } },
    DRAINING: {
      status: 503,
      data: z.object({ until: z.date() }),
      description: "The server is being replaced.",
    },
  },
  responseHeaders: { "x-flood": "Whether there is one." },
  applies: ({ path }) => path.startsWith("/limited"),
  handle: async (context, next) => {
    const asked = context.headers.get("x-flood");
    if (asked === "yes") {
      throw new ApiError("RATE_LIMITED", 429, undefined, { headers: { "retry-after": "1" } });
    }
    if (asked === "drain") {
      throw new ApiError("DRAINING", 503, { until: new Date(0) });
    }
    const reply = await next();
    if (context.operation?.startsWith("limited.") === true) {
      reply.headers.push("x-flood", "no");
    }
    return reply;
  },
};

/** Quotas of which nothing is left, or nothing is known. */
export const spent: RateLimitStore = {
  take: (key) => {
    if (key.endsWith(":broken")) {
      throw new Error("secret");
    }
    return { isAllowed: false, remaining: 0, retryAfter: 1000, reset: 1000 };
  },
};
