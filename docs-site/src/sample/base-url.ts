import type { OpenAPIObject } from "@tenon/core/openapi";

/** Stands for the address of the page, which only the reader's browser knows. */
export const LOCAL_ORIGIN = "http://localhost:8000";

/** The address that samples begin with: the first server, or this machine. */
export function baseUrl({ servers }: OpenAPIObject): string {
  const url = (servers?.[0]?.url ?? "").replace(/\/$/, "");
  return /^https?:\/\//.test(url) ? url : `${LOCAL_ORIGIN}${url}`;
}
