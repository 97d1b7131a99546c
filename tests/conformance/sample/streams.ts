import { comment, events, procedure, sse } from "@tenon/core";
import { memoryReplay } from "@tenon/server";
import { z } from "zod";
import { tenant, user, visitor } from "../sample-dependencies.ts";

const Told = events({ begun: z.null(), word: { text: z.string(), at: z.date() }, done: z.int() });

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
  told: procedure
    .input({ words: z.int().min(0).max(3).default(1) })
    .output(Told)
    .stream(async function* ({ input }) {
      yield comment("nobody hears of it");
      yield { event: "begun", data: null };
      for (let word = 0; word < input.words; word++) {
        yield sse(
          { event: "word", data: { text: `${word}`, at: new Date(0) } },
          { id: String(word), retry: 10 },
        );
      }
      yield { event: "done", data: input.words };
    }),
  kept: procedure
    .use({ visitor })
    .input({ topic: z.string().min(1).default("all") })
    .output({ n: z.int(), at: z.date() })
    .stream(
      async function* ({ lastEventId = "0" }) {
        for (let n = Number(lastEventId) + 1; n <= 3; n++) {
          yield sse({ n, at: new Date(0) }, { id: String(n) });
        }
      },
      { replay: memoryReplay(), keepAlive: 1000 },
    ),
  clock: procedure
    .input({ zone: z.string().default("UTC") })
    .receive({ since: z.date() })
    .send({ at: z.date(), elapsed: z.bigint() })
    .socket(
      async ({ socket }) => {
        for await (const { since } of socket) {
          const at = new Date(since.getTime() + 1000);
          await socket.send({ at, elapsed: BigInt(at.getTime() - since.getTime()) });
        }
      },
      { ping: 0, maxMessage: 1000 },
    ),
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
