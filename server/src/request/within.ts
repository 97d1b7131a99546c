/** Waits for work at most so many milliseconds, and throws then: the work itself goes on, but nobody waits for it. 0 for no limit. */
export async function within(limit: number, work: Promise<unknown>, what: string): Promise<void> {
  if (limit === 0) {
    await work;
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new DOMException(
          `${what} took longer than ${limit} ms: nothing waits for it any more`,
          "TimeoutError",
        ),
      );
    }, limit);
    timer.unref();
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
