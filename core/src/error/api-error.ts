/** Marks a value as a failure: what a handler may return instead of its output. */
export interface Failure {
  readonly "~failure": true;
}

/** What an `ApiError` carries besides its code and status. */
export interface ApiErrorOptions {
  /** One sentence for the person who reads the problem. */
  readonly detail?: string | undefined;
  /** Further response headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What went wrong inside. Never sent. */
  readonly cause?: unknown;
}

/** True for what a handler returned instead of its output. Cheaper than `instanceof`, which has to hold across copies. */
export function isFailure(value: unknown): value is ApiError {
  return typeof value === "object" && value !== null && (value as Partial<Failure>)["~failure"] === true;
}

const BRAND: unique symbol = Symbol.for("tenon.ApiError") as never;

/**
 * A caller's mistake, or a failure that the caller should hear of: a `code`, an HTTP `status` and typed `data`.
 * It reaches the client as the same class.
 *
 * Made without a stack: on the server it is an ordinary result, and capturing a stack costs more than the rest of
 * the request. `instanceof ApiError` and `instanceof Error` both hold, also across two installed copies.
 */
export class ApiError<Code extends string = string, Status extends number = number, Data = unknown>
  implements Failure
{
  declare readonly "~failure": true;
  readonly name = "ApiError";
  readonly code: Code;
  readonly status: Status;
  readonly data: Data;
  readonly title: string | undefined;
  readonly detail: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly cause: unknown;
  declare readonly stack: string | undefined;

  constructor(
    code: Code,
    status: Status,
    data: Data,
    options?: ApiErrorOptions & { title?: string | undefined },
  ) {
    this.code = code;
    this.status = status;
    this.data = data;
    this.title = options?.title;
    this.detail = options?.detail;
    this.headers = options?.headers;
    this.cause = options?.cause;
  }

  get message(): string {
    return this.detail === undefined ? this.code : `${this.code}: ${this.detail}`;
  }

  toString(): string {
    return `${this.name}: ${this.message}`;
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    if (typeof value !== "object" || value === null) {
      return false;
    }
    // The mark stands for the base class only: subclasses are told by their prototypes.
    return (
      Object.prototype.isPrototypeOf.call(this.prototype, value) || (this === ApiError && BRAND in value)
    );
  }
}
Object.setPrototypeOf(ApiError.prototype, Error.prototype);
Object.defineProperty(ApiError.prototype, BRAND, { value: true });
Object.defineProperty(ApiError.prototype, "~failure", { value: true });
