import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Item = z.object({ name: z.string(), description: z.string().nullable() }).meta({ id: "Item" });

const stored = [
  { name: "Plumbus", description: "A multi-purpose household device." },
  { name: "Portal Gun", description: "A portal opening device." },
  { name: "Meeseeks Box", description: "A box that summons a Meeseeks." },
];

const streamed = procedure.output(Item);
async function* all(): AsyncGenerator<z.infer<typeof Item>> {
  yield* stored;
}

const items = {
  watch: streamed.route("GET /items/stream").stream(all),
  watchSync: streamed.route("GET /items/stream-no-async").stream(all),
  watchPlainly: streamed.route("GET /items/stream-no-annotation").stream(all),
  watchPlainlySync: streamed.route("GET /items/stream-no-async-no-annotation").stream(all),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi({ unannotated: ["items.watchPlainly", "items.watchPlainlySync"] }),
});
