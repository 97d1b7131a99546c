import type {
  Context,
  Cookies,
  Logger,
  MaybePromise,
  Operation,
  RequestHeaders,
  ResponseHeaders,
  UrlFor,
} from "@tenon/core";
import type { Exchange } from "../exchange/exchange.ts";
import { closeExits, type Exit, type Exits, type Outcome } from "../dependency/exits.ts";
import { isPromise } from "../exchange/promise.ts";
import { RequestCookies } from "./request-cookies.ts";
import { ExchangeHeaders } from "./request-headers.ts";
import type { QueryRecord } from "./query-string.ts";
import { ReplyHeaders } from "../response/reply-headers.ts";
import { parseQuery } from "./query-string.ts";
import { within } from "./within.ts";
import { baseOf, externalUrl } from "./external-url.ts";

/** One request while it is answered. Everything beyond the exchange is made when first asked for. */
export class RequestContext implements Context {
  /** Middleware may put another around it. */
  exchange: Exchange;
  requestId: string | undefined = undefined;
  /** Milliseconds to the first byte, where they are not the app's. */
  timeLimit: number | undefined = undefined;
  /** The operation that answers; undefined where no route matched. */
  served: Operation | undefined = undefined;
  /** Texts of the path parameters, decoded. */
  values: readonly string[] = NONE;
  /** The target before `?`. */
  path: string;
  /** Where the query starts in the target, or -1. */
  readonly queryStart: number;
  query: QueryRecord | undefined = undefined;

  /** The parameters, then the whole input. */
  input: unknown = undefined;
  /** Values of the dependencies, in the order of the plan. */
  resolved: unknown[] | undefined = undefined;
  callExits: Exits | undefined = undefined;
  /** A handler may still be at work: the dependencies of the request stay open, even where the caller is gone. */
  isCalling = false;
  /** When the time to the first byte began; infinite while the body arrives. */
  waitsSince: number | undefined = undefined;
  /** Headers that handlers and middleware add to whatever is replied. */
  replyHeaders: ReplyHeaders | undefined = undefined;

  readonly #supervisor: Supervisor;
  #requestExits: Exits | undefined;
  #failure: Outcome | undefined;
  #work: (() => MaybePromise<unknown>)[] | undefined;
  #awaitsFinish = false;
  #callEnded: (() => void) | undefined;
  #controller: AbortController | undefined;
  #abortReason: unknown;
  #cookies: RequestCookies | undefined;
  #request: Request | undefined;
  #url: URL | undefined;
  #log: Logger | undefined;
  #departure: DOMException | undefined;

  constructor(exchange: Exchange, supervisor: Supervisor) {
    this.exchange = exchange;
    this.#supervisor = supervisor;
    const target = exchange.target;
    this.queryStart = target.indexOf("?");
    this.path = this.queryStart < 0 ? target : target.slice(0, this.queryStart);
  }

  get method(): string {
    return this.exchange.method;
  }

  get operation(): string | undefined {
    return this.served?.id;
  }

