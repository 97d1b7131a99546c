// The server of the suite `many-callers`: a process of its own, so that its memory is its own.
import { dependency, procedure, router, sse, topic } from "@tenon/core";
import { createApp } from "@tenon/server";
import { memoryHub, openHub } from "@tenon/server/hub";
import { serve } from "@tenon/server/node";
import { z } from "zod";

const tick = topic("tick", z.object({ n: z.int(), at: z.date() }));
const hub = dependency.scope("app").resolve(() => openHub(memoryHub()));
let open = 0;
const counted = dependency.resolve(async function* () {
  open++;
  try {
    yield;
  } finally {
    open--;
  }
});
const base = procedure.use({ hub }).guard(counted);

const many = {
  watch: base.output(z.object({ n: z.int(), at: z.date() })).stream(async function* ({ hub, signal }) {
    for await (const each of await hub.follow(tick, { signal })) {
      yield sse(each, { id: String(each.n) });
    }
  }),
  talk: base
    .route("GET /talk")
    .receive(z.object({ n: z.int() }))
    .send(z.object({ n: z.int() }))
    .socket(async ({ socket }) => {
      for await (const message of socket) {
        await socket.send(message);
      }
    }),
  state: procedure.output({ rss: z.int(), heap: z.int(), open: z.int() }).query(() => {
    globalThis.gc?.();
    const { rss, heapUsed: heap } = process.memoryUsage();
    return { rss, heap, open };
  }),
};

const app = createApp({ many: router(many) });
const server = await serve(app, { port: 0 });
const { value } = await app.resolve(hub);
let n = 0;
setInterval(() => void value.publish(tick, { n: ++n, at: new Date() }), 1000).unref();
console.log(server.url);
