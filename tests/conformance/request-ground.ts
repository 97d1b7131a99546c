import type {
  MediaTypeObject,
  OpenAPIObject,
  ParameterObject,
  RequestBodyObject,
  SchemaObject,
  SecuritySchemeObject,
} from "@tenon/core/openapi";
import { type DocumentedOperation, parametersOf, resolve } from "./documented.ts";
import { type FormEntries, formEntries, isFile, writeForm } from "./form-body.ts";
import type { Known, ValueGenerator } from "./generate-value.ts";
import { type Credentials, type DraftBody, placeOf, type RequestDraft } from "./request-draft.ts";

/** What is sent for each security scheme: what the application takes, knows to be wrong, and knows to be too weak. */
export interface CredentialSets {
  readonly good: Readonly<Record<string, string>>;
  readonly wrong: Readonly<Record<string, string>>;
  readonly weak?: Readonly<Record<string, string>>;
}

/** Everything that the drafts of an operation at one of its addresses have in common. */
export interface Ground {
  readonly generator: ValueGenerator;
  readonly document: OpenAPIObject;
  readonly base: RequestDraft;
  readonly parameters: readonly ParameterObject[];
  readonly body: BodyGround | undefined;
}

/** A body that fits, and what it was made by. */
export interface BodyGround {
  readonly type: string;
  readonly media: MediaTypeObject;
  readonly schema: SchemaObject;
  readonly value: Readonly<Record<string, unknown>>;
  readonly isRequired: boolean;
}

/** Prepares the valid request, and what it was made by. */
export function prepareGround(
  document: OpenAPIObject,
  generator: ValueGenerator,
  documented: DocumentedOperation,
  address: "rest" | "rpc",
  accept: string,
  credentials: CredentialSets["good"],
  known: Known,
): Ground {
  const all = parametersOf(documented.operation);
  const parameters =
    address === "rest"
      ? all
      : all.filter(({ in: location }) => location === "header" || location === "cookie");
  const texts = new Map(parameters.flatMap((parameter) => textsOf(parameter, generator, known)));
  const rest = restBody(document, generator, documented, known);
  const body =
    address === "rest"
      ? rest
      : flatBody(
          generator,
          documented,
          all.filter((each) => !parameters.includes(each)),
          rest,
          known,
        );
  const isHandshake = address === "rpc" && documented.isSocket;
  const base: RequestDraft = {
    documented,
    address,
    method: address === "rest" || isHandshake ? documented.method : "POST",
    parameters: isHandshake
      ? new Map([...texts, ["query:input", [JSON.stringify(body?.value ?? {})]]])
      : texts,
    credentials: credentialsFor(document, documented, credentials),
    body:
      body === undefined || isHandshake
        ? address === "rpc" && !isHandshake
          ? { kind: "json", value: {} }
          : undefined
        : writeWhole(body, body.value),
    accept,
    // Multipart could come from any page's form; a page of another site cannot set this header.
    headers: address === "rpc" && body?.type === "multipart/form-data" ? { "tenon-rpc": "1" } : {},
  };
  return { generator, document, base, parameters, body };
}

/** What is sent for a parameter: texts under its name, or under the names of its fields. */
function textsOf(
  parameter: ParameterObject,
  generator: ValueGenerator,
  known: Known,
): readonly (readonly [place: string, texts: readonly string[]])[] {
  const place = placeOf(parameter);
  const value = known[parameter.name] ?? generator.valid(schemaOf(parameter), known);
  if (parameter.content !== undefined) {
    return [[place, [JSON.stringify(value)]]];
  }
  if (parameter.style === "deepObject") {
    return Object.entries(value as object).map(([key, each]) => [`${place}[${key}]`, [String(each)]]);
  }
  const texts = (Array.isArray(value) ? value : [value]).map(String);
  const isCatchAll = parameter["x-tenon-catch-all"] === true;
  const delimiter = isCatchAll
    ? "/"
    : parameter.style === "spaceDelimited"
      ? " "
      : parameter.style === "pipeDelimited"
        ? "|"
        : ",";
  return [[place, parameter.explode === false || isCatchAll ? [texts.join(delimiter)] : texts]];
}

/** The schema of a parameter, whatever it is written as. */
export function schemaOf({ schema, content }: ParameterObject): SchemaObject {
  return (schema ?? content?.["application/json"]?.schema ?? {}) as SchemaObject;
}

