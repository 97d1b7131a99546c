/** The styles of query parameters that a value does not show by itself. */
export type ToldStyle = "csv" | "spaceDelimited" | "pipeDelimited" | "json";

/** A value of a REST-style query, with the style in which its operation reads it. */
export interface Styled<Style, Value> {
  readonly "~style": Style;
  readonly "~value": Value;
}

/**
 * Says how a value of a REST-style query is written, where its operation wants one text:
 * `{ query: { ids: styled("csv", [1, 2]) } }`. The types ask for it; RPC-style calls need none.
 */
export function styled<const Style extends ToldStyle, Value>(
  style: Style,
  value: Value,
): Styled<Style, Value> {
  return new StyledValue(style, value);
}

/** What `styled` makes. */
export class StyledValue<Style, Value> implements Styled<Style, Value> {
  readonly "~style": Style;
  readonly "~value": Value;

  constructor(style: Style, value: Value) {
    this["~style"] = style;
    this["~value"] = value;
  }
}

/** A body of a REST-style call that is sent as a form. */
export interface Form<Fields> {
  readonly "~fields": Fields;
}

/**
 * Says that a REST-style body is a form, which no value shows unless it holds a file:
 * `{ body: asForm({ username, password }) }`. The types ask for it; RPC-style calls need none.
 */
export function asForm<Fields extends object>(fields: Fields): Form<Fields> {
  return new FormValue(fields);
}

/** What `asForm` makes. */
export class FormValue<Fields> implements Form<Fields> {
  readonly "~fields": Fields;

  constructor(fields: Fields) {
    this["~fields"] = fields;
  }
}

/** What a body that is no JSON can be sent from. */
export type MediaData = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;

/** A body of a REST-style call with its media type. */
export interface MediaBody {
  readonly "~type": string;
  readonly "~data": MediaData;
}

/** Says which media type a REST-style body has: `{ body: asMedia("application/yaml", text) }`. */
export function asMedia(type: string, data: MediaData): MediaBody {
  return new MediaValue(type, data);
}

/** What `asMedia` makes. */
export class MediaValue implements MediaBody {
  readonly "~type": string;
  readonly "~data": MediaData;

  constructor(type: string, data: MediaData) {
    this["~type"] = type;
    this["~data"] = data;
  }
}
