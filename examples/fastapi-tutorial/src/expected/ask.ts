/** One request to an application of the tutorial, and what FastAPI's own test expects of the answer. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData | undefined;
  readonly status: number;
  readonly expected: Expected;
}

/** What the answer has to hold; what is not named is not looked at. */
export interface Expected {
  readonly json?: unknown;
  readonly text?: string;
  /** Headers by name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a 422, each complaint: its type, its place, its message. */
  readonly detail?: readonly Complaint[];
}

/** A complaint in pydantic's words. */
export type Complaint = readonly [type: string, loc: readonly (string | number)[], msg: string];

/** What a request carries beside its address. */
export interface Carried {
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly files?: readonly (readonly [field: string, name: string, text: string])[];
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes a row of a table: `ask("PUT /items/5", { json: {…} }, 200, { json: {…} })`. */
export function ask(request: string, carried: Carried, status: number, expected: Expected = {}): Asked {
  const [method = "", path = ""] = request.split(" ");
  const { json, form, files, text, headers = {} } = carried;
  const type =
    json === undefined
      ? form === undefined
        ? {}
        : { "content-type": "application/x-www-form-urlencoded" }
      : { "content-type": "application/json" };
  return { method, path, headers: { ...type, ...headers }, body: bodyOf(), status, expected };

  function bodyOf(): string | FormData | undefined {
    if (json !== undefined) {
      return JSON.stringify(json);
    }
    if (files === undefined) {
      return form === undefined ? text : new URLSearchParams(form).toString();
    }
    const data = new FormData();
    for (const [field, name, content] of files) {
      data.append(field, new File([content], name));
    }
    return data;
  }
}

/** Writes a row for a GET that is answered with JSON. */
export function get(path: string, json: unknown, headers: Readonly<Record<string, string>> = {}): Asked {
  return ask(`GET ${path}`, { headers }, 200, { json });
}

/** Writes a row for a request whose input is refused with these complaints. */
export function refused(request: string, carried: Carried, ...detail: readonly Complaint[]): Asked {
  return ask(request, carried, 422, { detail });
}

/** The complaint that something is not there. */
export function missing(...loc: readonly (string | number)[]): Complaint {
  return ["missing", loc, "Field required"];
}

/** The complaint that something is no whole number. */
export function noInteger(...loc: readonly (string | number)[]): Complaint {
  return ["int_parsing", loc, "Input should be a valid integer, unable to parse string as an integer"];
}

/** The complaint that something is no number. */
export function noNumber(...loc: readonly (string | number)[]): Complaint {
  return ["float_parsing", loc, "Input should be a valid number, unable to parse string as a number"];
}

/** The complaint that something is not asked for. */
export function extra(...loc: readonly (string | number)[]): Complaint {
  return ["extra_forbidden", loc, "Extra inputs are not permitted"];
}

/**
 * What the document says of an application's operations, in short: by `GET /items/{item_id}` its parameters (`query:q?` may be
 * left out), the media types of its body, and its responses with their media types.
 */
export type Documented = Readonly<Record<string, string>>;

/** What is asked of the applications, and what their documents say, by their path in this folder. */
export type Table = Readonly<
  Record<string, { readonly asked: readonly Asked[]; readonly documented?: Documented }>
>;
