import type { ParameterObject } from "@tenon/core/openapi";
import type { DocumentedOperation } from "./documented.ts";

/** A body before it is written. */
export type DraftBody =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "form"; readonly value: URLSearchParams | FormData }
  | { readonly kind: "raw"; readonly type: string; readonly text: string | Uint8Array<ArrayBuffer> };

/** A request to an operation, in parts that can be spoilt one by one. */
export interface RequestDraft {
  readonly documented: DocumentedOperation;
  readonly address: "rest" | "rpc";
  readonly method: string;
  /** By location and name (`query:limit`): the texts that are sent. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly credentials: Credentials;
  readonly body: DraftBody | undefined;
  readonly accept: string;
  /** Added to the target as it is. */
  readonly rawQuery?: string;
  /** Takes the place of path parameters as it is. */
  readonly rawPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where credentials are sent: `{ "header:authorization": "Bearer good" }`. */
export type Credentials = Readonly<Record<string, string>>;

const ORIGIN = "http://conformance.test";

/** Writes a draft as a request. */
export function writeRequest(draft: RequestDraft): Request {
  const { documented, address, method, body, accept } = draft;
  const sent = [
    ...[...draft.parameters].map(([place, texts]) => ({ ...readPlace(place), texts })),
    ...Object.entries(draft.credentials).map(([place, text]) => ({ ...readPlace(place), texts: [text] })),
  ];
  const path = address === "rpc" ? (documented.rpcPath as string) : fillTemplate(draft);
  const query = sent
    .filter((each) => each.in === "query")
    .flatMap(({ name, texts }) =>
      texts.map((text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
    );
  const headers = new Headers({ accept, ...draft.headers });
  for (const { name, texts } of sent.filter((each) => each.in === "header")) {
    if (texts.length > 0) {
      headers.set(name, texts.join(", "));
    }
  }
  const cookies = sent
    .filter((each) => each.in === "cookie" && each.texts.length > 0)
    .map(({ name, texts }) => `${name}=${texts[0]}`);
  if (cookies.length > 0) {
    headers.set("cookie", cookies.join("; "));
  }
  if (body !== undefined && body.kind !== "form") {
    headers.set("content-type", body.kind === "json" ? "application/json" : body.type);
  }
  const search = [...query, ...(draft.rawQuery === undefined ? [] : [draft.rawQuery])].join("&");
  return new Request(`${ORIGIN}${path}${search === "" ? "" : `?${search}`}`, {
    method,
    headers,
    body: body === undefined ? null : writeBody(body),
  });
}

function readPlace(place: string): { in: string; name: string } {
  const colon = place.indexOf(":");
  return { in: place.slice(0, colon), name: place.slice(colon + 1) };
}

function fillTemplate({ documented, parameters, rawPath }: RequestDraft): string {
  return documented.path.replace(/\{([^}]+)\}/g, (_all, name: string) => {
    const [text = ""] = parameters.get(`path:${name}`) ?? [];
    // The slashes of a catch-all separate its segments.
    return rawPath ?? text.split("/").map(encodeURIComponent).join("/");
  });
}

function writeBody(body: DraftBody): BodyInit {
  switch (body.kind) {
    case "json":
      return JSON.stringify(body.value);
    case "form":
      return body.value;
    case "raw":
      return body.text;
  }
}

/** Where a parameter is sent. */
export function placeOf({ in: location, name }: ParameterObject): string {
  return `${location}:${name}`;
}
