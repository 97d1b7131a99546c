import { DefinitionError, type KeptEvent, type ReplayStore } from "@tenon/core";

/** Bounds of `memoryReplay`. */
export interface MemoryReplayOptions {
  /** Events of one stream; 1000 by default. */
  events?: number;
  /** Characters of all streams together; 16 Mi by default. The stream that was quiet for longest goes first. */
  size?: number;
  /** Milliseconds that an event is kept; 5 minutes by default. */
  age?: number;
}

interface Stream {
  readonly events: (KeptEvent & { readonly at: number })[];
  readonly ids: Set<string>;
}

/** Keeps the last events of streams in this process. With several workers a caller may come back to one that knows nothing of them. */
export function memoryReplay(options: MemoryReplayOptions = {}): ReplayStore {
  const { events = 1000, size = 16 * 1024 * 1024, age = 5 * 60_000 } = options;
  if ([events, size, age].some((bound) => !(bound > 0))) {
    throw new DefinitionError("BAD_OPTION", "memoryReplay: its bounds are numbers above 0");
  }
  // The first is the one that was quiet for longest.
  const streams = new Map<string, Stream>();
  let total = 0;
  const isTooMuch = (): boolean => total > size;

  const forgetFirst = (stream: Stream): void => {
    const event = stream.events.shift();
    if (event !== undefined) {
      stream.ids.delete(event.id);
      total -= sizeOf(event);
    }
  };
  const forgetOld = (key: string, stream: Stream): void => {
    const since = Date.now() - age;
    while (stream.events[0] !== undefined && stream.events[0].at <= since) {
      forgetFirst(stream);
    }
    if (stream.events.length === 0) {
      streams.delete(key);
    }
  };
  const makeRoom = (): void => {
    for (const [key, stream] of streams) {
      forgetOld(key, stream);
      while (isTooMuch() && stream.events.length > 0) {
        forgetFirst(stream);
      }
      if (stream.events.length === 0) {
        streams.delete(key);
      }
      if (!isTooMuch()) {
        return;
      }
    }
  };

  return {
    isShared: false,
    append: (key, event) => {
      const stream = streams.get(key) ?? { events: [], ids: new Set() };
      if (stream.ids.has(event.id)) {
        return;
      }
      streams.delete(key);
      streams.set(key, stream);
      stream.events.push({ ...event, at: Date.now() });
      stream.ids.add(event.id);
      total += sizeOf(event);
      if (stream.events.length > events) {
        forgetFirst(stream);
      }
      makeRoom();
    },
    after: (key, id) => {
      const stream = streams.get(key);
      if (stream === undefined) {
        return undefined;
      }
      forgetOld(key, stream);
      return stream.ids.has(id)
        ? stream.events.slice(stream.events.findIndex((event) => event.id === id) + 1)
        : undefined;
    },
  };
}

// What an entry takes besides its text.
const OVERHEAD = 200;

function sizeOf({ id, text }: KeptEvent): number {
  return id.length * 2 + text.length + OVERHEAD;
}
