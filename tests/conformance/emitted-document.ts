import type { OpenAPIObject } from "@tenon/core/openapi";

/** The document that an application serves. */
export async function emittedDocument(
  fetch: (request: Request) => Promise<Response>,
): Promise<OpenAPIObject> {
  const response = await fetch(new Request("http://conformance.test/openapi.json"));
  if (!response.ok) {
    throw new Error(`the document is answered with ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as OpenAPIObject;
}
