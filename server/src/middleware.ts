/** `@tenon/server/middleware`: built-in middleware. */
export type { Coding } from "./middleware/coders.ts";
export { compress, type CompressOptions } from "./middleware/compress.ts";
export { cors, type CorsOptions } from "./middleware/cors.ts";
export { httpsRedirect, type HttpsRedirectOptions } from "./middleware/https-redirect.ts";
export { requestId, type RequestIdOptions } from "./middleware/request-id.ts";
export {
  type SecureHeader,
  secureHeaders,
  type SecureHeadersOptions,
} from "./middleware/secure-headers.ts";
export { trustedHost, type TrustedHostOptions } from "./middleware/trusted-host.ts";
