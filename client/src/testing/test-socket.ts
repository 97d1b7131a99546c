import { Thrown } from "../call/thrown.ts";
import { TransportError } from "../transport-error.ts";
import { type AskForSocket, InProcessSocket } from "./in-process-socket.ts";

/** A socket as it is on the wire: frames in, frames out. */
export interface TestSocket extends AsyncIterable<string | Uint8Array> {
  send(frame: string | Uint8Array): void;
  /** The next frame. Rejects with a `TransportError` where the socket is closed instead. */
  receive(): Promise<string | Uint8Array>;
  close(code?: number, reason?: string): void;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Opens one. Rejects with the problem of an application that refuses. */
export async function openTestSocket(url: string, ask: AskForSocket): Promise<TestSocket> {
  const raw = new InProcessSocket(url, ask);
  const frames: (string | Uint8Array)[] = [];
  let isOver = false;
  let wake: () => void = () => {};
  raw.addEventListener("message", (event) => {
    frames.push((event as MessageEvent<string | Uint8Array>).data);
    wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    raw.addEventListener("close", (event) => {
      const { code, reason } = event as CloseEvent;
      isOver = true;
      resolve({ code, reason });
      wake();
    });
  });
  await new Promise<void>((resolve, reject) => {
    raw.addEventListener("open", () => resolve());
    raw.addEventListener("error", (event) => {
      const { error } = event as ErrorEvent;
      reject(error instanceof Thrown ? error.error : error);
    });
  });
  const next = async (): Promise<IteratorResult<string | Uint8Array>> => {
    while (frames.length === 0 && !isOver) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const value = frames.shift();
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  };
  return {
    send: (frame) => raw.send(frame),
    receive: async () => {
      const step = await next();
      if (step.done === true) {
        const end = await closed;
        throw new TransportError("NETWORK", end, `the socket was closed: ${end.code} ${end.reason}`);
      }
      return step.value;
    },
    close: (code = 1000, reason = "") => raw.close(code, reason),
    closed,
    [Symbol.asyncIterator]: () => ({ next }),
  };
}
