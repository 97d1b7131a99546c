import { sse, procedure } from "@tenon/core";
import { z } from "zod";
import { tenant, user, visitor } from "../sample-dependencies.ts";

/** Streams and sockets. */
export const streams = {
  watch: procedure
    .use({ visitor, tenant })
    .input({ from: z.int().min(0).default(0) })
    .output({ n: z.int(), at: z.date() })
    .stream(async function* ({ input }) {
      yield { n: input.from, at: new Date(0) };
      yield sse({ n: input.from + 1, at: new Date(0) }, { id: "two", event: "more" });
    }),
  ending: procedure
    .input({ how: z.enum(["well", "declared", "thrown"]).default("well") })
    .output(z.string())
    .errors({ GONE: { status: 410, data: { last: z.int() } } })
    .stream(async function* ({ input, errors }) {
      yield "one\ntwo";
      if (input.how === "declared") {
        throw errors.GONE({ last: 1 });
      }
      if (input.how === "thrown") {
        throw new Error("secret");
      }
    }),
  talk: procedure
    .use({ user })
    .input({ room: z.string().default("hall") })
    .receive({ say: z.string() })
    .send({ said: z.string() })
    .socket(async ({ socket }) => {
      for await (const { say } of socket) {
        await socket.send({ said: say });
      }
    }),
};
