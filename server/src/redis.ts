/** `@tenon/server/redis`: stores that several workers share, on Redis. */
export { redisIdempotency, type RedisIdempotencyOptions } from "./redis/idempotency.ts";
export { redisRateLimits } from "./redis/rate-limits.ts";
export { redisReplay, type RedisReplayOptions } from "./redis/replay.ts";
export type { RedisClient } from "./redis/script.ts";
export { redisSessions, type RedisSessionClient } from "./redis/sessions.ts";
