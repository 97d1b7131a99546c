import type { ContentObject, ExampleObject, LinkObject } from "openapi3-ts/oas31";
import type { Documentation, Examples, Link } from "../procedure/documentation.ts";

/** Named examples as the document has them. */
export function describeExamples(examples: Examples): Record<string, ExampleObject> {
  return Object.fromEntries(
    Object.entries(examples).map(([name, { isInvalid: _isInvalid, ...example }]) => [name, { ...example }]),
  );
}

/** The links of a response. */
export function describeLinks(links: Readonly<Record<string, Link>>): Record<string, LinkObject> {
  return Object.fromEntries(
    Object.entries(links).map(([name, { operation, ...link }]) => [
      name,
      { operationId: operation, ...link },
    ]),
  );
}

/** The examples of one status, where they are given by status; all of them otherwise. */
export function examplesFor(
  examples: Documentation["responseExamples"],
  status: number,
): Examples | undefined {
  if (examples === undefined) {
    return undefined;
  }
  const isByStatus = Object.keys(examples).every((key) => /^[1-5]\d\d$/.test(key));
  return isByStatus ? (examples as Readonly<Record<number, Examples>>)[status] : (examples as Examples);
}

/** Puts examples beside the schemas of plain JSON and forms; other forms of the same value have none. */
export function withExamples(content: ContentObject, examples: Examples | undefined): ContentObject {
  if (examples === undefined) {
    return content;
  }
  const described = describeExamples(examples);
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => [
      type,
      type.startsWith("application/vnd.tenon") ? media : { ...media, examples: described },
    ]),
  );
}
