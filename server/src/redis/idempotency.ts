import { DefinitionError } from "@tenon/core";
import type { IdempotencyStore, KeptReply } from "../middleware/idempotency-store.ts";
import { type RedisClient, redisScript } from "./script.ts";

/** Options of `redisIdempotency`. */
export interface RedisIdempotencyOptions {
  prefix?: string;
  /** Seconds that a reply is kept; a day by default. */
  maxAge?: number;
  /**
   * Seconds after which a request that says nothing any more is taken for dead: that of a worker that was killed. Longer than any of
   * yours may take; 10 minutes by default.
   */
  lease?: number;
}

// Each in one step. A key holds `>` and the token of whoever runs, or the reply as JSON.
const begin = redisScript(`
local found = redis.call('GET', KEYS[1])
if found then
  return found
end
redis.call('SET', KEYS[1], '>' .. ARGV[1], 'EX', ARGV[2])
return false
`);
const end = redisScript(`
local found = redis.call('GET', KEYS[1])
if found and found ~= '>' .. ARGV[1] then
  return 0
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
return 1
`);

/** A reply in JSON, which holds no bytes. */
interface Stored extends Omit<KeptReply, "body"> {
  readonly text?: string;
  readonly bytes?: string;
}

/** Keeps replies in Redis, for `idempotency` with several workers. The client is yours: connect it, and close it. */
export function redisIdempotency(
  client: RedisClient,
  { prefix = "tenon:idempotency:", maxAge = 24 * 60 * 60, lease = 600 }: RedisIdempotencyOptions = {},
): IdempotencyStore {
  for (const [name, seconds] of Object.entries({ maxAge, lease })) {
    if (!Number.isSafeInteger(seconds) || seconds < 1) {
      throw new DefinitionError("BAD_OPTION", `redisIdempotency: ${name} is in whole seconds, at least 1`);
    }
  }
  // What runs in this process: nobody else's key is given up by mistake, when ours has run out.
  const tokens = new Map<string, string>();
  const finish = async (key: string, value: string): Promise<void> => {
    const token = tokens.get(key);
    tokens.delete(key);
    if (token !== undefined) {
      await end(client, { keys: [prefix + key], arguments: [token, value, String(maxAge)] });
    }
  };
  return {
    begin: async (key) => {
      const token = crypto.randomUUID();
      const found = await begin(client, { keys: [prefix + key], arguments: [token, String(lease)] });
      if (typeof found !== "string") {
        tokens.set(key, token);
        return "begun";
      }
      return found.startsWith(">") ? "running" : read(JSON.parse(found) as Stored);
    },
    keep: (key, reply) => finish(key, JSON.stringify(write(reply))),
    drop: (key) => finish(key, ""),
  };
}

function write({ body, ...reply }: KeptReply): Stored {
  return body === undefined
    ? reply
    : typeof body === "string"
      ? { ...reply, text: body }
      : { ...reply, bytes: Buffer.from(body).toString("base64") };
}

function read({ text, bytes, ...reply }: Stored): KeptReply {
  return { ...reply, body: bytes === undefined ? text : new Uint8Array(Buffer.from(bytes, "base64")) };
}
