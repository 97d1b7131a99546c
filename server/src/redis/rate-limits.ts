import { createHash } from "node:crypto";
import { type RateLimitStore, rateTaken } from "../middleware/rate.ts";

/** What is needed of a client of Redis: one of `redis` (node-redis) has it. */
export interface RedisClient {
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  evalSha(digest: string, options: ScriptOptions): Promise<unknown>;
}

interface ScriptOptions {
  keys: string[];
  arguments: string[];
}

// The same rule as `decideRate`, by the clock of Redis: one step, whoever asks at the same time. A key holds when it has its
// whole limit again, in milliseconds, and goes then.
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local step = window / limit
local ahead = math.max(0, (tonumber(redis.call('GET', KEYS[1])) or now) - now)
if ahead + step > window + step / 1000 then
  return { 0, string.format('%.6f', ahead) }
end
ahead = ahead + step
redis.call('SET', KEYS[1], string.format('%.6f', now + ahead), 'PX', math.max(1, math.ceil(ahead)))
return { 1, string.format('%.6f', ahead) }
`;

const DIGEST = createHash("sha1").update(TAKE).digest("hex");

/** Counts quotas in Redis, for `rateLimit` with several workers. The client is yours: connect it, and close it. */
export function redisRateLimits(
  client: RedisClient,
  { prefix = "tenon:rate:" }: { prefix?: string } = {},
): RateLimitStore {
  return {
    take: async (key, policy) => {
      const options = { keys: [prefix + key], arguments: [String(policy.limit), String(policy.window)] };
      const [isAllowed, ahead] = (await run(client, options)) as [number, string];
      return rateTaken(isAllowed === 1, Number(ahead), policy);
    },
  };
}

/** The script travels once; a Redis that was restarted asks for it again. */
async function run(client: RedisClient, options: ScriptOptions): Promise<unknown> {
  try {
    return await client.evalSha(DIGEST, options);
  } catch (error) {
    if (!(error as Error).message.startsWith("NOSCRIPT")) {
      throw error;
    }
    return client.eval(TAKE, options);
  }
}
