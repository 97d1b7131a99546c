// What a timer can hold; beyond, it fires at once.
const LONGEST = 2 ** 31 - 1;

/** Runs a call until it is done, its time is up or its caller gives it up, whatever the call itself does about it. */
export async function withLimits<T>(
  run: (signal?: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
  timeout: number | undefined,
): Promise<T> {
  const isTimed = (timeout as number) <= LONGEST;
  if (!isTimed && signal === undefined) {
    return run();
  }
  signal?.throwIfAborted();
  let stop: () => void = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let either = signal;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop);
    if (isTimed) {
      const controller = new AbortController();
      either = signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]);
      timer = setTimeout(() => {
        const reason = new DOMException(`no answer within ${timeout} ms`, "TimeoutError");
        reject(reason);
        controller.abort(reason);
      }, timeout);
    }
  });
  try {
    return await Promise.race([stopped, run(either)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
