import { joinItems, toText, toWire } from "@tenon/core/wire";
import { FormValue, type MediaData, MediaValue, StyledValue } from "../styled.ts";
import { encodeForm, formEntries } from "./encode-form.ts";
import { encodeQuery, textEntries } from "./encode-query.ts";

/** A request before the client's own headers are added. */
export interface EncodedRequest {
  readonly method: string;
  /** Relative to where the application is mounted. */
  readonly url: string;
  /** The headers that its body and its kind of call ask for. Shared between calls: never changed. */
  readonly fixed: Record<string, string>;
  readonly body: Body | null;
  /** Closes the streams that the body reads from, where there are any. */
  readonly release?: (() => void) | undefined;
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
type Body = MediaData | FormData | URLSearchParams;

const RICH = "application/vnd.tenon+json";
const ACCEPT = `${RICH}, application/json;q=0.9`;
const EVENTS = "text/event-stream";
const JSON_BODY = { "content-type": "application/json" };

const PLAIN_CALL = { accept: ACCEPT, ...JSON_BODY };
// A form has to say that no page of another site has sent it.
const FORM_CALL = { accept: ACCEPT, "tenon-rpc": "1" };
const STREAM_CALL = { accept: `${EVENTS}, ${RICH};q=0.9`, ...JSON_BODY };
const STREAM_FORM_CALL = { accept: `${EVENTS}, ${RICH};q=0.9`, "tenon-rpc": "1" };
// A path does not tell whether a stream answers.
const REST_CALL = { accept: `${ACCEPT}, ${EVENTS};q=0.8` };
const REST_JSON_CALL = { ...REST_CALL, ...JSON_BODY };

/** The request of an RPC-style call: always a POST with one flat object. */
export function encodeRpc(url: string, input: unknown, isStream: boolean): EncodedRequest {
  // What takes no input, or only optional ones, still wants an object.
  const { body, type, release } = input === undefined ? NO_INPUT : encodeBody(input);
  const fixed = isStream
    ? typeof body === "string"
      ? STREAM_CALL
      : STREAM_FORM_CALL
    : typeof body === "string"
      ? PLAIN_CALL
      : FORM_CALL;
  return { method: "POST", url, fixed: withType(fixed, type), body, release };
}

/** The request of a REST-style call. */
export function encodeRest(method: string, template: string, input: RestInput | undefined): EncodedRequest {
  const url = fillTemplate(template, input?.path) + encodeQuery(input?.query);
  const { body, type, release } = input?.body === undefined ? NO_BODY : encodeBody(input.body);
  return {
    method,
    url,
    fixed: withType(typeof body === "string" && type === undefined ? REST_JSON_CALL : REST_CALL, type),
    body,
    release,
  };
}

interface EncodedBody {
  readonly body: Body | null;
  /** The media type, where the run time does not set it by itself. */
  readonly type?: string;
  readonly release?: () => void;
}

const NO_INPUT: EncodedBody = { body: "{}" };
const NO_BODY: EncodedBody = { body: null };

/** JSON; a form where the object holds a file. A body that is a form or a `Blob` itself stays. */
function encodeBody(input: unknown): EncodedBody {
  if (input instanceof Blob || input instanceof FormData || input instanceof URLSearchParams) {
    return { body: input };
  }
  if (input instanceof MediaValue) {
    return { body: input["~data"], type: input["~type"] };
  }
  if (input instanceof FormValue) {
    return encodeFields(input["~fields"] as Values);
  }
  const entries = formEntries(input);
  return entries === undefined ? { body: JSON.stringify(toWire(input)) } : encodeForm(entries);
}

/** A form that was called one: multipart, which is taken with files, for whose sake it may be one, and without. */
function encodeFields(fields: Values): EncodedBody {
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    plain[name] = value instanceof StyledValue ? value["~value"] : value;
  }
  const entries = formEntries(plain);
  if (entries !== undefined) {
    return encodeForm(entries);
  }
  const form = new FormData();
  for (const name of Object.keys(fields)) {
    for (const [key, text] of textEntries(name, fields[name])) {
      form.append(key, text);
    }
  }
  return { body: form };
}

function withType(fixed: Record<string, string>, type: string | undefined): Record<string, string> {
  return type === undefined ? fixed : { ...fixed, "content-type": type };
}

/** Fills `/items/{id}` and `/files/{rest*}`. Refuses what would lead to another address. */
function fillTemplate(template: string, values: Values = {}): string {
  return template.replace(/\{([^}*]+)(\*?)\}/g, (_match, name: string, rest: string) => {
    const segments = segmentsOf(values[name] ?? "", rest !== "");
    if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
      throw new TypeError(`'${segments.join("/")}' cannot be the '${name}' of '${template}'.`);
    }
    return segments.map(encodeURIComponent).join("/");
  });
}

/** One segment; a catch-all has as many as its text has slashes, or its list has items. */
function segmentsOf(value: unknown, isCatchAll: boolean): readonly string[] {
  const wire = toWire(value);
  if (Array.isArray(wire)) {
    const items = wire.map(toText);
    return isCatchAll && items.length > 0 ? items : [joinItems(items, "csv")];
  }
  return isCatchAll ? toText(wire).split("/") : [toText(wire)];
}
