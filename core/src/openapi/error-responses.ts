import type {
  ContentObject,
  HeadersObject,
  ReferenceObject,
  ResponseObject,
  SchemaObject,
} from "openapi3-ts/oas31";
import { canonical } from "./canonical.ts";
import type { Components } from "./components.ts";
import type { PossibleError } from "./possible-errors.ts";
import { problemSchema } from "./problems.ts";
import { pascal } from "./words.ts";

/** The media type of a problem (RFC 9457, 3). */
const PROBLEM_TYPE = "application/problem+json";

/** Responses that operations share, by name. */
export type SharedResponses = Map<string, ResponseObject>;

/** Writes the schema of the application's own error body for a code; undefined where it has none. */
export type WriteEnvelope = (code: string) => SchemaObject | undefined;

/** The error responses of an operation by status. What holds nothing but the framework's own errors is shared. */
export function describeErrors(
  errors: readonly PossibleError[],
  owner: string,
  components: Components,
  envelope: WriteEnvelope | undefined,
  shared: SharedResponses,
  added: HeadersObject = {},
): Map<number, ResponseObject | ReferenceObject> {
  const byStatus = new Map<number, PossibleError[]>();
  for (const error of errors) {
    byStatus.set(error.status, [...(byStatus.get(error.status) ?? []), error]);
  }
  const responses = new Map<number, ResponseObject | ReferenceObject>();
  for (const [status, group] of byStatus) {
    const response = describeGroup(group, owner, components, envelope, added);
    responses.set(
      status,
      group.every(({ isFramework }) => isFramework) ? share(group, response, shared) : response,
    );
  }
  return responses;
}

/** Most operations have these in common; one with a description or headers of its own keeps it. */
function share(
  group: readonly PossibleError[],
  response: ResponseObject,
  shared: SharedResponses,
): ResponseObject | ReferenceObject {
  const name = group.map(({ code }) => pascal(code)).join("Or");
  const existing = shared.get(name) ?? response;
  shared.set(name, existing);
  return canonical(existing) === canonical(response) ? { $ref: `#/components/responses/${name}` } : response;
}

function describeGroup(
  group: readonly PossibleError[],
  owner: string,
  components: Components,
  envelope: WriteEnvelope | undefined,
  added: HeadersObject,
): ResponseObject {
  const headers = { ...added, ...describeHeaders(group), ...(envelope === undefined ? {} : VARY) };
  return {
    description: describeCodes(group),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: describeContent(group, owner, components, envelope),
  };
}

function describeContent(
  group: readonly PossibleError[],
  owner: string,
  components: Components,
  envelope: WriteEnvelope | undefined,
): ContentObject {
  const references = group.map((error) => problemSchema(error, owner, components));
  const mapping = Object.fromEntries(
    group.map(({ code }, index) => [code, references[index]?.$ref as string] as const),
  );
  const schema: SchemaObject =
    references.length === 1
      ? (references[0] as SchemaObject)
      : { oneOf: references, discriminator: { propertyName: "code", mapping } };
  const own = envelope === undefined ? undefined : enveloped(group, envelope);
  return {
    ...(own === undefined ? {} : { "application/json": { schema: own } }),
    [PROBLEM_TYPE]: { schema },
  };
}

function enveloped(group: readonly PossibleError[], envelope: WriteEnvelope): SchemaObject | undefined {
  const written = group.flatMap(({ code }) => envelope(code) ?? []);
  const schemas = new Map(written.map((each) => [canonical(each), each]));
  const [only, ...others] = schemas.values();
  return others.length > 0 ? { anyOf: [...schemas.values()] } : only;
}

/** One code says when it happens; several are a list. */
function describeCodes(group: readonly PossibleError[]): string {
  const [first] = group;
  return group.length === 1
    ? (first?.description ?? "")
    : group.map(({ code, description }) => `- \`${code}\`: ${description}`).join("\n");
}

function describeHeaders(group: readonly PossibleError[]): HeadersObject {
  const headers: HeadersObject = {};
  for (const [name, description] of group.flatMap((error) => Object.entries(error.headers))) {
    headers[name] = { description, schema: { type: "string" } };
  }
  return headers;
}

/** An application's own form of errors stands beside the canonical one. */
const VARY: HeadersObject = {
  vary: { description: "What chose this form of it (RFC 9110, 12.5.5).", schema: { type: "string" } },
};
