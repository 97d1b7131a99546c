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

/** One request of the replay, and the statuses that the document lets us expect. */
export interface Variant {
  readonly name: string;
  readonly expected: readonly number[];
  readonly draft: RequestDraft;
}

/** What is sent for each security scheme: what the application takes, knows to be wrong, and knows to be too weak. */
export interface CredentialSets {
  readonly good: Readonly<Record<string, string>>;
  readonly wrong: Readonly<Record<string, string>>;
  readonly weak?: Readonly<Record<string, string>>;
}

/** Everything that the drafts of an operation at one of its addresses have in common. */
interface Ground {
  readonly generator: ValueGenerator;
  readonly document: OpenAPIObject;
  readonly base: RequestDraft;
  readonly parameters: readonly ParameterObject[];
  readonly body: BodyGround | undefined;
}

interface BodyGround {
  readonly type: string;
  readonly media: MediaTypeObject;
  readonly schema: SchemaObject;
  readonly value: Readonly<Record<string, unknown>>;
  readonly isRequired: boolean;
}

const SUCCESS = [200, 201, 202, 204];
const LARGE = "x".repeat(1024 * 1024 + 1);

/** The valid request and every spoilt one. */
export function requestVariants(
  document: OpenAPIObject,
  generator: ValueGenerator,
  documented: DocumentedOperation,
  address: "rest" | "rpc",
  accept: string,
  credentials: CredentialSets,
  known: Known,
): readonly Variant[] {
  const ground = prepare(document, generator, documented, address, accept, credentials.good, known);
  const { base } = ground;
  if (documented.isSocket) {
    return [{ name: "no upgrade", expected: [400], draft: base }];
  }
  const isGet = base.method === "GET";
  return [
    { name: "valid", expected: SUCCESS, draft: base },
    ...(isGet ? [{ name: "head", expected: SUCCESS, draft: { ...base, method: "HEAD" } }] : []),
    { name: "broken query", expected: [400], draft: { ...base, rawQuery: "x=%ff" } },
    ...(documented.isStream
      ? [{ name: "not acceptable", expected: [406], draft: { ...base, accept: "application/json" } }]
      : []),
    ...credentialVariants(ground, credentials),
    ...parameterVariants(ground),
    ...(ground.body === undefined ? [] : bodyVariants(ground, ground.body)),
  ];
}

function prepare(
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
  const texts = new Map(
    parameters.map((parameter) => [placeOf(parameter), textsOf(parameter, generator, known)] as const),
  );
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

function textsOf(parameter: ParameterObject, generator: ValueGenerator, known: Known): readonly string[] {
  const value = known[parameter.name] ?? generator.valid(parameter.schema as SchemaObject, known);
  const texts = (Array.isArray(value) ? value : [value]).map(String);
  return parameter.explode === false ? [texts.join(",")] : texts;
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
  const schema = resolve<SchemaObject>(document, media.schema);
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
    const { name, schema, required: isRequired = false } = parameter;
    add((parameter["x-tenon-key"] as string | undefined) ?? name, schema as SchemaObject, isRequired);
  }
  const whole = (operation.requestBody as Record<string, unknown> | undefined)?.["x-tenon-key"];
  if (rest !== undefined && typeof whole === "string") {
    add(whole, rest.schema, rest.isRequired);
  } else {
    for (const [key, schema] of Object.entries(rest?.schema.properties ?? {})) {
      add(key, schema as SchemaObject, rest?.schema.required?.includes(key) ?? false);
    }
  }
  if (Object.keys(properties).length === 0) {
    return undefined;
  }
  const isClosed = typeof whole !== "string" && rest?.schema.additionalProperties === false;
  const schema: SchemaObject = {
    type: "object",
    properties,
    required: [...required],
    ...(isClosed ? { additionalProperties: false } : {}),
  };
  const hasFiles = Object.values(properties).some(isFile);
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
    : { kind: "form", value: writeForm(body.type, entriesOf(body, value as object)) };
}

function entriesOf({ media }: BodyGround, value: object): FormEntries {
  return Object.entries(value).flatMap(([name, each]) => formEntries(media, name, each));
}

function credentialsFor(
  document: OpenAPIObject,
  { operation }: DocumentedOperation,
  set: CredentialSets["good"],
): Credentials {
  const [all = {}] = operation.security ?? [];
  const sent = Object.keys(all).flatMap((name) => {
    const scheme = resolve<SecuritySchemeObject>(document, document.components?.securitySchemes?.[name]);
    const place = scheme.type === "apiKey" ? `${scheme.in}:${scheme.name}` : "header:authorization";
    const text = set[name];
    return text === undefined ? [] : [[place, text] as const];
  });
  return Object.fromEntries(sent);
}

