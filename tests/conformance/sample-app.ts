import { procedure, router } from "@tenon/core";
import { createApp, plugin } from "@tenon/server";
import { accessLog, compress, cors, decompress, requestId, secureHeaders } from "@tenon/server/middleware";
import { z } from "zod";
import { flood } from "./sample-dependencies.ts";
import { forms, uploads } from "./sample/forms.ts";
import { items } from "./sample/items.ts";
import { layered, limited } from "./sample/layers.ts";
import { places } from "./sample/places.ts";
import { faults, media, modes, statuses } from "./sample/replies.ts";
import { streams } from "./sample/streams.ts";
import { wire } from "./sample/wire.ts";

/** What a plugin adds is documented like the rest. */
const linked = plugin("linked", {
  routes: { links: { list: procedure.output(z.string()).query(({ ctx }) => ctx.urlFor(limited.list)) } },
  middleware: [
    {
      name: "linked",
      responseHeaders: { "x-linked": "Links are given out." },
      handle: async (_ctx, next) => {
        const reply = await next();
        reply.headers.push("x-linked", "yes");
        return reply;
      },
    },
  ],
});

/** Every kind of input and output, of dependency, credential and failure. */
export const app = createApp(
  {
    items,
    places: router(places, { prefix: "" }),
    forms,
    uploads: router(uploads, { prefix: "" }),
    wire: router(wire, { prefix: "" }),
    statuses: router(statuses, { prefix: "" }),
    streams,
    media,
    modes,
    faults,
    limited,
    layered,
    restOnly: router({ list: procedure.output(z.string()).query(() => "") }, { rpc: false }),
  },
  {
    info: { title: "Sample", version: "1.0.0" },
    plugins: [linked],
    middleware: [
      requestId(),
      accessLog({ logger: { info: () => {}, error: () => {} } }),
      cors({ origins: ["https://shop.example"] }),
      secureHeaders(),
      compress(),
      decompress(),
      flood,
    ],
    onError: () => {},
  },
);
