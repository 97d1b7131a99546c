import { dependency, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { type AppOptions, type Background, createApp, StartError } from "../index.ts";

/** An application with one dependency of scope `app`, and what happens to it. */
function part(events: string[], name: string, options: AppOptions & { fails?: "start" | "stop" } = {}) {
  const life = dependency.scope("app").resolve(async function* () {
    if (options.fails === "start") {
      throw new Error(`${name} is away`);
    }
    events.push(`${name} opens`);
    yield 1;
    events.push(`${name} closes`);
    if (options.fails === "stop") {
      throw new Error(`${name} does not close`);
    }
  });
  const things = {
    list: procedure
      .use({ life })
      .output(z.int())
      .query(({ life: value }) => value),
  };
  return createApp({ things: router(things) }, options);
}

function beside(events: string[], name: string, fails = false): Background {
  return {
    start: async () => {
      if (fails) {
        throw new Error(`${name} does not start`);
      }
      events.push(`${name} starts`);
      return {
        pause: () => events.push(`${name} pauses`),
        stop: async () => void events.push(`${name} stops`),
        settled: async () => {},
      };
    },
  };
}

it("ends as a whole whatever fails on the way, and throws what failed first", async () => {
  const events: string[] = [];
  const app = part(events, "outer", {
    mounts: {
      "/one": part(events, "one"),
      "/two": part(events, "two", { fails: "stop" }),
    },
    background: [beside(events, "worker")],
    fails: "stop",
  });
  await app.start();
  await expect(app.stop()).rejects.toThrow("two does not close");
  expect(events).toEqual([
    "outer opens",
    "one opens",
    "two opens",
    "worker starts",
    "worker pauses",
    "two closes",
    "one closes",
    "worker stops",
    "outer closes",
  ]);
});

it("is undone in reverse where a part does not start, and may be started again", async () => {
  const events: string[] = [];
  const app = part(events, "outer", {
    mounts: { "/one": part(events, "one") },
    background: [beside(events, "first"), beside(events, "second", true)],
  });
  for (const _attempt of [1, 2]) {
    await expect(app.start()).rejects.toThrow("second does not start");
    expect(events.splice(0)).toEqual([
      "outer opens",
      "one opens",
      "first starts",
      "first stops",
      "one closes",
      "outer closes",
    ]);
  }
});

it("begins once, however many ask for it, and again after a stop that is under way", async () => {
  const events: string[] = [];
  const app = part(events, "outer", { background: [beside(events, "worker")] });
  await Promise.all([app.start(), app.start()]);
  const stopped = Promise.all([app.stop(), app.stop()]);
  await app.start();
  await stopped;
  expect((await app.fetch(new Request("http://x/things"))).status).toBe(200);
  await app.stop();
  const once = ["outer opens", "worker starts", "worker pauses", "worker stops", "outer closes"];
  expect(events).toEqual([...once, ...once]);
});

it("begins with the first request where nobody starts it, and what runs beside with it", async () => {
  const events: string[] = [];
  const app = part(events, "outer", { background: [beside(events, "worker")] });
  const statuses = await Promise.all(
    [1, 2].map(async () => (await app.fetch(new Request("http://x/things"))).status),
  );
  expect(statuses).toEqual([200, 200]);
  expect(events).toEqual(["outer opens", "worker starts"]);
  await app.stop();
});

it("does not begin where a dependency fails, and says which one and who uses it, at whatever depth", async () => {
  const pool = dependency.scope("app").resolve(() => {
    throw new TypeError("no address");
  });
  const cache = dependency
    .scope("app")
    .use({ pool })
    .resolve(() => 1);
  const session = dependency.use({ cache }).resolve(() => 2);
  const things = {
    list: procedure
      .use({ session })
      .output(z.int())
      .query(({ session: value }) => value),
  };
  const app = createApp({ things });
  const failed = app.start();
  await expect(failed).rejects.toThrow(StartError);
  await expect(failed).rejects.toMatchObject({
    message: "the application cannot start: 'pool' (used by 'things.list'): no address",
    cause: new TypeError("no address"),
  });
});