function credentialVariants({ document, base }: Ground, { wrong, weak }: CredentialSets): readonly Variant[] {
  const requirements = base.documented.operation.security ?? [];
  if (requirements.length === 0) {
    return [];
  }
  const isOptional = requirements.some((requirement) => Object.keys(requirement).length === 0);
  const sent = (set: Credentials): RequestDraft => ({
    ...base,
    credentials: credentialsFor(document, base.documented, set),
  });
  return [
    { name: "no credentials", expected: isOptional ? SUCCESS : [401], draft: sent({}) },
    { name: "wrong credentials", expected: [401], draft: sent(wrong) },
    ...(weak === undefined ? [] : [{ name: "weak credentials", expected: [403], draft: sent(weak) }]),
  ];
}

function parameterVariants({ base, parameters, generator }: Ground): readonly Variant[] {
  const variants: Variant[] = [];
  const add = (name: string, expected: number, draft: Partial<RequestDraft>): void => {
    variants.push({ name, expected: [expected], draft: { ...base, ...draft } });
  };
  const withTexts = (place: string, texts: readonly string[]): Partial<RequestDraft> => ({
    parameters: new Map([...base.parameters, [place, texts]]),
  });
  if (parameters.some((parameter) => parameter.in === "path")) {
    add("broken path", 400, { rawPath: "%ff" });
  }
  for (const parameter of parameters) {
    const place = placeOf(parameter);
    const schema = parameter.schema as SchemaObject;
    const isList = schema.type === "array";
    if (parameter.required === true && parameter.in !== "path") {
      add(`missing ${place}`, 422, withTexts(place, []));
    }
    if (parameter.in === "query" && !isList) {
      const [text = ""] = base.parameters.get(place) ?? [];
      add(`repeated ${place}`, 422, withTexts(place, [text, text]));
    }
    for (const [reason, text] of generator.invalidTexts(isList ? (schema.items as SchemaObject) : schema)) {
      const canBeSent = parameter.in !== "path" || text !== "";
      // A header is ASCII, and so is a cookie.
      const written = parameter.in === "header" || parameter.in === "cookie" ? text.replace("§ ", "!") : text;
      if (canBeSent) {
        add(`${reason} of ${place}`, 422, withTexts(place, [written]));
      }
    }
  }
  return variants;
}

function bodyVariants(ground: Ground, body: BodyGround): readonly Variant[] {
  const { base } = ground;
  const add = (name: string, expected: number, draft: DraftBody | undefined): Variant => ({
    name,
    expected: [expected],
    draft: { ...base, body: draft },
  });
  const raw = (type: string, text: string): DraftBody => ({ kind: "raw", type, text });
  const isMultipart = body.type === "multipart/form-data";
  const broken = { "application/json": '{"a":', "application/x-www-form-urlencoded": "%ff=1" }[body.type];
  const large = isMultipart
    ? ({ kind: "form", value: writeForm(body.type, [["large", LARGE]]) } as const)
    : raw(body.type, body.type === "application/json" ? JSON.stringify(LARGE) : `large=${LARGE}`);
  return [
    add("wrong media type", 415, raw("text/plain", "text")),
    ...(base.headers?.["tenon-rpc"] === undefined
      ? []
      : [{ name: "without tenon-rpc", expected: [415], draft: { ...base, headers: {} } }]),
    add("malformed body", 400, raw(body.type, broken ?? "no boundary")),
    add("too large", 413, large),
    ...(body.isRequired ? [add("no body", 422, undefined)] : []),
    ...(body.type === "application/json"
      ? ground.generator
          .invalid(body.schema, body.value)
          .map(([reason, value]) => add(`body: ${reason}`, 422, { kind: "json", value }))
      : formVariants(ground, body).map(([reason, entries]) =>
          add(`form: ${reason}`, 422, { kind: "form", value: writeForm(body.type, entries) }),
        )),
  ];
}

type Spoilt = readonly [reason: string, entries: FormEntries];

function formVariants({ generator }: Ground, body: BodyGround): readonly Spoilt[] {
  const without = (name: string): FormEntries => entriesOf(body, body.value).filter(([key]) => key !== name);
  const missing = (body.schema.required ?? []).map((name): Spoilt => [`missing ${name}`, without(name)]);
  const wrong = Object.entries(body.schema.properties ?? {}).flatMap(([name, property]): Spoilt[] => {
    const schema = property as SchemaObject;
    if (isFile(schema)) {
      const isPicky = body.media.encoding?.[name]?.contentType !== undefined;
      const other = new File(["text"], "a.txt", { type: "text/plain" });
      return isPicky ? [[`${name}: wrong type`, [...without(name), [name, other]]]] : [];
    }
    const isJson =
      body.media.encoding?.[name]?.contentType === "application/json" || schema.type === "object";
    const text = schema.type === "array" ? (schema.items as SchemaObject) : schema;
    const spoilt = isJson
      ? generator
          .invalid(schema, body.value[name])
          .map(([reason, value]) => [reason, JSON.stringify(value)] as const)
      : generator.invalidTexts(text);
    return spoilt.map(([reason, text]) => [`${name}: ${reason}`, [...without(name), [name, text]]]);
  });
  return [...missing, ...wrong];
}
