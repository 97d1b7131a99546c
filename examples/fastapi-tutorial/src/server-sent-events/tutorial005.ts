import { body, procedure, router, sse } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi, rawData } from "@tenon/server/fastapi";
import { z } from "zod";

const Prompt = z.object({ text: z.string() }).meta({ id: "Prompt" });

const chat = {
  watch: procedure
    .route("POST /chat/stream")
    .input({ prompt: body(Prompt) })
    .output(z.string())
    .stream(async function* ({ input }) {
      for (const word of input.prompt.text.split(/\s+/).filter((each) => each !== "")) {
        yield sse(word, { event: "token" });
      }
      yield rawData("[DONE]", { event: "done" });
    }),
};

export const routes = { chat: router(chat, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
