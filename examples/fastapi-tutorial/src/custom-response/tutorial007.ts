import { binary, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

async function* fakeVideo(): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < 10; index++) {
    yield new TextEncoder().encode("some fake video bytes");
  }
}

const root = {
  video: procedure
    .route("GET /")
    .output(binary("video/mp4"))
    .query(() => fakeVideo()),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
