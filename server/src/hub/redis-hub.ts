import type { HubBacking } from "./backing.ts";

/** What is needed of a client of Redis: one of `redis` (node-redis) has it. */
export interface RedisPublisher {
  publish(channel: string, message: string): Promise<unknown>;
  duplicate(): RedisSubscriber;
}

/** A connection that only listens, as Redis asks for. */
export interface RedisSubscriber {
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string, channel: string) => void): Promise<void>;
  unsubscribe(channel: string): Promise<void>;
  // oxlint-disable-next-line typescript/no-explicit-any -- as node-redis declares it
  on(event: string, listener: (...details: any[]) => void): unknown;
  close(): unknown;
}

/**
 * Carries messages through Redis (`PUBLISH`, `SUBSCRIBE`): at most once, to whoever is connected. The client is yours: connect it, and
 * close it; the hub opens one connection beside it.
 */
export function redisHub(
  client: RedisPublisher,
  { prefix = "tenon:hub:" }: { prefix?: string } = {},
): HubBacking {
  let subscriber: RedisSubscriber | undefined;
  let deliver: (text: string, channel: string) => void = () => {};
  return {
    open: async (listener) => {
      deliver = (text, channel) => listener.message(channel.slice(prefix.length), text);
      const opened = client.duplicate();
      let isReady = false;
      opened.on("error", (error: unknown) => listener.error(error));
      // node-redis follows its channels again by itself.
      opened.on("ready", () => {
        if (isReady) {
          listener.gap();
        }
        isReady = true;
      });
      await opened.connect();
      subscriber = opened;
    },
    publish: async (channel, text) => void (await client.publish(prefix + channel, text)),
    subscribe: async (channel) => {
      await subscriber?.subscribe(prefix + channel, deliver);
    },
    unsubscribe: async (channel) => {
      await subscriber?.unsubscribe(prefix + channel);
    },
    close: async () => {
      await subscriber?.close();
      subscriber = undefined;
    },
  };
}
