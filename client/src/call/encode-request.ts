import { toText, toWire } from "@tenon/core/wire";

/** A request before the client's own headers are added. */
export interface EncodedRequest {
  readonly method: string;
  /** Relative to where the application is mounted. */
  readonly url: string;
  /** The headers that its body and its kind of call ask for. Shared between calls: never changed. */
  readonly fixed: Record<string, string>;
  readonly body?: Body | undefined;
}

/** The input of a REST-style call, by place. */
export interface RestInput {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

type Body = string | FormData | Blob | URLSearchParams;

const RICH = "application/vnd.tenon+json, application/json;q=0.9";
const EVENTS = "text/event-stream";
const JSON_BODY = { "content-type": "application/json" };

const PLAIN_CALL = { accept: RICH, ...JSON_BODY };
// A form has to say that no page of another site has sent it.
const FORM_CALL = { accept: RICH, "tenon-rpc": "1" };
const STREAM_CALL = { accept: `${EVENTS}, application/vnd.tenon+json;q=0.9`, ...JSON_BODY };
// A path does not tell whether a stream answers.
const REST_CALL = { accept: `${RICH}, ${EVENTS};q=0.8` };
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
  const body = input?.body === undefined ? undefined : encodeBody(input.body);
  return { method, url, fixed: typeof body === "string" ? REST_JSON_CALL : REST_CALL, body };
}

/** JSON; a form where the object holds a `Blob` or a list with one. A body that is a form or a `Blob` itself stays. */
export function encodeBody(input: unknown): Body {
  if (input instanceof Blob || input instanceof FormData || input instanceof URLSearchParams) {
    return input;
  }
  const wire = toWire(input);
  return holdsBlob(wire) ? encodeForm(wire) : JSON.stringify(wire);
}

function holdsBlob(wire: unknown): wire is Readonly<Record<string, unknown>> {
  if (typeof wire === "object" && wire !== null && !Array.isArray(wire)) {
    for (const key in wire) {
      const value = (wire as Record<string, unknown>)[key];
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
function encodeForm(wire: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const key of Object.keys(wire)) {
    for (const value of asList(wire[key])) {
      form.append(key, isBlob(value) ? value : toText(value));
    }
  }
  return form;
}

/** Fills `/items/{id}` and `/files/{rest*}`. Refuses what would lead to another address. */
function fillTemplate(template: string, path: RestInput["path"] = {}): string {
  return template.replace(/\{([^}*]+)(\*?)\}/g, (_match, key: string, rest: string) => {
    const text = path[key] === undefined || path[key] === null ? "" : toText(path[key]);
    const segments = rest === "" ? [text] : text.split("/");
    if (text === "" || segments.includes(".") || segments.includes("..")) {
      throw new TypeError(
        `'${key}' is ${JSON.stringify(text)}, which cannot be part of the path '${template}'.`,
      );
    }
    return segments.map(encodeURIComponent).join("/");
  });
}

function encodeQuery(query: RestInput["query"] = {}): string {
  const pairs: string[] = [];
  for (const key of Object.keys(query)) {
    for (const value of asList(toWire(query[key]))) {
      pairs.push(`${encodeURIComponent(key)}=${encodeURIComponent(toText(value))}`);
    }
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function asList(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => item !== undefined);
}
