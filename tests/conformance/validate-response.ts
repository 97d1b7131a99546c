import type {
  HeaderObject,
  MediaTypeObject,
  OpenAPIObject,
  ResponseObject,
  SchemaObject,
} from "@tenon/core/openapi";
import {
  codesIn,
  documentedOperations,
  type DocumentedOperation,
  findOperation,
  type Found,
  resolve,
} from "./documented.ts";
import { FRAMEWORK_PROBLEM, INPUT_PROBLEM } from "./framework-problem.ts";
import { closeSchemas, type SchemaCheck, schemaCheck } from "./schema-check.ts";
import { streamItems } from "./stream-items.ts";

/** A response as it was on the wire. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Says everything in which a response differs from the document; nothing where it keeps to it. */
export type ResponseValidator = (method: string, target: string, received: Received) => readonly string[];

/** What of an application stands beside its operations. */
export interface ValidatorOptions {
  /** Where it serves pages that are no operations: its document, its docs. */
  readonly pages?: readonly string[];
}

const PROBLEM = "application/problem+json";
const RICH = "application/vnd.tenon+json";
/** What every message may have, whatever it answers (RFC 9110, 6.6, 7.6.1, 8; RFC 9112). */
const OF_HTTP: ReadonlySet<string> = new Set([
  "content-type",
  "content-length",
  "date",
  "connection",
  "keep-alive",
  "transfer-encoding",
]);
const STREAMS: readonly string[] = ["text/event-stream", "application/jsonl"];

/** Makes the check of responses against a document: operation, status, headers, media type and body. */
export function responseValidator(
  emitted: OpenAPIObject,
  { pages = ["/openapi.json", "/docs"] }: ValidatorOptions = {},
): ResponseValidator {
  const document = closeSchemas(emitted);
  const operations = documentedOperations(document);
  const judge = new Judge(document, schemaCheck(document));
  return (method, target, received) => {
    const path = new URL(target, "http://host").pathname;
    const found = findOperation(operations, method, path);
    if (found !== undefined) {
      return judge.answer(found, method, received);
    }
    const isPage = pages.some((page) => path === page || path.startsWith(`${page}/`));
    return isPage && received.status < 400 ? [] : judge.elsewhere(method, received);
  };
}

class Judge {
  readonly #document: OpenAPIObject;
  readonly #check: SchemaCheck;

  constructor(document: OpenAPIObject, check: SchemaCheck) {
    this.#document = document;
    this.#check = check;
  }

  /** The response of an operation. */
  answer({ documented, address }: Found, method: string, received: Received): readonly string[] {
    const { status } = received;
    const entry: ResponseObject | undefined = documented.operation.responses?.[String(status)];
    const complaints =
      entry === undefined
        ? [`${documented.id} does not document the status ${status}`]
        : this.#compare(documented, resolve(this.#document, entry), method, received);
    const isOfAddress =
      complaints.length > 0 && address === "rpc" && documented.operation.requestBody === undefined;
    return isOfAddress && this.#isRefusedInput(received) ? [] : complaints;
  }

  /** What is answered where no operation is: problems, redirects and allowed methods. */
  elsewhere(method: string, received: Received): readonly string[] {
    const { status, headers, text } = received;
    if (status === 204 && method === "OPTIONS") {
      const isAnswer = headers.has("allow") || headers.has("vary");
      return isAnswer && text === "" ? [] : ["OPTIONS is answered without Allow"];
    }
    if (status === 308) {
      const isSafe = /^\/(?!\/)/.test(headers.get("location") ?? "");
      return isSafe && text === "" ? [] : ["a redirect leads nowhere, or out of the site"];
    }
    if (![400, 404, 405].includes(status)) {
      return [`no operation is documented here, but the status is ${status}`];
    }
    if (status === 405 && !headers.has("allow")) {
      return ["405 without Allow"];
    }
    return method === "HEAD" ? noBody(text) : this.#failure(FRAMEWORK_PROBLEM, received);
  }

