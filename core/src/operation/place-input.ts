import { DefinitionError } from "../error/definition-error.ts";
import type { InputField } from "../procedure/input-field.ts";
import type { Kind, Method } from "../procedure/procedure.ts";
import { objectOf } from "../procedure/shape.ts";
import { formBody, formField } from "./form-body.ts";
import { modelFields } from "./model-fields.ts";
import { styleOf } from "./parameter-shape.ts";
import type { FormField, Parameter, ParameterLocation, ParameterModel, RequestBody } from "./operation.ts";

type WholeBody = RequestBody & { readonly kind: "whole" | "raw" };

interface Placing {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly kind: Kind;
  readonly input: ReadonlyMap<string, InputField>;
  readonly isStrict: boolean;
  readonly objects: readonly unknown[];
}

/** The one rule for where a key is read from: path template, then tag, then method. */
export function placeInput(placing: Placing): {
  parameters: readonly Parameter[];
  models: readonly ParameterModel[];
  body: RequestBody | undefined;
} {
  const { id, method, input } = placing;
  const pathKeys = templateKeys(placing.path, id);
  const parameters: Parameter[] = [];
  const models: ParameterModel[] = [];
  const forms: FormField[] = [];
  const rest = new Map<string, unknown>();
  let whole: WholeBody | undefined;

  const add = (location: ParameterLocation, key: string, field: InputField): void => {
    if (field.isModel) {
      models.push({ in: location, key, schema: field.schema });
      for (const [name, schema] of modelFields(field.schema)) {
        parameters.push(parameter(location, wireName(location, name), key, name, schema, field, id));
      }
    } else {
      const name = field.options.name ?? key;
      parameters.push(parameter(location, name, key, undefined, field.schema, field, id));
    }
  };

  for (const [key, isCatchAll] of pathKeys) {
    const field = input.get(key);
    if (field === undefined) {
      throw new DefinitionError(
        "MISSING_PATH_KEY",
        `'${id}' is served at '${placing.path}', but its input has no key '${key}': add '${key}: z.string()'`,
      );
    }
    parameters.push(parameter("path", key, key, undefined, field.schema, field, id, isCatchAll));
  }
  for (const [key, field] of input) {
    if (pathKeys.has(key)) {
      continue;
    }
    switch (field.place) {
      case "query":
      case "header":
      case "cookie":
        add(field.place, key, field);
        break;
      case "form":
      case "form-json":
      case "file":
      case "file-stream":
        forms.push(formField(id, key, field));
        break;
      case "body":
      case "body-raw":
        if (whole !== undefined) {
          throw new DefinitionError(
            "CONFLICTING_BODY",
            `'${id}' has two bodies, '${whole.key}' and '${key}': only one key can be the whole body`,
          );
        }
        whole =
          field.place === "body" ? { kind: "whole", key, schema: field.schema } : rawBody(id, key, field);
        break;
      case undefined:
        if (method === "GET" || method === "DELETE") {
          add("query", key, field);
        } else {
          rest.set(key, field.schema);
        }
    }
  }
  checkNames(parameters, id);
  const body = bodyOf(placing, rest, forms, whole);
  if (body !== undefined && method === "GET") {
    throw new DefinitionError(
      "BODY_IN_SAFE_METHOD",
      `'${id}' is a GET and has a body: finish with .mutation, or write .route("POST …")`,
    );
  }
  return { parameters, models, body };
}

function bodyOf(
  { id, isStrict, objects }: Placing,
  rest: ReadonlyMap<string, unknown>,
  forms: readonly FormField[],
  whole: WholeBody | undefined,
): RequestBody | undefined {
  const kinds = [rest.size > 0, forms.length > 0, whole !== undefined].filter(Boolean).length;
  if (kinds > 1) {
    const keys = [
      ...rest.keys(),
      ...forms.map(({ key }) => key),
      ...(whole === undefined ? [] : [whole.key]),
    ];
    throw new DefinitionError(
      "CONFLICTING_BODY",
      `'${id}' mixes kinds of body (keys ${keys.map((key) => `'${key}'`).join(", ")}): tag all with form()/file(), or one with body(), or query() what belongs there`,
    );
  }
  if (whole !== undefined) {
    return whole;
  }
  if (forms.length > 0) {
    return formBody(id, forms, isStrict);
  }
  if (rest.size === 0) {
    return undefined;
  }
  const schema = objectOf(rest, isStrict);
  return {
    kind: "object",
    fields: rest,
    schema,
    described: objects.find((each) => isOf(each, rest)) ?? schema,
  };
}

