import type { Failure } from "../error/api-error.ts";
import type { Delivered, ObjectDelivered, Returnable } from "../type/schema-side.ts";
import type { HeaderValue } from "./context.ts";
import type { Mistake } from "../type/mistake.ts";

/** No `.output(…)` yet. The sentence is what the compiler says of a handler without one. */
export type Unset = ".output(schema) is missing before the finisher";

/** An output of several documented statuses; a single schema stays itself. */
export interface Replies<Map> {
  readonly "~replies": Map;
}

/** One reply of several: `reply(201, value)`. */
export interface Reply<Status, Value> {
  readonly status: Status;
  readonly value: Value;
}

/** Further headers of one reply. */
export interface ReplyOptions {
  headers?: Record<string, HeaderValue>;
}

/**
 * `reply` of a handler's argument, typed by the procedure's own statuses. A free function would lose the literals of
 * `value` where one body type is a supertype of another.
 */
export type ReplyOf<Slot> = keyof Slot extends number
  ? <Status extends keyof Slot>(
      status: Status,
      value: Returnable<Slot[Status]>,
      options?: ReplyOptions,
    ) => Reply<Status, Returnable<Slot[Status]>>
  : Mistake<"reply(status, value) needs .output({ 200: …, 201: … })">;

/** What a handler returns for its output slot, apart from failures. */
export type Returned<Slot> = Slot extends { _zod: unknown }
  ? Returnable<Slot>
  : keyof Slot extends number
    ? { [Status in keyof Slot]: Reply<Status, Returnable<Slot[Status]>> }[keyof Slot]
    : Slot extends Unset
      ? Mistake<Slot>
      : Returnable<Slot & {}>;

/** A handler's return value: the output, or a failure that `errors.CODE(…)` made. */
export type Answer<Slot> = Returned<Slot> | Failure;

/** What the client is promised by an output slot and a `.status(…)`. */
export type Promised<Slot, Status> = Status extends number
  ? Replies<{ [S in Status]: Delivered<Slot> }>
  : Slot extends { _zod: unknown }
    ? Slot extends { "~status": infer S extends number }
      ? Replies<{ [Key in S]: Delivered<Slot> }>
      : Delivered<Slot>
    : keyof Slot extends number
      ? Replies<{ -readonly [S in keyof Slot]: Delivered<Slot[S]> }>
      : ObjectDelivered<Slot & {}>;
