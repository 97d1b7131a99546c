import type { SessionStore } from "../middleware/session-store.ts";

/** What keeping sessions needs of a client of Redis: one of `redis` (node-redis) has it. */
export interface RedisSessionClient {
  get(key: string): Promise<unknown>;
  set(key: string, value: string, options: { expiration: { type: "EXAT"; value: number } }): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

/** Keeps sessions in Redis, for `session` with several workers. The client is yours: connect it, and close it. */
export function redisSessions(
  client: RedisSessionClient,
  { prefix = "tenon:session:" }: { prefix?: string } = {},
): SessionStore {
  return {
    get: async (id) => {
      const json = await client.get(prefix + id);
      return typeof json === "string" ? (JSON.parse(json) as Record<string, unknown>) : undefined;
    },
    set: async (id, data, until) => {
      await client.set(prefix + id, JSON.stringify(data), { expiration: { type: "EXAT", value: until } });
    },
    delete: async (id) => {
      await client.del(prefix + id);
    },
  };
}
