import type { z } from "zod";
import { file as anyFile } from "zod/mini";

/** Where a key of the input is read from, and written by the client: one place for each key. */
export interface PlaceOptions {
  /** The name on the wire, where it differs from the key. */
  readonly name?: string;
  /** Arrays in a query: repeated names (`true`, the default) or one comma-separated value. */
  readonly explode?: boolean;
  /** Left out of the document; still read. */
  readonly hidden?: boolean;
}

/** A schema with its place. The place is a word of the type: `query`, `query:item-query`, `header:x-token`, `query*` (one parameter per field). */
export interface Tagged<Place extends string, Schema extends { _zod: unknown }> {
  readonly "~place": Place;
  readonly _zod: Schema["_zod"];
}

/** What a tag is at run time: the types above see its place and its schema only. */
export interface Placed {
  readonly "~place": string;
  readonly kind: PlaceKind;
  readonly schema: unknown;
  readonly isModel: boolean;
  readonly options: PlaceOptions;
}

/** The locations that a tag can name. */
export type PlaceKind =
  | "query"
  | "header"
  | "cookie"
  | "form"
  | "form-json"
  | "file"
  | "file-stream"
  | "body";

type Schema = { _zod: unknown };
/** An object under a tag is a parameter model: one parameter per field. */
type Model<Place extends string, S> = S extends { shape: unknown } ? `${Place}*` : Place;
type Named<Place extends string, Name> = Name extends string ? `${Place}:${Name}` : Place;

/** The tag of a schema, or undefined where the value is no tagged schema. */
export function readPlace(value: unknown): Placed | undefined {
  return value instanceof PlacedSchema ? value : undefined;
}

class PlacedSchema implements Placed {
  readonly "~place": string;
  readonly kind: PlaceKind;
  readonly schema: unknown;
  readonly isModel: boolean;
  readonly options: PlaceOptions;
  readonly _zod: unknown;

  constructor(kind: PlaceKind, schema: unknown, options: PlaceOptions = {}) {
    this.kind = kind;
    this.schema = schema;
    this.options = options;
    this._zod = (schema as { _zod?: unknown } | undefined)?._zod;
    this.isModel = kind !== "body" && isObjectSchema(schema);
    this["~place"] =
      options.name === undefined ? (this.isModel ? `${kind}*` : kind) : `${kind}:${options.name}`;
  }
}

function isObjectSchema(schema: unknown): boolean {
  return (schema as { _zod?: { def?: { type?: string } } } | undefined)?._zod?.def?.type === "object";
}

const place = (kind: PlaceKind, schema: unknown, options?: PlaceOptions): never =>
  Object.freeze(new PlacedSchema(kind, schema, options)) as never;

/** Reads the key from the query string, whatever the method. An object is a parameter model. */
export function query<S extends Schema, const Name extends string | undefined = undefined>(
  schema: S,
  options?: PlaceOptions & { readonly name?: Name & string },
): Tagged<Name extends string ? Named<"query", Name> : Model<"query", S>, S> {
  return place("query", schema, options);
}

/** Reads the key from a request header; an object without a name is a model: one header per field. */
export function header<const Name extends string, S extends Schema>(
  name: Name,
  schema: S,
  options?: Omit<PlaceOptions, "name">,
): Tagged<`header:${Name}`, S>;
export function header<S extends Schema>(
  schema: S,
  options?: Omit<PlaceOptions, "name">,
): Tagged<"header*", S>;
export function header(first: unknown, second?: unknown, third?: PlaceOptions): never {
  return typeof first === "string"
    ? place("header", second, { ...third, name: first.toLowerCase() })
    : place("header", first, second as PlaceOptions);
}

/** Reads the key from a cookie of the same name, or of the name given first. An object is a model. */
export function cookie<const Name extends string, S extends Schema>(
  name: Name,
  schema: S,
  options?: Omit<PlaceOptions, "name">,
): Tagged<`cookie:${Name}`, S>;
export function cookie<S extends Schema>(
  schema: S,
  options?: Omit<PlaceOptions, "name">,
): Tagged<Model<"cookie", S>, S>;
export function cookie(first: unknown, second?: unknown, third?: PlaceOptions): never {
  return typeof first === "string"
    ? place("cookie", second, { ...third, name: first })
    : place("cookie", first, second as PlaceOptions);
}

/** Makes the key a field of a form body: urlencoded, or multipart where the input has a file. */
export const form: {
  <S extends Schema>(schema: S, options?: PlaceOptions): Tagged<Model<"form", S>, S>;
  /** A JSON part of a multipart body. */
  json<S extends Schema>(schema: S, options?: PlaceOptions): Tagged<"form", S>;
} = Object.assign((schema: unknown, options?: PlaceOptions) => place("form", schema, options), {
  json: (schema: unknown, options?: PlaceOptions) => place("form-json", schema, options),
});

/** Makes the key an uploaded file: received as a whole before the handler runs. Takes `z.file()` with its limits, optional or as an array. */
export function file(): Tagged<"file", z.ZodFile>;
export function file<S extends Schema>(schema: S, options?: PlaceOptions): Tagged<"file", S>;
export function file(schema: unknown = anyFile(), options?: PlaceOptions): never {
  return place("file", schema, options);
}

/** Makes one key the whole body. */
export function body<S extends Schema>(
  schema: S,
  options?: Omit<PlaceOptions, "explode">,
): Tagged<"body", S> {
  return place("body", schema, options);
}
