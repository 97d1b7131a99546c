import { body, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { decompress } from "@tenon/server/middleware";
import { z } from "zod";

/** FastAPI's tutorial makes a request class and a route class of its own for this. */
const gzipped = procedure.wrap(decompress());

const root = {
  sum: gzipped
    .route("POST /sum")
    .input({ numbers: body(z.array(z.int())) })
    .output({ sum: z.int() })
    .mutation(({ input }) => ({ sum: input.numbers.reduce((sum, each) => sum + each, 0) })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
