import type { OpenAPIObject } from "@tenon/core/openapi";

/** Stands for the address of the page, which only the reader's browser knows. */
export const LOCAL_ORIGIN = "http://localhost:8000";

/** The address that samples begin with: the first server, or this machine. */
export function baseUrl({ servers }: OpenAPIObject): string {
  return absolute(servers?.[0]?.url ?? "/");
}

/** The address of a server, whose `/` is where the page comes from. */
export function absolute(server: string): string {
  const url = server.replace(/\/$/, "");
  return /^https?:\/\//.test(url) ? url : `${LOCAL_ORIGIN}${url}`;
}
