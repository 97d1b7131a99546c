import { readForm } from "./rpc-input.ts";

/** As much as is read of a document. */
export interface OpenAPIDocument {
  readonly paths?: Readonly<Record<string, unknown>> | undefined;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> | undefined } | undefined;
}

/** The REST address of an operation, by its document. */
export interface RestRoute {
  /** The canonical address of the same operation. */
  readonly rpc: string;
  readonly status: number;
  /** The texts of the path's parameters; undefined for another address. */
  match(method: string, path: string): Readonly<Record<string, string>> | undefined;
  readInput(path: Readonly<Record<string, string>>, request: Request): Promise<Record<string, unknown>>;
}

interface Described {
  readonly "x-tenon-rpc"?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: object; readonly "x-tenon-key"?: string };
  readonly responses?: Readonly<Record<string, unknown>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
  readonly "x-tenon-key"?: string;
  readonly "x-tenon-catch-all"?: boolean;
}
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly items?: Schema;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The REST addresses of a document. */
export function readRoutes(document: OpenAPIDocument): readonly RestRoute[] {
  return Object.entries(document.paths ?? {}).flatMap(([template, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Readonly<Record<string, Described | undefined>>)[method];
      return operation?.["x-tenon-rpc"] === undefined
        ? []
        : [routeOf(document, method.toUpperCase(), template, operation, operation["x-tenon-rpc"])];
    }),
  );
}

function routeOf(
  document: OpenAPIDocument,
  method: string,
  template: string,
  operation: Described,
  rpc: string,
): RestRoute {
  const { parameters = [], requestBody, responses = {} } = operation;
  const rest = parameters.find((parameter) => parameter["x-tenon-catch-all"] === true)?.name;
  const pattern = new RegExp(
    `^${template
      .split(/(\{[^}]+\})/)
      .map((part) => (part.startsWith("{") ? groupOf(part.slice(1, -1), rest) : escape(part)))
      .join("")}$`,
  );
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string);
  const success = Object.keys(responses).find((status) => status.startsWith("2"));
  return {
    rpc,
    status: Number(success ?? 200),
    match: (asked, path) => {
      const found = asked === method ? pattern.exec(path) : null;
      return found === null
        ? undefined
        : Object.fromEntries(
            names.map((name, index) => [name, decodeURIComponent(found[index + 1] as string)]),
          );
    },
    readInput: async (path, request) => {
      const input: Record<string, unknown> = {};
      const { searchParams } = new URL(request.url);
      for (const { name, in: place, schema = {}, "x-tenon-key": key = name } of parameters) {
        const texts =
          place === "path" ? [path[name] as string] : place === "query" ? searchParams.getAll(name) : [];
        if (texts.length > 0) {
          input[key] = valueOf(texts, resolved(schema, document));
        }
      }
      return Object.assign(input, await readBody(request, requestBody));
    },
  };
}

async function readBody(request: Request, body: Described["requestBody"]): Promise<Record<string, unknown>> {
  const type = request.headers.get("content-type") ?? "";
  if (body === undefined || request.body === null) {
    return {};
  }
  if (/^(?:multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)) {
    return readForm(await request.formData());
  }
  const value: unknown = /[/+]json\b/i.test(type) ? await request.json() : await request.text();
  const key = body["x-tenon-key"];
  return key === undefined ? (value as Record<string, unknown>) : { [key]: value };
}

/** A text as the schema's type has it in JSON. */
function valueOf(texts: readonly string[], { type, items = {} }: Schema): unknown {
  const types = typeof type === "string" ? [type] : (type ?? []);
  if (types.includes("array")) {
    return texts.map((text) => valueOf([text], items));
  }
  const [text = ""] = texts;
  if (types.includes("integer") || types.includes("number")) {
    return Number(text);
  }
  return types.includes("boolean") ? /^(?:true|1|yes|on)$/i.test(text) : text;
}

function resolved(schema: Schema, { components }: OpenAPIDocument): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (components?.schemas?.[name] ?? {});
}

function groupOf(name: string, rest: string | undefined): string {
  return name === rest ? "(.*)" : "([^/]+)";
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
