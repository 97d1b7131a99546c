// A server as a process of its own, from what was built. It says on stdout what happens, one line each.
import { writeSync } from "node:fs";
import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { serve, supervise } from "@tenon/server/node";
import { z } from "zod";

const { MODE, GRACE = "5000", NOTICE = "0", WORKERS } = process.env;
const own = WORKERS === undefined ? "" : ` ${process.pid}`;
const say = (line) => writeSync(1, `${line}${own}\n`);

let release;
const released = new Promise((resolve) => {
  release = resolve;
});
process.on("message", () => release());

const traced = (name, uses = {}) =>
  dependency
    .scope("app")
    .use(uses)
    .resolve(async function* () {
      say(`${name} opens`);
      yield name;
      say(`${name} closes`);
    });
const pool = traced("pool");
const cache = traced("cache", { pool });
const search = dependency
  .scope("app")
  .use({ cache })
  .resolve(async () => {
    if (MODE === "fails") {
      throw new Error("connection refused");
    }
    if (MODE === "waits") {
      say("search waits");
      await released;
    }
    return "search";
  });
const base = procedure.use({ cache, search });

const things = router({
  list: base.output(z.string()).query(() => (own === "" ? "thing" : String(process.pid))),
  slow: base
    .route("GET /slow")
    .output(z.string())
    .query(async () => {
      say("slow begins");
      await released;
      say("slow ends");
      return "slow";
    }),
  stuck: base
    .route("GET /stuck")
    .output(z.string())
    .query(() => {
      say("stuck begins");
      return new Promise(() => {});
    }),
  watch: base
    .route("GET /watch")
    .output(z.int())
    .stream(async function* ({ signal }) {
      yield 1;
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      say("stream ends");
    }),
  later: base
    .route("GET /later")
    .output(z.string())
    .query(({ ctx }) => {
      ctx.after(async () => {
        say("background begins");
        await released;
        say("background ends");
      });
      return "later";
    }),
});
const inner = createApp({
  parts: {
    list: procedure
      .use({ inner: traced("inner") })
      .output(z.string())
      .query(() => "part"),
  },
});
const app = createApp(
  { things },
  {
    mounts: { "/inner": inner },
    health: true,
    background: [
      {
        start: async () => {
          say("beside starts");
          return {
            pause: () => say("beside pauses"),
            stop: async () => say("beside stops"),
            settled: async () => {},
          };
        },
      },
    ],
  },
);

const start = async () => {
  const server = await serve(app, {
    port: Number(process.env.PORT ?? 0),
    grace: Number(GRACE),
    notice: Number(NOTICE),
  });
  say(`listens at ${server.url}`);
};
if (WORKERS === undefined) {
  await start();
} else {
  await supervise(start, {
    workers: Number(WORKERS),
    restartDelay: 50,
    before: () => writeSync(1, "before all\n"),
  });
}
