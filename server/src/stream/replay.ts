import { isServerSentEvent, type Operation, type ReplayStore } from "@tenon/core";
import { toWire } from "@tenon/core/wire";
import type { RequestContext } from "../request/request-context.ts";
import { credentialsOf } from "../security/presented.ts";
import { encodeEvent } from "./encode-event.ts";

/** An event that is text already: it was kept. */
export class WrittenEvent {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Whose events they are: of an operation, an input, a caller, and a form on the wire. Hashed, since credentials are among it. */
export async function streamKey(
  operation: Operation,
  context: RequestContext,
  form: string,
): Promise<string> {
  const input = JSON.stringify(toWire(context.input ?? {}));
  const whose = JSON.stringify([operation.id, form, input, credentialsOf(context)]);
  // WebCrypto: every run time has it.
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(whose));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** The kept events after the one that the caller has seen, then those that the handler makes from there on, which are kept. */
export async function* replayed(
  store: ReplayStore,
  whose: () => Promise<string>,
  lastEventId: string | undefined,
  begin: (lastEventId: string | undefined) => AsyncIterable<unknown>,
  write: (item: unknown) => string,
): AsyncGenerator<unknown, unknown> {
  const key = await whose();
  let last = lastEventId;
  if (last !== undefined) {
    const kept = await store.after(key, last);
    if (kept === undefined) {
      yield new WrittenEvent(encodeEvent({ event: "gap", data: JSON.stringify({ lastEventId: last }) }));
      last = undefined;
    }
    for (const { id, text } of kept ?? []) {
      yield new WrittenEvent(text);
      last = id;
    }
  }
  const iterator = begin(last)[Symbol.asyncIterator]();
  let isOver = false;
  try {
    while (true) {
      const step = await iterator.next();
      if (step.done === true) {
        isOver = true;
        return step.value;
      }
      if (isServerSentEvent(step.value) && step.value.id !== undefined) {
        const text = write(step.value);
        await store.append(key, { id: step.value.id, text });
        yield new WrittenEvent(text);
      } else {
        yield step.value;
      }
    }
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    if (!isOver) {
      await iterator.return?.();
    }
  }
}
