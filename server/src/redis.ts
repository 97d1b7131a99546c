/** `@tenon/server/redis`: stores that several workers share, on Redis. */
export { type RedisClient, redisRateLimits } from "./redis/rate-limits.ts";
