import { header, procedure, query } from "@tenon/core";
import { createClient } from "@tenon/client";
import { createApp } from "@tenon/server";
import { z } from "zod";

const items = {
  read: procedure
    .input({ id: z.int() })
    .output({ id: z.int(), name: z.string() })
    .errors({ NOT_FOUND: { status: 404, data: { id: z.int() } } })
    .query(({ input, errors }) => errors.NOT_FOUND({ id: input.id })),
  create: procedure
    .input({ name: z.string(), token: header("x-token", z.string()) })
    .output({ id: z.int() })
    .mutation(() => ({ id: 1 })),
  watch: procedure.output(z.int()).stream(async function* () {
    yield 1;
  }),
  helper: (x: number): number => x,
};
const app = createApp({ items });
const api = createClient<typeof app>({ url: "http://localhost" });
async function use(): Promise<number> {
  const item = await api.items.read({ id: 7 });
  return item.name;
}
void use;
