import { once } from "node:events";
import { connect } from "node:net";
import { dependency, type Middleware, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { serve } from "../node.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

/** An application that writes down what happens, in order. */
function recorded(options: AppOptions & { commit?: () => void } = {}) {
  const events: string[] = [];
  const traced = (name: string, scope: "app" | "request" | "call", exit?: () => void) =>
    dependency.scope(scope).resolve(async function* () {
      events.push(`${name} opens`);
      try {
        yield name;
        events.push(`${name} closes`);
      } catch (error) {
        events.push(`${name} sees ${(error as { code?: string }).code ?? (error as Error).message}`);
        throw error;
      }
      exit?.();
    });
  const pool = traced("pool", "app");
  const session = traced("session", "request");
  const transaction = traced("transaction", "call", options.commit);
  const base = procedure
    .use({ pool, session, transaction })
    .errors({ NOPE: { status: 409 }, LATE: { status: 412 } })
    .output(z.string());
  const jobs = {
    good: base.query(({ ctx }) => {
      events.push("handler");
      ctx.after(() => void events.push("background"));
      return "good";
    }),
    refused: base.route("GET /refused").query(({ errors }) => errors.NOPE()),
    broken: base.route("GET /broken").query(() => {
      throw new Error("secret");
    }),
    wrong: base.route("GET /wrong").query(() => 7 as never),
    ticks: base.route("GET /stream").stream(async function* () {
      events.push("first");
      yield "1";
      events.push("second");
      yield "2";
    }),
  };
  const middleware: Middleware = {
    name: "trace",
    async handle(_context, next) {
      events.push("in");
      const reply = await next();
      events.push(`out ${reply.status}`);
      return reply;
    },
  };
  const app = createApp(
    { jobs: router(jobs) },
    {
      middleware: [middleware],
      onError: (error) => events.push(`reported ${(error as Error).message}`),
      ...options,
    },
  );
  return { app, events };
}

behindEveryAdapter("the life of a call", (adapter) => {
  it("opens in order, closes in reverse, and runs background work in between", async () => {
    const { app, events } = recorded();
    const [answer] = await answers(adapter, app, ["/jobs/good"]);
    expect(answer?.json).toBe("good");
    expect(events).toEqual([
      "pool opens",
      "in",
      "session opens",
      "transaction opens",
      "handler",
      "transaction closes",
      "out 200",
      "background",
      "session closes",
      "pool closes",
    ]);
  });

  it("shows a returned failure to what is open", async () => {
    const { app, events } = recorded();
    const [answer] = await answers(adapter, app, ["/jobs/refused"]);
    expect(answer?.json).toMatchObject({ status: 409, code: "NOPE" });
    expect(events).toEqual([
      "pool opens",
      "in",
      "session opens",
      "transaction opens",
      "transaction sees NOPE",
      "out 409",
      "session sees NOPE",
      "pool closes",
    ]);
  });

  it("answers 500 for anything undeclared: opaque outside, reported inside", async () => {
    const { app, events } = recorded();
    const [thrown, wrong] = await answers(adapter, app, ["/jobs/broken"], ["/jobs/wrong"]);
    expect(thrown?.status).toBe(500);
    expect(thrown?.json).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      code: "INTERNAL",
      instance: expect.stringMatching(/^urn:uuid:/),
    });
    expect(events).toContain("transaction sees secret");
    expect(events).toContain("reported secret");
    expect(wrong?.json).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(
      events.some((event) =>
        event.startsWith("reported 'jobs.wrong' returned what its output does not promise"),
      ),
    ).toBe(true);
  });

  it("lets a failed commit change the reply", async () => {
    const { app } = recorded({
      commit: () => {
        throw new Error("could not commit");
      },
    });
    const [answer] = await answers(adapter, app, ["/jobs/good"]);
    expect(answer?.status).toBe(500);
  });

  it("closes the dependencies of a stream after its last item", async () => {
    const { app, events } = recorded();
    const [answer] = await answers(adapter, app, ["/jobs/stream"]);
    expect(answer?.text).toBe('data: "1"\n\ndata: "2"\n\n');
    expect(events.filter((event) => event !== "in" && event !== "out 200")).toEqual([
      "pool opens",
      "session opens",
      "transaction opens",
      "first",
      "second",
      "transaction closes",
      "session closes",
      "pool closes",
    ]);
  });
});

