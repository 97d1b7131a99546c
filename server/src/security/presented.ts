import type { Context, Operation } from "@tenon/core";
import type { RequestContext } from "../request/request-context.ts";

/** The credentials of a request, by the security schemes of its operation. */
export function credentialsOf(context: Context): string {
  const { exchange, served, requestCookies } = context as RequestContext;
  const schemes = served === undefined ? [] : schemesOf(served);
  const presented = schemes.map(({ scheme }) =>
    scheme.type !== "apiKey"
      ? lasting(exchange.header("authorization"))
      : scheme.in === "cookie"
        ? requestCookies.get(scheme.name as string)
        : exchange.header((scheme.name as string).toLowerCase()),
  );
  return JSON.stringify(
    schemes.length > 0 ? presented : [lasting(exchange.header("authorization")), exchange.header("cookie")],
  );
}

/** Digest credentials are others for each request (RFC 7616, 3.4): what stays is who it is. */
function lasting(authorization: string | undefined): string | undefined {
  return authorization !== undefined && /^digest /i.test(authorization)
    ? /\busername="((?:[^"\\]|\\.)*)"/i.exec(authorization)?.[1]
    : authorization;
}

function schemesOf({ dependencies }: Operation): readonly {
  readonly scheme: { readonly type: string; readonly in?: string; readonly name?: string };
}[] {
  return dependencies.flatMap(({ security }) => security?.alternatives.flat() ?? []);
}