function restBody(
  document: OpenAPIObject,
  generator: ValueGenerator,
  { operation }: DocumentedOperation,
  known: Known,
): BodyGround | undefined {
  if (operation.requestBody === undefined) {
    return undefined;
  }
  const { content, required = false } = resolve<RequestBodyObject>(document, operation.requestBody);
  const [[type, media] = ["", {}]] = Object.entries(content);
  const schema = resolve<SchemaObject>(document, media.schema ?? {});
  const value = generator.valid(schema, known) as Readonly<Record<string, unknown>>;
  return { type, media, schema, value, isRequired: required };
}

/** Everything that has a place of its own at the REST address, as one object; files keep a body multipart. */
function flatBody(
  generator: ValueGenerator,
  { operation }: DocumentedOperation,
  parameters: readonly ParameterObject[],
  rest: BodyGround | undefined,
  known: Known,
): BodyGround | undefined {
  const properties: Record<string, SchemaObject> = {};
  const required = new Set<string>();
  const add = (key: string, schema: SchemaObject, isRequired: boolean): void => {
    const [outer = "", inner] = key.split(".");
    if (inner === undefined) {
      properties[outer] = schema;
    } else {
      const model = (properties[outer] ??= { type: "object", properties: {}, required: [] });
      (model.properties as Record<string, SchemaObject>)[inner] = schema;
      (model.required as string[]).push(...(isRequired ? [inner] : []));
    }
    if (isRequired || inner !== undefined) {
      required.add(outer);
    }
  };
  for (const parameter of parameters) {
    const { name, required: isRequired = false } = parameter;
    add((parameter["x-tenon-key"] as string | undefined) ?? name, schemaOf(parameter), isRequired);
  }
  const whole = (operation.requestBody as Record<string, unknown> | undefined)?.["x-tenon-key"];
  if (rest !== undefined && typeof whole === "string") {
    add(whole, rest.schema, rest.isRequired);
  } else {
    for (const [name, schema] of Object.entries(rest?.schema.properties ?? {})) {
      const key = ((schema as SchemaObject)["x-tenon-key"] as string | undefined) ?? name;
      add(key, schema as SchemaObject, rest?.schema.required?.includes(name) ?? false);
    }
  }
  if (Object.keys(properties).length === 0) {
    return undefined;
  }
  const isStrict = typeof whole !== "string" && rest?.schema.additionalProperties === false;
  // Where a form model is strict, so is the key that it is under.
  const models = Object.values(rest?.schema.properties ?? {}).flatMap((each) => {
    const [outer, inner] =
      ((each as Record<string, unknown>)["x-tenon-key"] as string | undefined)?.split(".") ?? [];
    return outer === undefined || inner === undefined ? [] : [outer];
  });
  for (const model of isStrict ? models : []) {
    properties[model] = { ...properties[model], additionalProperties: false };
  }
  const isClosed = isStrict && models.length === 0;
  const schema: SchemaObject = {
    type: "object",
    properties,
    required: [...required],
    ...(isClosed ? { additionalProperties: false } : {}),
  };
  const hasFiles = Object.values(properties).some(
    (each) =>
      isFile(each) || Object.values(each.properties ?? {}).some((inner) => isFile(inner as SchemaObject)),
  );
  return {
    type: hasFiles ? "multipart/form-data" : "application/json",
    media: { ...rest?.media, schema },
    schema,
    value: generator.valid(schema, known) as Readonly<Record<string, unknown>>,
    isRequired: required.size > 0,
  };
}

function writeWhole(body: BodyGround, value: unknown): DraftBody {
  return body.type === "application/json"
    ? { kind: "json", value }
    : isForm(body)
      ? { kind: "form", value: writeForm(body.type, entriesOf(body, value as object)) }
      : { kind: "raw", type: body.type, text: typeof value === "string" ? value : JSON.stringify(value) };
}

/** Tells whether a body is a form. */
export function isForm({ type }: BodyGround): boolean {
  return type === "multipart/form-data" || type === "application/x-www-form-urlencoded";
}

/** A body as entries of a form. */
export function entriesOf({ media }: BodyGround, value: object): FormEntries {
  return Object.entries(value).flatMap(([name, each]) => formEntries(media, name, each));
}

/** The credentials that an operation asks for, by their places. */
export function credentialsFor(
  document: OpenAPIObject,
  { operation }: DocumentedOperation,
  set: CredentialSets["good"],
): Credentials {
  const [all = {}] = operation.security ?? [];
  const sent = Object.keys(all).flatMap((name) => {
    const named = document.components?.securitySchemes?.[name];
    const scheme = named === undefined ? undefined : resolve<SecuritySchemeObject>(document, named);
    const place = scheme?.type === "apiKey" ? `${scheme.in}:${scheme.name}` : "header:authorization";
    const text = set[name];
    return text === undefined ? [] : [[place, text] as const];
  });
  return Object.fromEntries(sent);
}
