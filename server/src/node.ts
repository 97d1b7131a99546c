/** `@tenon/server/node`: serves an application on Node's HTTP server. */
export { createListener } from "./adapter/node-listener.ts";
export { type RunningServer, serve, type ServeOptions } from "./adapter/node-serve.ts";
export { supervise, type SuperviseOptions } from "./adapter/supervise.ts";
export { diskSpool } from "./upload/disk-spool.ts";
export type { Spool, SpooledFile } from "./upload/spool.ts";