  get log(): Logger {
    this.#log ??= this.#supervisor.logger.child({
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
      ...(this.operation === undefined ? {} : { operation: this.operation }),
    });
    return this.#log;
  }

  get scopes(): readonly string[] {
    return this.served?.scopes ?? NONE;
  }

  get platform(): unknown {
    return this.exchange.platform;
  }

  get ip(): string {
    return this.exchange.remoteAddress;
  }

  get request(): Request {
    this.#request ??= this.exchange.toRequest();
    return this.#request;
  }

  get url(): URL {
    this.#url ??= externalUrl(this.exchange);
    return this.#url;
  }

  get urlFor(): UrlFor {
    const base = baseOf(this.exchange);
    return (of: unknown, parameters?: unknown) => base + this.#supervisor.pathOf(of, parameters);
  }

  get headers(): RequestHeaders {
    return new ExchangeHeaders(this.exchange);
  }

  get cookies(): Cookies {
    return this.requestCookies;
  }

  get requestCookies(): RequestCookies {
    this.#cookies ??= new RequestCookies(this.exchange.header("cookie"), this);
    return this.#cookies;
  }

  get response(): { readonly headers: ResponseHeaders } {
    return { headers: this.addedHeaders };
  }

  get addedHeaders(): ReplyHeaders {
    this.replyHeaders ??= new ReplyHeaders();
    return this.replyHeaders;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      if (this.#abortReason === undefined) {
        this.exchange.onAbort(() => {
          this.#departure = new DOMException("the caller went away", "AbortError");
          controller.abort(this.#departure);
        });
      } else {
        controller.abort(this.#abortReason);
      }
    }
    return this.#controller.signal;
  }

  /** Aborts the signal: what was started with it, and what asks for it from now on. */
  abort(reason: unknown): void {
    this.#abortReason ??= reason ?? new DOMException("the request was aborted", "AbortError");
    this.#controller?.abort(this.#abortReason);
  }

  /** Somebody gave up because the caller had: no fault of anybody here. */
  isDeparture(error: unknown): boolean {
    return error !== undefined && error === this.#departure;
  }

  after(work: () => MaybePromise<unknown>): void {
    this.#work ??= [];
    this.#work.push(work);
    this.#awaitFinish();
  }

  /** Tells of an error that no reply can tell any more. */
  reportError(error: unknown): void {
    this.#supervisor.report(error, this);
  }

  /** Keeps what closes a value of scope `call` or `request`. */
  addExit(scope: "call" | "request", exit: Exit): void {
    if (scope === "call") {
      this.callExits ??= [];
      this.callExits.push(exit);
    } else {
      this.#requestExits ??= [];
      this.#requestExits.push(exit);
      this.#awaitFinish();
    }
  }

  /** Closes the dependencies of the call: nothing of it is at work any more. */
  closeCall(outcome?: Outcome): MaybePromise<Outcome> {
    const exits = this.#takeExits(outcome);
    const closed = closeExits(exits, outcome, this);
    return isPromise(closed) ? closed.then((settled) => this.#ended(settled)) : this.#ended(closed);
  }

  /** The dependencies of the request hear of what the caller is told, when they close. */
  #ended(outcome: Outcome): Outcome {
    if (outcome.isFailure) {
      this.#failure = outcome;
    }
    this.endCall();
    return outcome;
  }

  /** What the end of the call closes. */
  #takeExits(outcome: Outcome | undefined): Exits {
    let exits = this.callExits ?? [];
    this.callExits = undefined;
    if (outcome?.isFailure === true && this.#supervisor.closesRequestOnFailure) {
      exits = [...(this.#requestExits ?? []), ...exits];
      this.#requestExits = undefined;
    }
    return exits;
  }

  endCall(): void {
    this.isCalling = false;
    this.#callEnded?.();
  }

  /** Keeps what ends a stream or a socket when the app stops; gives what forgets it. */
  keep(end: () => void): () => void {
    return this.#supervisor.keep(end);
  }

  /** Work that the stop has to wait for. */
  track(work: Promise<void>): void {
    this.#supervisor.track(work);
  }

  #awaitFinish(): void {
    if (!this.#awaitsFinish) {
      this.#awaitsFinish = true;
      this.exchange.onFinish(() => this.#supervisor.track(this.#settle()));
    }
  }

  /** After the last byte and the end of the call: background work in order, then the dependencies of the request. */
  async #settle(): Promise<void> {
    if (this.isCalling) {
      await new Promise<void>((resolve) => {
        this.#callEnded = resolve;
      });
    }
    for (const work of this.#work ?? []) {
      try {
        const running = work();
        if (isPromise(running)) {
          await within(this.#supervisor.backgroundLimit, running, "background work");
        }
      } catch (error) {
        this.#supervisor.report(error, this);
      }
    }
    const closed = await closeExits(this.#requestExits ?? [], this.#failure, this);
    if (closed.isFailure && closed.error !== this.#failure?.error) {
      this.#supervisor.report(closed.error, this);
    }
  }

  /** The query as a record; undefined where it is malformed, which dispatch has already answered. */
  readQuery(): QueryRecord {
    if (this.query === undefined) {
      const parsed =
        this.queryStart < 0 ? Object.create(null) : parseQuery(this.exchange.target, this.queryStart + 1);
      this.query =
        typeof parsed === "string" ? (Object.create(null) as QueryRecord) : (parsed as QueryRecord);
    }
    return this.query;
  }
}

/** What is known of the request in which something went wrong. */
export interface ReportedRequest {
  readonly operation: string | undefined;
  readonly requestId: string | undefined;
}

/** Who hears of errors that no reply can tell any more, and waits for unfinished work at the stop. */
export interface Supervisor {
  report(error: unknown, request: ReportedRequest | undefined): void;
  readonly logger: Logger;
  track(work: Promise<void>): void;
  /** Keeps what ends a stream or a socket when the app stops; gives what forgets it. */
  keep(end: () => void): () => void;
  /** Milliseconds that one piece of background work is waited for; 0 for no limit. */
  readonly backgroundLimit: number;
  /** The path of a procedure, or below what is mounted, within the application. */
  pathOf(of: unknown, parameters: unknown): string;
  /** The dependencies of the request close before a failure is told, and may change it. */
  readonly closesRequestOnFailure: boolean;
}

const NONE: readonly string[] = Object.freeze([]);
