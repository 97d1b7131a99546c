import { type ClientSocket, type ConnectOptions, RESERVED_NAMES, type StreamOptions } from "@tenon/core";
import { type Result, unwrap } from "../result.ts";
import { streamItems } from "../stream/stream-items.ts";
import { call, type Connection, type OutgoingOptions } from "./call.ts";
import { keepResponse } from "./decode-response.ts";
import { encodeRest, encodeRpc, type RestInput } from "./encode-request.ts";

const RESERVED: ReadonlySet<string> = new Set(RESERVED_NAMES);

type Members = Record<string, unknown>;

/** The client itself: routers by name, and the methods of the REST style. */
export function clientProxy(connection: Connection): unknown {
  const members = Object.create(null) as Members;
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    members[method] = (template: string, input?: RestInput, options?: OutgoingOptions) =>
      callRest(connection, method, template, input, options);
  }
  return new Proxy({}, { get: (_target, name) => member(connection, members, "/rpc/", name) });
}

/** A router or a procedure: the client cannot know which. */
function entryProxy(connection: Connection, url: string): unknown {
  const send = async (input: unknown, options?: OutgoingOptions, isStream = false): Promise<Result> =>
    call(connection, encodeRpc(url, input, isStream), options);
  const sendRaw = async (input: unknown, options?: OutgoingOptions): Promise<Result> =>
    call(connection, encodeRpc(url, input, false), options, keepResponse);
  const members: Members = Object.assign(Object.create(null), {
    safe: (input?: unknown, options?: OutgoingOptions) => send(input, options),
    raw: (input?: unknown, options?: OutgoingOptions) => unwrap(sendRaw(input, options)),
    stream: (input?: unknown, options?: OutgoingOptions & StreamOptions) =>
      streamItems((signal, resume) => send(input, { ...options, ...resume, signal }, true), options),
    connect: async (
      input?: unknown,
      options?: OutgoingOptions & ConnectOptions,
    ): Promise<ClientSocket<unknown, unknown>> =>
      (await import("../socket.ts")).connect(connection, url, input, options),
  });
  // An arrow function: it has no `prototype`, which a proxy would have to tell.
  const target = (input?: unknown, options?: OutgoingOptions): Promise<unknown> =>
    unwrap(send(input, options));
  return new Proxy(target, { get: (_target, name) => member(connection, members, `${url}.`, name) });
}

// No name is made up for symbols, `then`, `toJSON` and their like: who asks for them asks whether this is a promise.
function member(connection: Connection, members: Members, prefix: string, name: string | symbol): unknown {
  if (typeof name === "symbol") {
    return undefined;
  }
  return (
    members[name] ??
    (RESERVED.has(name) ? undefined : (members[name] = entryProxy(connection, prefix + name)))
  );
}

/** Sent at once, like any promise; iterated where the answer is a stream, which a path does not tell. */
function callRest(
  connection: Connection,
  method: string,
  template: string,
  input: RestInput | undefined,
  options: OutgoingOptions | undefined,
): Promise<Result> & AsyncIterable<unknown> {
  const outgoing =
    input?.headers === undefined && input?.cookies === undefined
      ? options
      : { ...options, headers: { ...input.headers, ...options?.headers }, cookies: input.cookies };
  const send = async (): Promise<Result> => call(connection, encodeRest(method, template, input), outgoing);
  const result = send();
  return Object.assign(result, { [Symbol.asyncIterator]: () => streamItems(() => result) });
}