  #compare(
    documented: DocumentedOperation,
    response: ResponseObject,
    method: string,
    { status, headers, text }: Received,
  ): readonly string[] {
    const complaints = this.#compareHeaders(response.headers ?? {}, headers);
    const content: Readonly<Record<string, MediaTypeObject>> = response.content ?? {};
    const type = headers.get("content-type")?.split(";")[0]?.trim();
    if (Object.keys(content).length === 0 || (status >= 300 && headers.has("location"))) {
      return type === undefined
        ? [...complaints, ...noBody(text)]
        : [...complaints, `${status} documents no body, but comes as ${type}`];
    }
    const media = type === undefined ? undefined : (content[type] ?? content["*/*"]);
    if (type === undefined || media === undefined) {
      return [...complaints, `${status} is not documented as ${type ?? "a body without a media type"}`];
    }
    if (method === "HEAD") {
      return [...complaints, ...noBody(text)];
    }
    return [
      ...complaints,
      ...(STREAMS.includes(type)
        ? this.#compareItems(documented, type, media, text)
        : /[/+]json$/.test(type)
          ? this.#compareBody(type, content, text)
          : this.#compareText(media, text)),
    ];
  }

  #compareText({ schema = {} }: MediaTypeObject, text: string): readonly string[] {
    const wrong = this.#check(schema, text);
    return wrong === undefined ? [] : [`the text: ${wrong}`];
  }

  #compareBody(
    type: string,
    content: Readonly<Record<string, MediaTypeObject>>,
    text: string,
  ): readonly string[] {
    const body = parse(text);
    if (body === undefined) {
      return [`the body is no JSON: ${text.slice(0, 100)}`];
    }
    const wrong = this.#check(content[type]?.schema as SchemaObject, body.value);
    // The enriched form holds the plain one, byte for byte.
    const plain =
      type === RICH && content["application/json"] !== undefined
        ? this.#check(
            content["application/json"].schema as SchemaObject,
            (body.value as { json?: unknown }).json,
          )
        : undefined;
    return [wrong, plain].flatMap((each) => (each === undefined ? [] : [`the body as ${type}: ${each}`]));
  }

  #compareItems(
    documented: DocumentedOperation,
    type: string,
    media: MediaTypeObject & { readonly "x-tenon-stream"?: unknown },
    text: string,
  ): readonly string[] {
    const problem = { oneOf: this.#problemsOf(documented) };
    const isNamed = media["x-tenon-stream"] === "event" && type === "text/event-stream";
    return streamItems(type, text).flatMap(({ isError, event, data }) => {
      const body = parse(data);
      if (body === undefined) {
        return [`an item of the stream is no JSON: ${data.slice(0, 100)}`];
      }
      const wrong = isError
        ? this.#check(problem, body.value)
        : event === "gap"
          ? this.#check(GAP, body.value)
          : this.#check(media.schema as SchemaObject, isNamed ? { event, data: body.value } : body.value);
      return wrong === undefined ? [] : [`${isError ? "the last" : "an"} item of the stream: ${wrong}`];
    });
  }

  /** Whatever an operation can fail with, as one list of schemas. */
  #problemsOf({ operation }: DocumentedOperation): readonly SchemaObject[] {
    return Object.values((operation.responses ?? {}) as Record<string, ResponseObject>).flatMap((entry) => {
      const { content } = resolve(this.#document, entry);
      const schema = content?.[PROBLEM]?.schema as SchemaObject | undefined;
      return schema === undefined || codesIn(this.#document, schema).length === 0 ? [] : [schema];
    });
  }

  #compareHeaders(documented: ResponseObject["headers"], headers: Headers): readonly string[] {
    const known = new Set(Object.keys(documented ?? {}).map((name) => name.toLowerCase()));
    const unknown = [...headers.keys()].filter((name) => !known.has(name) && !OF_HTTP.has(name));
    const undocumented = unknown.map((name) => `the header ${name} is not documented`);
    return [...undocumented, ...this.#compareKnown(documented, headers)];
  }

  #compareKnown(documented: ResponseObject["headers"], headers: Headers): readonly string[] {
    return Object.entries(documented ?? {}).flatMap(([name, entry]) => {
      const { required = false, schema = {} } = resolve<HeaderObject>(this.#document, entry);
      const value = headers.get(name);
      if (value === null) {
        return required ? [`the header ${name} is missing`] : [];
      }
      const fits = [value, parse(value)?.value, value.split(",")].some(
        (read) => this.#check(schema, read) === undefined,
      );
      return fits ? [] : [`the header ${name} does not fit its schema: ${value}`];
    });
  }

  /**
   * The document describes REST addresses. At its canonical address every input is one JSON object, so what can be wrong
   * with such a body is known of all operations, those without a body at their REST address too.
   */
  #isRefusedInput(received: Received): boolean {
    return (
      [400, 413, 415, 422].includes(received.status) && this.#failure(INPUT_PROBLEM, received).length === 0
    );
  }

  /** The framework's own failure: a problem, or the application's envelope of one. */
  #failure(schema: object, { status, headers, text }: Received): readonly string[] {
    const body = parse(text)?.value;
    const envelope = resolve<ResponseObject | undefined>(
      this.#document,
      this.#document.components?.responses?.["Internal"],
    )?.content?.["application/json"]?.schema as SchemaObject | undefined;
    const type = headers.get("content-type");
    const isEnvelope = type === "application/json" && envelope !== undefined;
    if (!isEnvelope && type !== PROBLEM) {
      return [`a failure comes as ${type}`];
    }
    const wrong = this.#check(isEnvelope ? envelope : schema, body);
    const isTrue = isEnvelope || (body as { status?: unknown } | undefined)?.status === status;
    return [
      ...(wrong === undefined ? [] : [`the failure: ${wrong}`]),
      ...(isTrue ? [] : ["the problem names another status"]),
    ];
  }
}

/** What tells of events that are lost. */
const GAP: SchemaObject = {
  type: "object",
  properties: { lastEventId: { type: "string" } },
  required: ["lastEventId"],
  additionalProperties: false,
};

function noBody(text: string): readonly string[] {
  return text === "" ? [] : ["there is a body where none may be"];
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Something that answers requests as `app.fetch` does. */
export type Answering<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>;

/** Answers as `fetch` does, and hands every complaint about a response on: by default it throws it. */
export function validated<Rest extends unknown[]>(
  fetch: Answering<Rest>,
  document: OpenAPIObject,
  complain: (complaint: string) => void = refuse,
): Answering<Rest> {
  const validate = responseValidator(document);
  return async (request, ...rest) => {
    const { method, url } = request;
    const response = await fetch(request, ...rest);
    const { status, headers } = response;
    const text = await response.clone().text();
    for (const complaint of validate(method, url, { status, headers, text })) {
      complain(`${method} ${new URL(url).pathname} → ${status}: ${complaint}`);
    }
    return response;
  };
}

function refuse(complaint: string): never {
  throw new Error(complaint);
}
