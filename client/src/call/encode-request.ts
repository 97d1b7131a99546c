import { toText, toWire } from "@tenon/core/wire";

/** A request before the client's own headers are added. */
export interface EncodedRequest {
  readonly method: string;
  /** Relative to where the application is mounted. */
  readonly url: string;
  /** The headers that its body and its kind of call ask for. Shared between calls: never changed. */
  readonly fixed: Record<string, string>;
  readonly body: Body | null;
}

/** The input of a REST-style call, by place. */
export interface RestInput {
  readonly path?: Values;
  readonly query?: Values;
  readonly headers?: Values;
  readonly cookies?: Values;
  readonly body?: unknown;
}

type Values = Readonly<Record<string, unknown>>;
type Body = string | FormData | Blob | URLSearchParams;

const RICH = "application/vnd.tenon+json";
const ACCEPT = `${RICH}, application/json;q=0.9`;
const EVENTS = "text/event-stream";
const JSON_BODY = { "content-type": "application/json" };

const PLAIN_CALL = { accept: ACCEPT, ...JSON_BODY };
// A form has to say that no page of another site has sent it.
const FORM_CALL = { accept: ACCEPT, "tenon-rpc": "1" };
const STREAM_CALL = { accept: `${EVENTS}, ${RICH};q=0.9`, ...JSON_BODY };
// A path does not tell whether a stream answers.
const REST_CALL = { accept: `${ACCEPT}, ${EVENTS};q=0.8` };
const REST_JSON_CALL = { ...REST_CALL, ...JSON_BODY };

/** The request of an RPC-style call: always a POST with one flat object. */
export function encodeRpc(url: string, input: unknown, isStream: boolean): EncodedRequest {
  // What takes no input, or only optional ones, still wants an object.
  const body = input === undefined ? "{}" : encodeBody(input);
  const fixed = isStream ? STREAM_CALL : typeof body === "string" ? PLAIN_CALL : FORM_CALL;
  return { method: "POST", url, fixed, body };
}

/** The request of a REST-style call. */
export function encodeRest(method: string, template: string, input: RestInput | undefined): EncodedRequest {
  const url = fillTemplate(template, input?.path) + encodeQuery(input?.query);
  const body = input?.body === undefined ? null : encodeBody(input.body);
  return { method, url, fixed: typeof body === "string" ? REST_JSON_CALL : REST_CALL, body };
}

/** Writes values as a query: lists repeat their name, undefined is left out. */
export function encodeQuery(values: Values | undefined, start = "?"): string {
  let text = "";
  for (const [name, value] of flatten(toWire(values ?? {}) as Values)) {
    text += `${text === "" ? start : "&"}${encodeURIComponent(name)}=${encodeURIComponent(toText(value))}`;
  }
  return text;
}

/** JSON; a form where the object holds a `Blob` or a list with one. A body that is a form or a `Blob` itself stays. */
function encodeBody(input: unknown): Body {
  if (input instanceof Blob || input instanceof FormData || input instanceof URLSearchParams) {
    return input;
  }
  const wire = toWire(input);
  return holdsBlob(wire) ? encodeForm(wire) : JSON.stringify(wire);
}

function holdsBlob(wire: unknown): wire is Values {
  if (typeof wire === "object" && !Array.isArray(wire)) {
    for (const key in wire) {
      const value = (wire as Values)[key];
      if (typeof value === "object" && (Array.isArray(value) ? value.some(isBlob) : isBlob(value))) {
        return true;
      }
    }
  }
  return false;
}

function isBlob(value: unknown): value is Blob {
  return value instanceof Blob;
}

/** Files as they are, texts as text, everything else as JSON; a list is a repeated part. */
function encodeForm(wire: Values): FormData {
  const form = new FormData();
  for (const [name, value] of flatten(wire)) {
    form.append(name, isBlob(value) ? value : toText(value));
  }
  return form;
}

/** Fills `/items/{id}` and `/files/{rest*}`. Refuses what would lead to another address. */
function fillTemplate(template: string, values: Values = {}): string {
  return template.replace(/\{([^}*]+)(\*?)\}/g, (_match, name: string, rest: string) => {
    const text = toText(values[name] ?? "");
    const segments = rest === "" ? [text] : text.split("/");
    if (text === "" || segments.some((segment) => segment === "." || segment === "..")) {
      throw new TypeError(`'${text}' cannot be the '${name}' of '${template}'.`);
    }
    return segments.map(encodeURIComponent).join("/");
  });
}

function flatten(wire: Values): [string, unknown][] {
  return Object.keys(wire).flatMap((name) =>
    [wire[name]]
      .flat()
      .filter((item) => item !== undefined)
      .map((item): [string, unknown] => [name, item]),
  );
}
