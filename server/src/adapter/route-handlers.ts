import type { App } from "../app.ts";
import type { FetchOptions } from "./fetch-exchange.ts";

/** The methods that a file of routes exports. */
export type RouteMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** A handler of each method. */
export type RouteHandlers = Readonly<Record<RouteMethod, (request: Request) => Promise<Response>>>;

/**
 * What a file of routes of Next.js, or of whatever else wants a function for each method, exports. In
 * `app/api/[[...path]]/route.ts`:
 *
 *     export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routeHandlers(app, { basePath: "/api" });
 */
export function routeHandlers(
  app: Pick<App<unknown>, "fetch">,
  options: Pick<FetchOptions, "basePath" | "platform"> = {},
): RouteHandlers {
  const handle = (request: Request): Promise<Response> => app.fetch(request, options);
  return {
    GET: handle,
    HEAD: handle,
    POST: handle,
    PUT: handle,
    PATCH: handle,
    DELETE: handle,
    OPTIONS: handle,
  };
}
