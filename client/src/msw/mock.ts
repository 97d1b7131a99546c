import type { FrameworkProblem, ProblemsIn, Replies } from "@tenon/core";

type MaybePromise<T> = T | Promise<T>;

/** A value as a request carries it in JSON: nobody here knows the schema that would make a `Date` of it. */
export type OnWire<T> = T extends Date | bigint | URL | Uint8Array
  ? string
  : T extends Blob | undefined | null | string | number | boolean
    ? T
    : T extends ReadonlySet<infer Item>
      ? OnWire<Item>[]
      : T extends ReadonlyMap<infer Key, infer Value>
        ? [OnWire<Key>, OnWire<Value>][]
        : T extends object
          ? { [K in keyof T]: OnWire<T[K]> }
          : T;

/** A failure in an answer's place: what a procedure declares, or what the framework may say. */
export type MockProblem<Errors> = Brief<ProblemsIn<Errors> | FrameworkProblem>;
type Brief<P> = P extends { code: infer Code; status: infer Status; data: infer Data }
  ? { readonly code: Code; readonly status: Status; readonly detail?: string } & (undefined extends Data
      ? { readonly data?: Data }
      : { readonly data: Data })
  : never;

/** An answer with a status of its own. */
export class MockReply<Status, Value> {
  readonly status: Status;
  readonly value: Value;

  constructor(status: Status, value: Value) {
    this.status = status;
    this.value = value;
  }
}

/** A failure, told apart from whatever an output may look like. */
export class MockFailure {
  readonly problem: { readonly code: unknown; readonly status: unknown };

  constructor(problem: MockFailure["problem"]) {
    this.problem = problem;
  }
}

type ReplyOf<Output> =
  Output extends Replies<infer Map>
    ? { [Status in keyof Map]: MockReply<Status, Map[Status]> }[keyof Map]
    : Output | MockReply<number, Output>;

/** What a mock is given. */
export interface MockArgument<Input, Output, Errors> {
  /** What was sent, keys from path, query and body together, as JSON has it. */
  readonly input: OnWire<Input>;
  readonly request: Request;
  /** Fails: `return problem({ code: "NOT_FOUND", status: 404, data: { id: 7 } })`. */
  readonly problem: (problem: MockProblem<Errors>) => MockFailure;
  /** Answers with one of several statuses: `reply(202, { job })`. */
  readonly reply: Output extends Replies<infer Map>
    ? <Status extends keyof Map>(status: Status, value: Map[Status]) => MockReply<Status, Map[Status]>
    : (status: number, value: Output) => MockReply<number, Output>;
}

/** Makes the handler of one procedure. */
export interface Mock<Input, Output, Errors, Handler> {
  (
    resolve: (
      argument: MockArgument<Input, Output, Errors>,
    ) => MaybePromise<ReplyOf<Output> | MockFailure | Response>,
  ): Handler;
}

/** Makes the handler of a stream: its items come from a generator. */
export interface StreamMock<Input, Item, Errors, Handler> {
  (
    resolve: (
      argument: MockArgument<Input, Item, Errors>,
    ) => MaybePromise<AsyncIterable<Item> | MockFailure | Response>,
  ): Handler;
}
