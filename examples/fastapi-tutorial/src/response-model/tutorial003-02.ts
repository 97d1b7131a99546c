import { procedure, redirect, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const portal = {
  read: procedure
    .route("GET /portal")
    .input({ teleport: z.boolean().default(false) })
    .output({ 200: z.object({ message: z.string() }), 307: redirect(307) })
    .query(({ input, reply }) =>
      input.teleport
        ? reply(307, "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
        : reply(200, { message: "Here's your interdimensional portal." }),
    ),
};

export const routes = { portal: router(portal, { prefix: "" }) };

// FastAPI knows nothing of a Response that a handler returns; its document says 200, any JSON.
export const app = createApp(routes, { semantics: fastapi({ undescribed: ["portal.read"] }) });
