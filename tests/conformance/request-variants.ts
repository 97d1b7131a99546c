import type { OpenAPIObject, SchemaObject } from "@tenon/core/openapi";
import type { DocumentedOperation } from "./documented.ts";
import { type FormEntries, isFile, writeForm } from "./form-body.ts";
import type { Known, ValueGenerator } from "./generate-value.ts";
import { type DraftBody, placeOf, type RequestDraft } from "./request-draft.ts";
import {
  type BodyGround,
  type CredentialSets,
  credentialsFor,
  entriesOf,
  type Ground,
  isForm,
  prepareGround,
  schemaOf,
} from "./request-ground.ts";

/** One request of the replay, and the statuses that the document lets us expect. */
export interface Variant {
  readonly name: string;
  readonly expected: readonly number[];
  readonly draft: RequestDraft;
}

const SUCCESS = [200, 201, 202, 204, 302, 303, 307, 308];
const LARGE = "x".repeat(1024 * 1024 + 1);
const MANY_PARTS: FormEntries = Array.from({ length: 1001 }, () => ["many", ""]);

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
  const ground = prepareGround(document, generator, documented, address, accept, credentials.good, known);
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

function credentialVariants({ document, base }: Ground, { wrong, weak }: CredentialSets): readonly Variant[] {
  const requirements = base.documented.operation.security ?? [];
  if (requirements.length === 0) {
    return [];
  }
  const isOptional = requirements.some((requirement) => Object.keys(requirement).length === 0);
  const sent = (set: CredentialSets["good"]): RequestDraft => ({
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
  const fieldVariants = (place: string, schema: SchemaObject): void => {
    for (const [key, field] of Object.entries(schema.properties ?? {})) {
      const [text = ""] = base.parameters.get(`${place}[${key}]`) ?? [];
      const isNeeded = schema.required?.includes(key) === true;
      add(`repeated ${place}[${key}]`, 422, withTexts(`${place}[${key}]`, [text, text]));
      for (const [reason, wrong] of [
        ...(isNeeded ? [["missing", undefined] as const] : []),
        ...generator.invalidTexts(field as SchemaObject),
      ]) {
        add(
          `${reason} of ${place}[${key}]`,
          422,
          withTexts(`${place}[${key}]`, wrong === undefined ? [] : [wrong]),
        );
      }
    }
    if (schema.additionalProperties === false) {
      add(`unknown ${place}`, 422, withTexts(`${place}[§]`, ["1"]));
    }
  };
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
    const schema = schemaOf(parameter);
    const isList = schema.type === "array";
    if (parameter.style === "deepObject") {
      fieldVariants(place, schema);
      continue;
    }
    if (parameter.required === true && parameter.in !== "path") {
      add(`missing ${place}`, 422, withTexts(place, []));
    }
    if (parameter.in === "query" && parameter.explode !== true) {
      const [text = ""] = base.parameters.get(place) ?? [];
      add(`repeated ${place}`, 422, withTexts(place, [text, text]));
    }
    const item = isList ? itemOf(schema) : schema;
    for (const [reason, text] of generator.invalidTexts(item)) {
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

/** The first item of a list or a tuple. */
function itemOf({ items, prefixItems }: SchemaObject): SchemaObject {
  return ((prefixItems as readonly SchemaObject[] | undefined)?.[0] ?? items) as SchemaObject;
}

/** What no UTF-8 is, and no JSON. */
const NO_TEXT = new Uint8Array([0xff, 0xfe]);

function bodyVariants(ground: Ground, body: BodyGround): readonly Variant[] {
  const { base } = ground;
  const add = (name: string, expected: number, draft: DraftBody | undefined): Variant => ({
    name,
    expected: [expected],
    draft: { ...base, body: draft },
  });
  const raw = (type: string, text: string | Uint8Array<ArrayBuffer>): DraftBody => ({
    kind: "raw",
    type,
    text,
  });
  const isMultipart = body.type === "multipart/form-data";
  const broken = { "application/json": '{"a":', "application/x-www-form-urlencoded": "%ff=1" }[body.type];
  const large = isMultipart
    ? ({ kind: "form", value: writeForm(body.type, MANY_PARTS) } as const)
    : raw(body.type, body.type === "application/json" ? JSON.stringify(LARGE) : `large=${LARGE}`);
  return [
    add("wrong media type", 415, raw(body.type === "text/plain" ? "text/html" : "text/plain", "text")),
    ...(base.headers?.["tenon-rpc"] === undefined
      ? []
      : [{ name: "without tenon-rpc", expected: [415], draft: { ...base, headers: {} } }]),
    add("malformed body", 400, raw(body.type, broken ?? (isForm(body) ? "no boundary" : NO_TEXT))),
    add("too large", 413, large),
    // The canonical address asks for the media type of JSON even then.
    ...(body.isRequired
      ? [add("no body", base.address === "rpc" && body.type === "application/json" ? 415 : 422, undefined)]
      : []),
    ...(body.type === "application/json" || !isForm(body)
      ? ground.generator
          .invalid(body.schema, body.value)
          .filter(() => body.type !== "text/plain")
          .map(([reason, value]) =>
            add(
              `body: ${reason}`,
              422,
              body.type === "application/json"
                ? { kind: "json", value }
                : raw(body.type, JSON.stringify(value)),
            ),
          )
      : formVariants(ground, body).map(([reason, entries, expected = [422]]) => ({
          name: `form: ${reason}`,
          expected,
          draft: { ...base, body: { kind: "form" as const, value: writeForm(body.type, entries) } },
        }))),
  ];
}

type Spoilt = readonly [reason: string, entries: FormEntries, expected?: readonly number[]];

function formVariants({ generator }: Ground, body: BodyGround): readonly Spoilt[] {
  const without = (name: string): FormEntries =>
    entriesOf(body, body.value).filter(([key]) => key !== name && !key.startsWith(`${name}[`));
  const missing = (body.schema.required ?? []).map((name): Spoilt => [`missing ${name}`, without(name)]);
  const wrong = Object.entries(body.schema.properties ?? {}).flatMap(([name, property]): Spoilt[] => {
    const schema = property as SchemaObject;
    if (isFile(schema)) {
      const isPicky = body.media.encoding?.[name]?.contentType !== undefined;
      const other = new File(["text"], "a.txt", { type: "text/plain" });
      // The tag of a file refuses another type while it arrives, its schema afterwards: the document says the same of both.
      return isPicky ? [[`${name}: wrong type`, [...without(name), [name, other]], [415, 422]]] : [];
    }
    if ((body.media.encoding?.[name] as { style?: string } | undefined)?.style === "deepObject") {
      const object = body.value[name] as object;
      return Object.entries(schema.properties ?? {}).flatMap(([key, field]) =>
        generator
          .invalidTexts(field as SchemaObject)
          .map(
            ([reason, text]): Spoilt => [
              `${name}[${key}]: ${reason}`,
              entriesOf(body, { ...body.value, [name]: { ...object, [key]: text } }),
            ],
          ),
      );
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
