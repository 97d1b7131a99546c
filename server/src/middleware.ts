/** `@tenon/server/middleware`: built-in middleware. */
export { cors, type CorsOptions } from "./middleware/cors.ts";
