import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../app.ts";
import { withoutBase } from "../request/target.ts";
import { answerBeside, exchangeOf } from "./node-middleware.ts";

/**
 * The application as a plugin of Fastify: `fastify.register(fastifyPlugin(app), { prefix: "/api" })`. It starts and closes with
 * Fastify, reads bodies itself, and leaves what it has no address for to Fastify's own 404. Headers that hooks have set stay;
 * `onSend` hooks do not see its replies.
 */
export function fastifyPlugin(app: App<unknown>): FastifyPluginAsync {
  return async (instance) => {
    const basePath = instance.prefix.replace(/\/$/, "");
    const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const target = withoutBase(request.raw.url as string, basePath);
      const exchange = exchangeOf(request.raw, reply.raw, { basePath, target });
      if (!app.finds(exchange)) {
        reply.callNotFound();
        return;
      }
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) {
          reply.raw.setHeader(name, value);
        }
      }
      answerBeside(app, exchange, reply.raw);
    };
    // The body is the application's to read: nobody else touches it.
    instance.removeAllContentTypeParsers();
    instance.addContentTypeParser("*", (_request, _payload, done) => done(null));
    instance.addHook("onReady", () => app.start());
    instance.addHook("preClose", async () => app.endStreams());
    instance.addHook("onClose", () => app.stop());
    instance.all("/*", handle);
    if (basePath !== "") {
      instance.all("/", handle);
    }
  };
}
