import type { OpenAPIObject, SchemaObject } from "@tenon/core/openapi";
import type { DocumentedOperation } from "../operation.ts";
import { resolveSchema } from "../resolve.ts";
import { codeOf, keyOf, wrap } from "./code-value.ts";
import type { SampleRequest, SampleStyle, SampleValue } from "./request.ts";

/** The call in the typed client: by the procedure's path, or by its address where it has no canonical one. */
export function clientSample(
  document: OpenAPIObject,
  documented: DocumentedOperation,
  request: SampleRequest,
): string {
  const rpc = documented.operation["x-tenon-rpc"] as string | undefined;
  if (rpc === undefined) {
    return restCall(document, documented, request);
  }
  const procedure = `api.${rpc.slice(rpc.lastIndexOf("/") + 1)}`;
  const room = 52 - `const result = await ${procedure}(`.length;
  const input = inputOf(document, request, room);
  const options = optionsOf(document, request.values);
  const all = options === undefined ? (input === "{}" ? "" : input) : `${input}, ${options}`;
  return finish(documented, procedure, all);
}

function finish({ operation }: DocumentedOperation, procedure: string, all: string): string {
  if (operation["x-websocket"] !== undefined) {
    return `const socket = await ${procedure}.connect(${all});\nfor await (const message of socket) {\n  console.log(message);\n}`;
  }
  if (Object.keys(contentOf(operation, "200")).includes("text/event-stream")) {
    return `for await (const item of ${procedure}.stream(${all})) {\n  console.log(item);\n}`;
  }
  const isVoid = Object.keys(operation.responses ?? {}).some((status) => status === "204");
  return `${isVoid ? "" : "const result = "}await ${procedure}(${all});`;
}

/** The flat input: path, query and body keys together. */
function inputOf(document: OpenAPIObject, { values, models, body }: SampleRequest, room: number): string {
  const tree = new Map<string, string | Map<string, string>>(models.map((key) => [key, new Map()]));
  for (const value of values.filter((one) => one.in === "path" || one.in === "query")) {
    place(tree, value.keys, codeOf(document, value.schema, value.value, "  "));
  }
  if (body?.key !== undefined) {
    tree.set(body.key, codeOf(document, body.schema, body.value, "  "));
  } else if (body !== undefined) {
    const { properties = {} } = resolveSchema(document, body.schema);
    for (const [name, value] of Object.entries(body.value as object)) {
      const { "x-tenon-key": key = name } = (properties[name] ?? {}) as { "x-tenon-key"?: string };
      place(tree, key.split("."), codeOf(document, properties[name] ?? {}, value, "  "));
    }
  }
  return writeTree(tree, "", room);
}

function place(
  tree: Map<string, string | Map<string, string>>,
  [key = "", field]: readonly string[],
  code: string,
): void {
  if (field === undefined) {
    tree.set(key, code);
    return;
  }
  const existing = tree.get(key);
  const model = existing instanceof Map ? existing : new Map<string, string>();
  model.set(field, code);
  tree.set(key, model);
}

function writeTree(
  tree: ReadonlyMap<string, string | Map<string, string>>,
  indent: string,
  room?: number,
): string {
  const entries = [...tree].map(
    ([key, value]) => `${keyOf(key)}: ${typeof value === "string" ? value : writeTree(value, `${indent}  `)}`,
  );
  return wrap("{", entries, "}", indent, room);
}

/** Headers and cookies are options of the call, in both styles. */
function optionsOf(document: OpenAPIObject, values: readonly SampleValue[]): string | undefined {
  const sections = (["header", "cookie"] as const).flatMap((location) => {
    const inside = values.filter((value) => value.in === location);
    const entries = inside.map(
      ({ name, schema, value }) => `${keyOf(name)}: ${codeOf(document, schema, value, "  ")}`,
    );
    return entries.length === 0 ? [] : [`${location}s: ${wrap("{", entries, "}", "  ")}`];
  });
  return sections.length === 0 ? undefined : wrap("{", sections, "}", "");
}

function restCall(
  document: OpenAPIObject,
  { method, path, operation }: DocumentedOperation,
  { values, body }: SampleRequest,
): string {
  const sections = (["path", "query", "header", "cookie"] as const).flatMap((location) => {
    const inside = values.filter((value) => value.in === location);
    const entries = inside.map(
      ({ name, schema, value, style }) =>
        `${keyOf(name)}: ${told(location, style, codeOf(document, schema, value, "  "))}`,
    );
    const section = location === "header" || location === "cookie" ? `${location}s` : location;
    return entries.length === 0 ? [] : [`${section}: ${wrap("{", entries, "}", "  ")}`];
  });
  if (body !== undefined) {
    const code = codeOf(document, body.schema, body.value, "  ");
    sections.push(`body: ${body.mediaType === FORM ? `asForm(${code})` : code}`);
  }
  const input = sections.length === 0 ? "" : `, ${wrap("{", sections, "}", "")}`;
  const isVoid = operation.responses?.["204"] !== undefined;
  return `${isVoid ? "" : "const result = "}await api.${method}(${JSON.stringify(path)}${input});`;
}

const FORM = "application/x-www-form-urlencoded";
const TOLD: ReadonlySet<string> = new Set(["csv", "spaceDelimited", "pipeDelimited", "json"]);

/** The styles that a value of a query does not show are said. */
function told(location: string, style: SampleStyle, code: string): string {
  return location === "query" && TOLD.has(style) ? `styled(${JSON.stringify(style)}, ${code})` : code;
}

function contentOf(
  { responses }: DocumentedOperation["operation"],
  status: string,
): Record<string, SchemaObject> {
  return (responses?.[status] as { content?: Record<string, SchemaObject> } | undefined)?.content ?? {};
}
