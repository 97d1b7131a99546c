/** `@tenon/server/middleware`: built-in middleware. */
export {
  accessLog,
  type AccessLogEntry,
  type AccessLogger,
  type AccessLogOptions,
} from "./middleware/access-log.ts";
export { bodyLimit } from "./middleware/body-limit.ts";
export { cache, type CacheOptions } from "./middleware/cache.ts";
export type { Coding } from "./middleware/coders.ts";
export { compress, type CompressOptions } from "./middleware/compress.ts";
export { cors, type CorsOptions } from "./middleware/cors.ts";
export { csrf, type CsrfOptions } from "./middleware/csrf.ts";
export { type BodyCoding, decompress, type DecompressOptions } from "./middleware/decompress.ts";
export { httpsRedirect, type HttpsRedirectOptions } from "./middleware/https-redirect.ts";
export { idempotency, type IdempotencyOptions } from "./middleware/idempotency.ts";
export {
  type IdempotencyStore,
  type KeptReply,
  memoryIdempotency,
  type MemoryIdempotencyOptions,
} from "./middleware/idempotency-store.ts";
export {
  memoryRateLimits,
  type RateLimitStore,
  type RatePolicy,
  type RateTaken,
} from "./middleware/rate.ts";
export { rateLimit, type RateLimitOptions } from "./middleware/rate-limit.ts";
export { requestId, type RequestIdOptions } from "./middleware/request-id.ts";
export {
  type SecureHeader,
  secureHeaders,
  type SecureHeadersOptions,
} from "./middleware/secure-headers.ts";
export { session, type SessionOptions, type Sessions } from "./middleware/session.ts";
export type { Session } from "./middleware/session-state.ts";
export { memorySessions, type SessionStore } from "./middleware/session-store.ts";
export { timeout } from "./middleware/timeout.ts";
export { trustedHost, type TrustedHostOptions } from "./middleware/trusted-host.ts";
