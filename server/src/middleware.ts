/** `@tenon/server/middleware`: built-in middleware. */
export {
  accessLog,
  type AccessLogEntry,
  type AccessLogger,
  type AccessLogOptions,
} from "./middleware/access-log.ts";
export { bodyLimit } from "./middleware/body-limit.ts";
export type { Coding } from "./middleware/coders.ts";
export { compress, type CompressOptions } from "./middleware/compress.ts";
export { cors, type CorsOptions } from "./middleware/cors.ts";
export { csrf, type CsrfOptions } from "./middleware/csrf.ts";
export { type BodyCoding, decompress, type DecompressOptions } from "./middleware/decompress.ts";
export { httpsRedirect, type HttpsRedirectOptions } from "./middleware/https-redirect.ts";
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
export { timeout } from "./middleware/timeout.ts";
export { trustedHost, type TrustedHostOptions } from "./middleware/trusted-host.ts";
