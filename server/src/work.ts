/** What outlives its requests' replies, or would: background work, and streams and sockets that last until somebody leaves. */
export class Work {
  readonly #running = new Set<Promise<void>>();
  readonly #lasting = new Set<() => void>();
  #isEnding = false;

  /** Background work, the closing of a request. */
  get running(): ReadonlySet<Promise<void>> {
    return this.#running;
  }

  track(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Keeps what ends a stream or a socket when the app stops; gives what forgets it. */
  keep(end: () => void): () => void {
    this.#lasting.add(end);
    if (this.#isEnding) {
      queueMicrotask(end);
    }
    return () => void this.#lasting.delete(end);
  }

  /** Ends streams and sockets, those that open from now on, too. */
  endLasting(): void {
    this.#isEnding = true;
    for (const end of this.#lasting) {
      end();
    }
  }

  /** Waits until nothing runs any more, at most `grace` milliseconds. False: something still does. */
  async drain(grace: number): Promise<boolean> {
    const end = Date.now() + grace;
    while (this.#running.size > 0 && Date.now() < end) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, end - Date.now());
      });
      await Promise.race([Promise.allSettled(this.#running), late]);
      clearTimeout(timer);
    }
    this.#isEnding = false;
    return this.#running.size === 0;
  }
}