it("resolves a dependency once per request, and a fresh one at each use", async () => {
  let made = 0;
  const counter = dependency.resolve(() => ++made);
  const one = dependency.use({ counter }).resolve(({ counter }) => counter);
  const other = dependency.use({ counter }).resolve(({ counter }) => counter);
  const fresh = dependency.use({ counter: dependency.fresh(counter) }).resolve(({ counter }) => counter);
  const app = createApp({
    things: {
      list: procedure
        .use({ one, other, fresh })
        .output(z.array(z.int()))
        .query(({ one, other, fresh }) => [one, other, fresh]),
    },
  });
  const response = await app.fetch(new Request("http://x/things"));
  expect(await response.json()).toEqual([1, 1, 2]);
});

it("runs siblings together; the first declared error is reported after all have ended", async () => {
  const events: string[] = [];
  const slow = dependency.resolve(async function* ({ signal }) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    events.push("slow is ready");
    try {
      yield 1;
    } finally {
      events.push("slow closes");
    }
  });
  const failing = dependency.errors({ FIRST: { status: 409 } }).resolve(async ({ errors }) => errors.FIRST());
  const also = dependency.errors({ SECOND: { status: 410 } }).resolve(async ({ errors }) => errors.SECOND());
  const app = createApp({
    things: {
      list: procedure
        .use({ slow, failing, also })
        .output(z.void())
        .query(() => {}),
    },
  });
  const response = await app.fetch(new Request("http://x/things"));
  expect(await response.json()).toMatchObject({ code: "FIRST" });
  expect(events).toEqual(["slow is ready", "slow closes"]);
});

it("stops the start where a dependency of the app fails, and closes what was open", async () => {
  const events: string[] = [];
  const first = dependency.scope("app").resolve(async function* () {
    yield 1;
    events.push("first closes");
  });
  const second = dependency
    .scope("app")
    .use({ first })
    .resolve(() => {
      throw new Error("no connection");
    });
  const app = createApp({
    things: {
      list: procedure
        .use({ second })
        .output(z.void())
        .query(() => {}),
    },
  });
  await expect(app.start()).rejects.toThrow("no connection");
  expect(events).toEqual(["first closes"]);
});

it("stops at once, whatever connections have said nothing yet", async () => {
  const app = createApp({ things: { list: procedure.output(z.string()).query(() => "x") } });
  const server = await serve(app, { port: 0, signals: false, grace: 60_000 });
  const silent = connect(server.port, "127.0.0.1");
  await once(silent, "connect");
  // A browser that leaves a stream opens the next connection in advance, too.
  const { url } = server;
  expect(await (await fetch(`${url}/things`)).json()).toBe("x");
  const closed = once(silent, "close");
  await server.stop();
  await closed;
});

behindEveryAdapter("a stream that nobody reads", (adapter) => {
  it("is closed when its caller gives the request up", async () => {
    let close: () => void = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const watch = procedure.output(z.int()).stream(async function* () {
      try {
        for (let count = 0; ; count++) {
          yield count;
          await new Promise((resolve) => setImmediate(resolve));
        }
      } finally {
        close();
      }
    });
    const opened = await adapter.open(createApp({ things: { watch } }));
    const caller = new AbortController();
    const response = await opened.request("/things/watch", { signal: caller.signal });
    expect(response.status).toBe(200);
    caller.abort();
    await closed;
    await expect(response.text()).rejects.toThrow();
    await opened.close();
  });
});
