import type { ProblemsIn } from "../error/declared.ts";
import type { FrameworkProblem, TransportProblems } from "../error/problem.ts";
import type { Flat } from "../type/flat.ts";
import type { Replies } from "./reply.ts";

/** Options of every call. */
export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds until the call fails with `TIMEOUT`. */
  timeout?: number;
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
}

/** A call whose input can be left out. */
export interface OptionalCall<Input, Output, Errors> {
  (input?: Input, options?: CallOptions): Promise<Data<Output>>;
  safe(input?: Input, options?: CallOptions): Promise<Success<Output, number> | Failed<Errors>>;
}

/** A call that needs headers or cookies beside its input. */
export interface OptionedCall<Input, Options, Output, Errors> {
  (input: Input, options: Options): Promise<Data<Output>>;
  safe(input: Input, options: Options): Promise<Success<Output, number> | Failed<Errors>>;
}

/** A stream: the call says so by its name, since the client knows no kinds at run time. */
export interface StreamCall<Input, Output> {
  stream(...args: StreamArguments<Input>): AsyncIterable<Output>;
}
type StreamArguments<Input> = {} extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

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
  connect(...args: StreamArguments<Input>): Promise<ClientSocket<Send, Receive>>;
}

/** The call that a finished procedure answers to in the RPC-style client. */
export type CallOf<Kind, Input, Tags, Output, Errors> = Kind extends "stream"
  ? StreamCall<Input, Output>
  : Kind extends "socket"
    ? Output extends Messages<infer Send, infer Receive>
      ? SocketCall<Input, Send, Receive>
      : never
    : [OutsideKeys<Tags>] extends [never]
      ? {} extends Input
        ? OptionalCall<Input, Output, Errors>
        : Call<Input, Output, Errors>
      : TaggedCall<Input, Tags, Output, Errors>;

/** Keys that travel in real headers and cookies, never in the input of a call. */
type OutsideKeys<Tags> = Tags extends `${infer Key}@${"header" | "cookie"}${string}` ? Key : never;

type TaggedCall<Input, Tags, Output, Errors> =
  {} extends OptionsOf<Input, Tags>
    ? {} extends Omit<Input, OutsideKeys<Tags>>
      ? OptionalTaggedCall<Flat<Omit<Input, OutsideKeys<Tags>>>, OptionsOf<Input, Tags>, Output, Errors>
      : OptionalOptionsCall<Flat<Omit<Input, OutsideKeys<Tags>>>, OptionsOf<Input, Tags>, Output, Errors>
    : OptionedCall<Flat<Omit<Input, OutsideKeys<Tags>>>, OptionsOf<Input, Tags>, Output, Errors>;

/** A call whose input and options can be left out. */
export interface OptionalTaggedCall<Input, Options, Output, Errors> {
  (input?: Input, options?: Options): Promise<Data<Output>>;
  safe(input?: Input, options?: Options): Promise<Success<Output, number> | Failed<Errors>>;
}
/** A call with a required input whose headers and cookies are all optional. */
export interface OptionalOptionsCall<Input, Options, Output, Errors> {
  (input: Input, options?: Options): Promise<Data<Output>>;
  safe(input: Input, options?: Options): Promise<Success<Output, number> | Failed<Errors>>;
}

type OptionsOf<Input, Tags> = Omit<CallOptions, "headers"> &
  Section<"headers", HeadersOf<Input, Tags>> &
  Section<"cookies", CookiesOf<Input, Tags>>;

type Section<Name extends string, Values> = {} extends Values
  ? { [N in Name]?: Flat<Values> & Record<string, string> }
  : { [N in Name]: Flat<Values> };

type Value<Input, Key> = Key extends keyof Input ? Input[Key] : never;
type IsOptional<Input, Key> = Key extends keyof Input ? ({} extends Pick<Input, Key> ? true : false) : true;

/** The headers that an input reads, by their names on the wire. */
export type HeadersOf<Input, Tags> = ByName<Input, Tags, "header"> & Models<Input, TagKeyOf<Tags, "header*">>;
/** The cookies that an input reads, by their names on the wire. */
export type CookiesOf<Input, Tags> = ByName<Input, Tags, "cookie"> &
  Bare<Input, TagKeyOf<Tags, "cookie">> &
  Models<Input, TagKeyOf<Tags, "cookie*">>;

type TagKeyOf<Tags, Place extends string> = Tags extends `${infer Key}@${Place}` ? Key : never;
type Bare<Input, Keys> = Pick<Input, Keys & keyof Input>;
type Models<Input, Keys> = [Keys] extends [never] ? {} : NonNullable<Value<Input, Keys>>;
/** The keys with a name of their own, by that name; optional where the key is. */
export type ByName<Input, Tags, Place extends string> = {
  [T in Tags as NameWhere<Input, T, Place, false>]: T extends `${infer Key}@${string}`
    ? Value<Input, Key>
    : never;
} & {
  [T in Tags as NameWhere<Input, T, Place, true>]?: T extends `${infer Key}@${string}`
    ? Value<Input, Key>
    : never;
};
type NameWhere<Input, Tag, Place extends string, Optional> = Tag extends `${infer Key}@${Place}:${infer Name}`
  ? IsOptional<Input, Key> extends Optional
    ? Name
    : never
  : never;
