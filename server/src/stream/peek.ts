/** Milliseconds for which the head waits for the first item: whoever fails at once gets the status of its problem. */
const EARLY = 100;

/** An iterator that was started. */
export interface Peeked<Item> {
  /** Its first step; undefined where it takes its time. */
  readonly first: IteratorResult<Item, unknown> | undefined;
  /** Gives the first step once more, then the others. */
  readonly items: AsyncIterator<Item, unknown>;
}

/** Starts an iterator and waits for its first step, but not for long. Throws what it fails with by then. */
export async function peek<Item>(source: AsyncIterator<Item, unknown>): Promise<Peeked<Item>> {
  const pending = source.next();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), EARLY);
  });
  const first = await Promise.race([pending, late]).finally(() => clearTimeout(timer));
  // Who waits for it later hears of its failure; nobody may have to.
  pending.catch(() => {});
  let isTaken = false;
  return {
    first,
    items: {
      next: () => {
        if (isTaken) {
          return source.next();
        }
        isTaken = true;
        return pending;
      },
      return: async (value) => (await source.return?.(value)) ?? { done: true, value: undefined },
    },
  };
}
