import { type AnyTopic, readTopic, type TopicDefinition } from "@tenon/core";
import { safeDecode, safeEncode, SchemaError, type TypedSchema } from "@tenon/core/wire";
import type { HubBacking } from "./backing.ts";
import { Follower } from "./follower.ts";

/** Which messages of a topic. */
export interface PublishOptions {
  /** A room, a user, a document: only those who follow the same key get the message. */
  key?: string;
}

/** How somebody follows a topic. */
export interface FollowOptions {
  /** Only messages that were published with the same key. */
  key?: string;
  /** Ends following. */
  signal?: AbortSignal;
  /** Messages that may wait for this reader; 1000 by default. */
  buffer?: number;
  /** A reader who is slower than that: `fail` ends its loop with a `FollowerTooSlow` (by default), `drop-oldest` loses the oldest. */
  overflow?: "fail" | "drop-oldest";
  /** Hears that the connection to other processes was lost for a while, and messages with it. */
  onGap?: () => void;
}

/** Publishes messages to whoever follows, in whichever process: the value of a dependency of scope `app`. */
export interface Hub {
  /**
   * Resolves when the message is on its way, not when it was read. Throws a `SchemaError` for what the topic's schema does not take.
   */
  publish<T extends AnyTopic>(topic: T, message: T["~sent"], options?: PublishOptions): Promise<void>;
  /**
   * Resolves when messages arrive: what is published from then on is in the loop, in the order of its publisher. Leave the loop, or
   * abort the signal, to end it.
   */
  follow<T extends AnyTopic>(
    topic: T,
    options?: FollowOptions,
  ): Promise<AsyncIterableIterator<T["~received"]>>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Options of `openHub`. */
export interface HubOptions {
  /** Hears of messages that do not fit their topic, and of lost connections. The console by default. */
  onError?: (error: unknown) => void;
}

interface Channel {
  readonly followers: Map<Follower, (() => void) | undefined>;
  readonly definition: TopicDefinition;
  readonly opened: Promise<void>;
  /** Messages are handed on in the order in which they came, whatever their schema has to wait for. */
  last: Promise<void>;
}

/**
 * Opens a hub. It is made for a dependency, which closes it when the application stops:
 *
 *     export const hub = dependency.scope("app").resolve(() => openHub(memoryHub()));
 */
export async function openHub(backing: HubBacking, options: HubOptions = {}): Promise<Hub> {
  const { onError = (error) => console.error("hub:", error) } = options;
  const channels = new Map<string, Channel>();
  /** A channel that is being left has to be left before it is followed again. */
  let changes: Promise<void> = Promise.resolve();
  let isClosed = false;
  const inTurn = (change: () => Promise<void>): Promise<void> => {
    const changed = changes.then(change);
    changes = changed.catch(() => {});
    return changed;
  };

  const deliver = async (channel: Channel, text: string): Promise<void> => {
    const { definition, followers } = channel;
    const decoded = await safeDecode(definition.schema as TypedSchema<unknown>, JSON.parse(text));
    if (!decoded.ok) {
      throw new SchemaError("decode", decoded.issues, decoded.truncated);
    }
    for (const follower of followers.keys()) {
      follower.push(decoded.value);
    }
  };
  await backing.open({
    message: (name, text) => {
      const channel = channels.get(name);
      if (channel !== undefined) {
        channel.last = channel.last.then(() => deliver(channel, text)).catch(onError);
      }
    },
    gap: () => {
      for (const { followers } of channels.values()) {
        followers.forEach((onGap) => onGap?.());
      }
    },
    error: onError,
  });

  const enter = (name: string, definition: TopicDefinition): Channel => {
    const known = channels.get(name);
    if (known !== undefined) {
      return known;
    }
    const opened = inTurn(() => backing.subscribe(name));
    const channel: Channel = { followers: new Map(), definition, opened, last: Promise.resolve() };
    channels.set(name, channel);
    return channel;
  };
  const leave = (name: string, channel: Channel, follower: Follower): void => {
    channel.followers.delete(follower);
    if (channel.followers.size === 0 && channels.get(name) === channel) {
      channels.delete(name);
      if (!isClosed) {
        inTurn(() => backing.unsubscribe(name)).catch(onError);
      }
    }
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    for (const { followers } of channels.values()) {
      [...followers.keys()].forEach((follower) => follower.end());
    }
    await changes;
    await backing.close();
  };

  return {
    publish: async (topic, message, { key } = {}) => {
      const definition = readTopic(topic);
      const encoded = await safeEncode(definition.schema as TypedSchema<unknown>, message);
      if (!encoded.ok) {
        throw new SchemaError("encode", encoded.issues, encoded.truncated);
      }
      await backing.publish(channelOf(definition, key), JSON.stringify(encoded.value));
    },
    follow: async (topic, { key, signal, buffer = 1000, overflow = "fail", onGap } = {}) => {
      if (!(buffer >= 1)) {
        throw new RangeError(`the buffer of a follower holds at least 1 message, not ${buffer}`);
      }
      if (isClosed) {
        throw new Error("the hub is closed");
      }
      const definition = readTopic(topic);
      const name = channelOf(definition, key);
      const channel = enter(name, definition);
      const end = (): void => follower.end();
      const follower = new Follower({
        buffer,
        overflow,
        onEnd: () => {
          signal?.removeEventListener("abort", end);
          leave(name, channel, follower);
        },
      });
      channel.followers.set(follower, onGap);
      signal?.addEventListener("abort", end);
      if (signal?.aborted === true) {
        end();
      }
      try {
        await channel.opened;
      } catch (error) {
        end();
        throw error;
      }
      return follower as AsyncIterableIterator<never>;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The name of a topic has no colon: what follows the first one is the key. */
function channelOf({ name }: TopicDefinition, key: string | undefined): string {
  return key === undefined ? name : `${name}:${encodeURIComponent(key)}`;
}
