import { body, bytes, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Data = z.object({ description: z.string(), data: bytes() }).meta({ id: "Data" });

const data = {
  send: procedure
    .route("POST /data")
    .input({ data: body(Data) })
    .output({ description: z.string(), content: z.string() })
    .mutation(({ input: { data } }) => ({
      description: data.description,
      content: new TextDecoder().decode(data.data),
    })),
  read: procedure
    .route("GET /data")
    .output(Data)
    .query(() => ({ description: "A plumbus", data: new TextEncoder().encode("hello") })),
  echo: procedure
    .route("POST /data-in-out")
    .input({ data: body(Data) })
    .output(Data)
    .mutation(({ input }) => input.data),
};

export const routes = { data: router(data, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
