import type { Callback } from "../outgoing/outgoing.ts";

/** A named example (OpenAPI 3.1.1, 4.8.19). Its value is what would be sent: plain JSON. */
export interface Example {
  readonly summary?: string;
  /** Markdown (CommonMark). */
  readonly description?: string;
  readonly value: unknown;
  /** Shows what is refused; any other example has to fit its schema. */
  readonly isInvalid?: boolean;
}

/** Named examples. */
export type Examples = Readonly<Record<string, Example>>;

/** An operation that goes on from a response (OpenAPI 3.1.1, 4.8.20). */
export interface Link {
  /** The id of the other operation: `items.read`. */
  readonly operation: string;
  /** Its parameters by name, as runtime expressions or values: `{ id: "$response.body#/id" }`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly requestBody?: unknown;
  readonly description?: string;
}

/** What `.doc(…)` says about a procedure; documentation only. */
export interface Documentation {
  readonly summary?: string;
  /** Markdown (CommonMark). */
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Replaces `items.read` as the operation's id. */
  readonly operationId?: string;
  /** The place in the document; the naming table's order otherwise. */
  readonly order?: number;
  /** Left out of the document; still served. */
  readonly hidden?: boolean;
  readonly deprecated?: boolean;
  /** What the success response means. */
  readonly responseDescription?: string;
  readonly externalDocs?: { readonly url: string; readonly description?: string };
  /** Examples of the request body. */
  readonly examples?: Examples;
  /** Examples of parameters, by input key. */
  readonly parameterExamples?: Readonly<Record<string, Examples>>;
  /** Examples of the success response; by status where there are several. */
  readonly responseExamples?: Examples | Readonly<Record<number, Examples>>;
  /** Operations that go on from a success, by name. */
  readonly links?: Readonly<Record<string, Link>>;
  /** Requests that the application will send to an address of the caller's, by name. */
  readonly callbacks?: Readonly<Record<string, Callback<unknown, unknown>>>;
  /** `x-…` members of the operation. */
  readonly extensions?: Readonly<Record<`x-${string}`, unknown>>;
}