/** Tells whether an object schema is the whole of a body: its name then is the body's name in the document. */
function isOf(object: unknown, rest: ReadonlyMap<string, unknown>): boolean {
  const fields = new Map(modelFields(object));
  return fields.size === rest.size && [...fields].every(([key, schema]) => rest.get(key) === schema);
}

function parameter(
  location: ParameterLocation,
  name: string,
  key: string,
  field: string | undefined,
  schema: unknown,
  { options }: InputField,
  id: string,
  isCatchAll = false,
): Parameter {
  // A model's options are about the whole.
  const own = field === undefined ? options : {};
  return {
    in: location,
    name,
    key,
    field,
    schema,
    style: styleOf(location, name, schema, own, isCatchAll, id),
    isCatchAll,
    isHidden: options.hidden ?? false,
  };
}

const IS_JSON = /^application\/(?:[\w.!#$&^-]+\+)?json$/;

function rawBody(id: string, key: string, { schema, options }: InputField): WholeBody {
  const { form = "parsed", types = [], maxBytes, parse } = options;
  const wrong = types.find((type) => !/^[\w.!#$&^+-]+\/(?:[\w.!#$&^+-]+|\*)$/.test(type));
  if (types.length === 0 || wrong !== undefined) {
    throw new DefinitionError(
      "BAD_MEDIA_TYPE",
      `'${id}' takes its body '${key}' in '${wrong ?? ""}', which is no media type: write { types: ["application/yaml"] }`,
    );
  }
  if (form === "parsed" && parse === undefined && !types.every((type) => IS_JSON.test(type))) {
    throw new DefinitionError(
      "BAD_MEDIA_TYPE",
      `'${id}' takes its body '${key}' as ${types.join(", ")}, which Tenon does not read: say how with { parse: (text) => … }`,
    );
  }
  return { kind: "raw", key, schema, form, types, maxBytes, parse };
}

/**
 * The names of a model's fields: those of headers are spelled with hyphens, `saveData` and `save_data` as `save-data`, since
 * proxies drop headers with underscores. The types say the same.
 */
function wireName(location: ParameterLocation, name: string): string {
  if (location !== "header") {
    return name;
  }
  return (
    name.includes("-") ? name : name.replaceAll("_", "-").replace(/(?<=[^-])[A-Z]/g, "-$&")
  ).toLowerCase();
}

/** Refuses two keys that would read the same text. */
function checkNames(parameters: readonly Parameter[], id: string): void {
  const taken = new Map<string, string>();
  for (const { in: location, name, key } of parameters) {
    const place = `${location}:${name}`;
    const other = taken.get(place);
    if (other !== undefined) {
      throw new DefinitionError(
        "DUPLICATE_NAME",
        `'${id}' reads both '${other}' and '${key}' from '${name}' in the ${location}: give one another name, or use one key`,
      );
    }
    taken.set(place, key);
  }
}

/** The keys of a template in order, with whether each takes the rest of the path. */
export function templateKeys(path: string, id: string): Map<string, boolean> {
  const keys = new Map<string, boolean>();
  for (const segment of path.split("/")) {
    if (!segment.startsWith("{")) {
      continue;
    }
    const isCatchAll = segment.endsWith("*}");
    const key = segment.slice(1, isCatchAll ? -2 : -1);
    if (keys.has(key)) {
      throw new DefinitionError("BAD_ROUTE", `'${id}' names '{${key}}' twice in '${path}'`);
    }
    keys.set(key, isCatchAll);
  }
  return keys;
}
