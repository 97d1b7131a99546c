import type { Mistake } from "../type/mistake.ts";
/** Where a key of the input is read from, and written by the client: one place for each key. */
export interface PlaceOptions {
  /** The name on the wire, where it differs from the key. */
  readonly name?: string;
  /** Lists in a query: repeated names (`true`, the default), or one text with commas. */
  readonly explode?: boolean;
  /** In a query: one text with spaces or bars for a list; `filter[name]=x` for an object, instead of one parameter per field. */
  readonly style?: QueryStyle;
  /** Left out of the document; still read. */
  readonly hidden?: boolean;
}

/** What a file is limited to while it arrives. */
export interface FileLimits {
  /** Largest size in bytes; 10 MiB unless the app says otherwise. Passing it is 413. */
  readonly maxBytes?: number;
  /** The media types that are taken, `image/*` included; any by default. Another one is 415. Callers can lie: bytes tell. */
  readonly types?: readonly string[];
}
/** What only tags of whole bodies say. */
export interface RawLimits {
  /** What the handler is given: a text, bytes, the bytes as they arrive, or what `parse` makes of the text. */
  readonly form?: "text" | "bytes" | "stream" | "parsed";
  readonly parse?: (text: string) => unknown;
}

/** Whatever a tag can say. */
export type TagOptions = PlaceOptions & FileLimits & RawLimits;

/** The styles that a tag can name; `csv` is `{ explode: false }`, `json` is `query.json(…)`. */
export type QueryStyle = "form" | "csv" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "json";

/** A schema with its place. The place is a word of the type: `query`, `query:item-query`, `header:x-token`, `query*` (one parameter per field). */
export interface Tagged<Place extends string, Schema extends { _zod: unknown }> extends TagComesLast {
  readonly "~place": Place;
  readonly _zod: Schema["_zod"];
}

/** What belongs on the schema inside a tag. */
interface TagComesLast {
  readonly optional: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly nullable: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly nullish: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly default: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly array: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly meta: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly describe: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly min: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
  readonly max: Mistake<"a tag comes last: query(z.string().optional()), not query(z.string()).optional()">;
}

/** What a tag is at run time: the types above see its place and its schema only. */
export interface Placed {
  readonly "~place": string;
  readonly kind: PlaceKind;
  readonly schema: unknown;
  readonly isModel: boolean;
  readonly options: TagOptions;
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
  | "body"
  | "body-raw";

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
  readonly options: TagOptions;
  readonly _zod: unknown;

  constructor(kind: PlaceKind, schema: unknown, options: TagOptions = {}) {
    this.kind = kind;
    this.schema = schema;
    this.options = options;
    this._zod = (schema as { _zod?: unknown } | undefined)?._zod;
    this.isModel =
      MODEL_KINDS.has(kind) &&
      options.name === undefined &&
      options.style === undefined &&
      isObjectSchema(schema);
    this["~place"] =
      options.name === undefined ? (this.isModel ? `${kind}*` : kind) : `${kind}:${options.name}`;
  }
}

const MODEL_KINDS: ReadonlySet<PlaceKind> = new Set<PlaceKind>(["query", "header", "cookie", "form"]);

function isObjectSchema(schema: unknown): boolean {
  return (schema as { _zod?: { def?: { type?: string } } } | undefined)?._zod?.def?.type === "object";
}

/** Makes a tag; what it is typed as is said by the function that users call. */
export function place(kind: PlaceKind, schema: unknown, options?: TagOptions): never {
  return Object.freeze(new PlacedSchema(kind, schema, options)) as never;
}

/** The tag of a file below what says how many there are, or whether there must be one: `z.array(file())`. */
export function readNestedFile(schema: unknown): Placed | undefined {
  let at = schema;
  for (let depth = 0; depth < 16 && at !== undefined; depth++) {
    const placed = readPlace(at);
    if (placed !== undefined) {
      return placed.kind === "file" || placed.kind === "file-stream" ? placed : undefined;
    }
    const def = (at as { _zod?: { def?: { innerType?: unknown; element?: unknown } } })?._zod?.def;
    at = def?.innerType ?? def?.element;
  }
  return undefined;
}

// What a client has to be told, since values do not show it: the delimiter of a list, and that a value is JSON.
type StyleWord<Options> = Options extends {
  style: infer Style extends "csv" | "spaceDelimited" | "pipeDelimited" | "json";
}
  ? `query.${Style}`
  : Options extends { explode: false }
    ? "query.csv"
    : "query";
type QueryPlace<S, Options> = Options extends { name: infer Name }
  ? Named<StyleWord<Options>, Name>
  : Options extends { style: string } | { explode: false }
    ? StyleWord<Options>
    : Model<"query", S>;

/** Reads the key from the query string, whatever the method. An object without a name is a parameter model. */
export const query: {
  <S extends Schema, const Options extends PlaceOptions = {}>(
    schema: S,
    options?: Options,
  ): Tagged<QueryPlace<S, Options>, S>;
  /** One parameter of JSON, for values of several levels. */
  json<S extends Schema, const Options extends Omit<PlaceOptions, "explode" | "style"> = {}>(
    schema: S,
    options?: Options,
  ): Tagged<QueryPlace<S, Options & { style: "json" }>, S>;
} = Object.assign((schema: unknown, options?: PlaceOptions) => place("query", schema, options), {
  json: (schema: unknown, options?: PlaceOptions) => place("query", schema, { ...options, style: "json" }),
});

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

/** Makes the key a field of a form body; an object without a name is a model: one field for each of its keys. */
export const form: {
  <S extends Schema, const Options extends FormOptions = {}>(
    schema: S,
    options?: Options,
  ): Tagged<FormPlace<S, Options>, S>;
  /** A JSON part of a multipart body. */
  json<S extends Schema, const Options extends FormOptions = {}>(
    schema: S,
    options?: Options,
  ): Tagged<Options extends { name: infer Name } ? Named<"form.json", Name> : "form.json", S>;
} = Object.assign((schema: unknown, options?: PlaceOptions) => place("form", schema, options), {
  json: (schema: unknown, options?: PlaceOptions) => place("form-json", schema, options),
});

type FormOptions = Omit<PlaceOptions, "explode" | "style">;
type FormPlace<S, Options> = Options extends { name: infer Name } ? Named<"form", Name> : Model<"form", S>;
