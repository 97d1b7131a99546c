/** `@tenon/server/node`: serves an application on Node's HTTP server, and mounts what was written for that. */
export { createListener } from "./adapter/node-listener.ts";
export { createMiddleware, type HandedOn } from "./adapter/node-middleware.ts";
export { type RunningServer, serve, type ServeOptions } from "./adapter/node-serve.ts";
export { supervise, type SuperviseOptions } from "./adapter/supervise.ts";
export { createUpgradeListener } from "./adapter/node-upgrade.ts";
export { type NodeHandler, nodeHandler, type NodeHandlerOptions } from "./mount/node-handler.ts";
export { diskSpool } from "./upload/disk-spool.ts";
export type { Spool, SpooledFile } from "./upload/spool.ts";
