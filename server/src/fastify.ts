/** `@tenon/server/fastify`: an application as a plugin of Fastify. */
export { fastifyPlugin } from "./adapter/fastify-plugin.ts";
