import type { OpenAPIObject } from "@tenon/core/openapi";

/** The document that an application serves. */
export async function emittedDocument(
  fetch: (request: Request) => Promise<Response>,
): Promise<OpenAPIObject> {
  const response = await fetch(new Request("http://conformance.test/openapi.json"));
  return (await response.json()) as OpenAPIObject;
}
