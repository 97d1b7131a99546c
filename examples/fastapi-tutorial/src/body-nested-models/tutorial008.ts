import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Image = z.object({ url: z.url({ protocol: /^https?$/ }), name: z.string() }).meta({ id: "Image" });

const images = {
  add: procedure
    .route("POST /images/multiple/")
    .input({ images: body(z.array(Image)) })
    .output(z.array(Image))
    .mutation(({ input }) => input.images),
};

export const routes = { images: router(images, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
