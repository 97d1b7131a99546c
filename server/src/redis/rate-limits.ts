import { type RateLimitStore, rateTaken } from "../middleware/rate.ts";
import { type RedisClient, redisScript } from "./script.ts";

// The same rule as `decideRate`, by the clock of Redis: one step, whoever asks at the same time. A key holds when it has its
// whole limit again, in milliseconds, and goes then.
const take = redisScript(`
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
`);

/** Counts quotas in Redis, for `rateLimit` with several workers. The client is yours: connect it, and close it. */
export function redisRateLimits(
  client: RedisClient,
  { prefix = "tenon:rate:" }: { prefix?: string } = {},
): RateLimitStore {
  return {
    take: async (key, policy) => {
      const options = { keys: [prefix + key], arguments: [String(policy.limit), String(policy.window)] };
      const [isAllowed, ahead] = (await take(client, options)) as [number, string];
      return rateTaken(isAllowed === 1, Number(ahead), policy);
    },
  };
}
