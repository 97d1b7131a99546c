import { TransportError } from "../transport-error.ts";

// What a timer can hold; beyond, it fires at once.
const LONGEST = 2 ** 31 - 1;

/** Runs a call until it is done, its time is up or its caller gives it up, whatever the call itself does about it. */
export function withLimits<T>(
  run: (signal?: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
  timeout: number | undefined,
): Promise<T> {
  const isTimed = (timeout as number) <= LONGEST;
  if (!isTimed) {
    return signal === undefined ? run() : untilAborted(run, signal);
  }
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new DOMException(`no answer within ${timeout} ms`, "TimeoutError")),
    timeout,
  );
  const either = signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]);
  return untilAborted(run, either).finally(() => clearTimeout(timer));
}

/** A failure in the words of the client, where the signal is its reason. */
export function abortError({ reason }: AbortSignal): TransportError {
  const isTimeout = (reason as Error | undefined)?.name === "TimeoutError";
  return new TransportError(isTimeout ? "TIMEOUT" : "ABORTED", String(reason), reason);
}

async function untilAborted<T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    throw abortError(signal);
  }
  let stop: () => void = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(abortError(signal));
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([aborted, run(signal)]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
