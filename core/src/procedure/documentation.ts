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
  /** `x-…` members of the operation. */
  readonly extensions?: Readonly<Record<`x-${string}`, unknown>>;
}
