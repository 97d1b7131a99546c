import type { ProblemsIn } from "../error/declared.ts";
import type { FrameworkProblem, TransportProblems } from "../error/problem.ts";
import type { Replies } from "./reply.ts";
import type { AnyPlaces, NothingOutside } from "./tags.ts";

/** Limits of every call. */
export interface CallLimits {
  signal?: AbortSignal;
  /** Milliseconds until the call fails with `TIMEOUT`. */
  timeout?: number;
}

/** Options of a call whose input has no headers and cookies. */
export interface CallOptions extends CallLimits {
  /** Further request headers. */
  headers?: Record<string, string>;
}

/** Every failure of a call: declared errors, the framework's, the transport's. A closed union by `code`. */
export type CallError<Errors> = ProblemsIn<Errors> | FrameworkProblem | TransportProblems;

/** The failed half of a result. */
export interface Failed<Errors> {
  readonly ok: false;
  readonly error: CallError<Errors>;
}

/** The value of an output, whichever status it came with. */
export type Data<Output> = Output extends Replies<infer Map> ? Map[keyof Map] : Output;

/** The successful half of a result: one member for each documented status. */
export type Success<Output, Status> =
  Output extends Replies<infer Map>
    ? { [S in keyof Map]: { readonly ok: true; readonly status: S; readonly data: Map[S] } }[keyof Map]
    : { readonly ok: true; readonly status: Status; readonly data: Output };

/** A call with a required input. Throws `ApiError`; `.safe` returns a result instead. */
export interface Call<Input, Output, Errors> {
  (input: Input, options?: CallOptions): Promise<Data<Output>>;
  safe(input: Input, options?: CallOptions): Promise<Success<Output, number> | Failed<Errors>>;
  /** The response itself, its body unread: for bytes that do not fit into memory. Failures are thrown. */
  raw(input: Input, options?: CallOptions): Promise<Response>;
}

/** A call whose input can be left out. */
export interface OptionalCall<Input, Output, Errors> {
  (input?: Input, options?: CallOptions): Promise<Data<Output>>;
  safe(input?: Input, options?: CallOptions): Promise<Success<Output, number> | Failed<Errors>>;
  raw(input?: Input, options?: CallOptions): Promise<Response>;
}

/** Options of a call whose input has headers or cookies: those, beside the usual ones. */
export type OptionsWith<Outside> = Outside & CallLimits;

/** A call that needs headers or cookies beside its input. */
export interface OptionedCall<Input, Outside, Output, Errors> {
  (input: Input, options: Outside & CallLimits): Promise<Data<Output>>;
  safe(input: Input, options: Outside & CallLimits): Promise<Success<Output, number> | Failed<Errors>>;
  raw(input: Input, options: Outside & CallLimits): Promise<Response>;
}

/** A call that takes headers or cookies, and needs none. Its input may be left out where no key is required. */
export interface OptionalOutsideCall<Input, Outside, Output, Errors> {
  (...argument: InputThen<Input, OptionsWith<Outside>>): Promise<Data<Output>>;
  safe(
    ...argument: InputThen<Input, OptionsWith<Outside>>
  ): Promise<Success<Output, number> | Failed<Errors>>;
  raw(...argument: InputThen<Input, OptionsWith<Outside>>): Promise<Response>;
}

/** When a stream that was lost is asked for again. */
export interface Reconnection {
  /** Attempts in a row, none of which brought an item; 10 by default. */
  attempts?: number;
  /** Milliseconds before the first attempt, where the server says nothing of it (`retry:`); 1 s by default, doubled each time. */
  delay?: number;
  /** Milliseconds that no delay exceeds; 30 s by default. */
  maxDelay?: number;
  /** Milliseconds of silence after which a connection is taken for lost; 60 s by default. The server says something every 15 s. */
  silence?: number;
  /** Begins anew where no event had an id: the first items may be known already. False by default. */
  anew?: boolean;
}

/** Options of a stream beside those of every call. */
export interface StreamOptions {
  /**
   * A stream that was lost (the network, a server that stops) is asked for again with the id of the last event that had one, and
   * goes on after it. Where no event had an id the loss is thrown, unless `anew` is said; `true` is `{ anew: true }`. False never
   * asks again.
   */
  reconnect?: boolean | Reconnection;
  /** Begins after this event (`Last-Event-ID`). */
  lastEventId?: string;
  /** Hears that the server does not know an event any more, so that those after it are lost. */
  onGap?: (gap: { readonly lastEventId: string }) => void;
}

/** How a socket that was lost is opened again. */
export interface SocketReconnection extends Omit<Reconnection, "anew" | "silence"> {
  /** Messages that may wait to be sent while there is no connection; 100 by default. `send` throws for more. */
  queue?: number;
  /** Milliseconds without a message after which the connection is taken for lost; never by default. */
  silence?: number;
}

/** Options of a socket beside those of every call. */
export interface ConnectOptions {
  /**
   * Opens the socket again where it was lost: the network, a server that stops or restarts (1001, 1006, 1012, 1013). What was on its way
   * is lost, what is sent meanwhile waits. Off by default: only the application knows what it has to say anew.
   */
  reconnect?: boolean | SocketReconnection;
  /** Called after each time that the socket was opened again, before what waits is sent. */
  onReconnect?: () => void;
}

/** A stream: the call says so by its name, since the client knows no kinds at run time. */
export interface StreamCall<Input, Output, Outside> {
  stream(...argument: StreamArguments<Input, Outside>): AsyncIterable<Output>;
}
type StreamArguments<Input, Outside> = {} extends Outside
  ? InputThen<Input, OptionsWith<Outside> & StreamOptions>
  : [input: Input, options: OptionsWith<Outside> & StreamOptions];
type InputThen<Input, Options> = {} extends Input
  ? [input?: Input, options?: Options]
  : [input: Input, options?: Options];

/** Both directions of a socket: what the client sends, what it receives. */
export interface Messages<Send, Receive> {
  readonly "~send": Send;
  readonly "~receive": Receive;
}

/** An open socket, as the client sees it. */
export interface ClientSocket<Send, Receive> extends AsyncIterable<Receive> {
  send(message: Send): void;
  close(code?: number, reason?: string): void;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** A socket procedure. */
export interface SocketCall<Input, Send, Receive> {
  connect(...argument: InputThen<Input, CallOptions & ConnectOptions>): Promise<ClientSocket<Send, Receive>>;
}

/** The call that a finished procedure answers to in the RPC-style client. */
export type CallOf<Kind, Input, Output, Errors, P extends AnyPlaces> = Kind extends "query" | "mutation"
  ? [P] extends [never]
    ? {} extends Input
      ? OptionalCall<Input, Output, Errors>
      : Call<Input, Output, Errors>
    : {} extends P["~outside"]
      ? OptionalOutsideCall<Input, P["~outside"], Output, Errors>
      : OptionedCall<Input, P["~outside"], Output, Errors>
  : Kind extends "stream"
    ? StreamCall<Input, Output, [P] extends [never] ? NothingOutside : P["~outside"]>
    : Output extends Messages<infer Send, infer Receive>
      ? SocketCall<Input, Send, Receive>
      : never;
