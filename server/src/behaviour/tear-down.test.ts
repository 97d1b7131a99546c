import { dependency, type Middleware, procedure, router } from "@tenon/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { type Adapter, answers, behindEveryAdapter, json } from "./adapters.ts";

/** What happened, in order, as everybody who took part wrote it down. */
let events: string[] = [];
/** What is to go wrong in the next request. */
let faults: Record<string, () => void> = {};
let release: () => void = () => {};
let released: Promise<void> = Promise.resolve();

beforeEach(() => {
  events = [];
  faults = {};
  released = new Promise((resolve) => {
    release = resolve;
  });
});

function named(error: unknown): string {
  const { code, message } = error as { code?: unknown; message: string };
  return typeof code === "string" ? code : message;
}

function traced(name: string) {
  return async function* () {
    events.push(`${name} opens`);
    faults[`${name} opens`]?.();
    try {
      yield name;
      events.push(`${name} closes`);
    } catch (error) {
      events.push(`${name} sees ${named(error)}`);
      faults[`${name} catches`]?.();
      throw error;
    } finally {
      faults[`${name} closes`]?.();
    }
  };
}

const pool = dependency.scope("app").resolve(traced("pool"));
const session = dependency.scope("request").resolve(traced("session"));
const guard = dependency.resolve(traced("guard"));
const transaction = dependency.resolve(traced("transaction"));
/** No generator: closed by what it gives. */
const handle = dependency.use({ transaction }).resolve(() => {
  events.push("handle opens");
  return {
    [Symbol.asyncDispose]: async () => {
      events.push("handle disposes");
      faults["handle disposes"]?.();
    },
  };
});
const base = procedure
  .use({ pool, session })
  .guard(guard)
  .use({ transaction, handle })
  .errors({ REFUSED: { status: 409 }, BROKEN_COMMIT: { status: 503 } });
const output = z.codec(z.string(), z.string(), {
  decode: (text) => text,
  encode: (text) => {
    events.push("encodes");
    return text;
  },
});
const calls = {
  create: base
    .input({ n: z.int() })
    .output(output)
    .mutation(async ({ errors, ctx, signal }) => {
      events.push("handler");
      ctx.after(() => void events.push("background"));
      if (faults["refuses"] !== undefined) {
        return errors.REFUSED();
      }
      faults["handler"]?.();
      if (faults["waits"] !== undefined) {
        faults["waits"]();
        await new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      }
      return "done";
    }),
  watch: base.output(z.string()).stream(async function* () {
    events.push("first");
    yield "1";
    faults["stream"]?.();
    if (faults["endless"] !== undefined) {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        yield "again";
      }
    }
    events.push("second");
    yield "2";
  }),
};
const around: Middleware = {
  name: "around",
  async handle(_context, next) {
    events.push("in");
    const reply = await next();
    events.push(`out ${reply.status}`);
    return reply;
  },
};
const make = (): App<unknown> =>
  createApp(
    { calls: router(calls) },
    { middleware: [around], onError: (error) => void events.push(`reported ${named(error)}`) },
  );
const ask = async (adapter: Adapter, body: unknown = { n: 1 }) =>
  (await answers(adapter, make(), ["/calls", json(body)]))[0];
const watch = async (adapter: Adapter) => (await answers(adapter, make(), ["/calls/watch"]))[0];
const OPEN = ["pool opens", "in", "guard opens", "session opens", "transaction opens", "handle opens"];

behindEveryAdapter("what was opened closes", (adapter) => {
  it("after success: the call before the first byte, the request after the last and the background work", async () => {
    expect((await ask(adapter))?.status).toBe(201);
    expect(events).toEqual([
      ...OPEN,
      "handler",
      "encodes",
      "handle disposes",
      "transaction closes",
      "guard closes",
      "out 201",
      "background",
      "session closes",
      "pool closes",
    ]);
  });

  it.each([
    ["a returned failure", "refuses", "REFUSED", 409, []],
    ["an error", "handler", "bang", 500, ["reported bang"]],
  ] as const)("after %s, which arrives at each yield", async (_name, fault, seen, status, reports) => {
    faults[fault] = () => {
      throw new Error("bang");
    };
    expect((await ask(adapter))?.status).toBe(status);
    expect(events).toEqual([
      ...OPEN,
      "handler",
      "handle disposes",
      `transaction sees ${seen}`,
      `guard sees ${seen}`,
      ...reports,
      `out ${status}`,
      "background",
      `session sees ${seen}`,
      "pool closes",
    ]);
  });

  it("where closing fails: those before hear of that, and the caller too", async () => {
    faults["transaction closes"] = () => {
      throw new Error("no commit");
    };
    expect((await ask(adapter))?.json).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(events).toEqual([
      ...OPEN,
      "handler",
      "encodes",
      "handle disposes",
      "transaction closes",
      "guard sees no commit",
      "reported no commit",
      "out 500",
      "background",
      "session sees no commit",
      "pool closes",
    ]);
  });

  it("where closing after a failure fails: the caller hears of the last, and neither error is lost", async () => {
    faults["handler"] = () => {
      throw new Error("bang");
    };
    faults["guard closes"] = () => {
      throw new Error("clang");
    };
    expect((await ask(adapter))?.status).toBe(500);
    expect(events.filter((event) => /reported|sees/.test(event))).toEqual([
      "transaction sees bang",
      "guard sees bang",
      "reported bang",
      "reported clang",
      "session sees clang",
    ]);
  });

  it("where a dispose fails, like any other", async () => {
    faults["handle disposes"] = () => {
      throw new Error("no dispose");
    };
    expect((await ask(adapter))?.status).toBe(500);
    expect(events.slice(OPEN.length)).toEqual([
      "handler",
      "encodes",
      "handle disposes",
      "transaction sees no dispose",
      "guard sees no dispose",
      "reported no dispose",
      "out 500",
      "background",
      "session sees no dispose",
      "pool closes",
    ]);
  });

  it("where the request's own closing fails: reported, since the reply is gone", async () => {
    faults["session closes"] = () => {
      throw new Error("too late");
    };
    expect((await ask(adapter))?.status).toBe(201);
    expect(events.slice(-5)).toEqual([
      "out 201",
      "background",
      "session closes",
      "reported too late",
      "pool closes",
    ]);
  });

  it("where opening fails: only what was open", async () => {
    faults["transaction opens"] = () => {
      throw new Error("no connection");
    };
    expect((await ask(adapter))?.status).toBe(500);
    expect(events).toEqual([
      ...OPEN.slice(0, 5),
      "guard sees no connection",
      "reported no connection",
      "out 500",
      "session sees no connection",
      "pool closes",
    ]);
  });

  it("where the input is refused after admission: what admission opened", async () => {
    expect((await ask(adapter, { n: "x" }))?.status).toBe(422);
    expect(events).toEqual([
      "pool opens",
      "in",
      "guard opens",
      "guard sees INVALID_INPUT",
      "out 422",
      "pool closes",
    ]);
  });

  it("around a stream: after its last item", async () => {
    const answer = await watch(adapter);
    expect(answer?.text).toBe('data: "1"\n\ndata: "2"\n\n');
    expect(events.filter((event) => !event.startsWith("out"))).toEqual([
      ...OPEN,
      "first",
      "second",
      "handle disposes",
      "transaction closes",
      "guard closes",
      "session closes",
      "pool closes",
    ]);
  });

  it("around a stream that fails after its head: with that error", async () => {
    faults["stream"] = () => {
      throw new Error("bang");
    };
    const answer = await watch(adapter);
    expect(answer?.text).toContain("event: error");
    expect(events.filter((event) => !event.startsWith("out"))).toEqual([
      ...OPEN,
      "first",
      "handle disposes",
      "transaction sees bang",
      "guard sees bang",
      "reported bang",
      "session sees bang",
      "pool closes",
    ]);
  });

  it("when the caller leaves a handler at work: its signal aborts, and everything closes with that", async () => {
    const opened = await adapter.open(make());
    const caller = new AbortController();
    faults["waits"] = release;
    const reply = opened.request("/calls", { ...json({ n: 1 }), signal: caller.signal });
    reply.catch(() => {});
    await released;
    caller.abort();
    await expect.poll(() => events).toContain("session sees the caller went away");
    await opened.close();
    expect(events.filter((event) => !/^(out|background)/.test(event))).toEqual([
      ...OPEN,
      "handler",
      "handle disposes",
      "transaction sees the caller went away",
      "guard sees the caller went away",
      "session sees the caller went away",
      "pool closes",
    ]);
  });

  it("when the caller leaves a stream", async () => {
    faults["endless"] = () => {};
    const opened = await adapter.open(make());
    const caller = new AbortController();
    const response = await opened.request("/calls/watch", { signal: caller.signal });
    await response.body?.getReader().read();
    caller.abort();
    await expect.poll(() => events).toContain("session closes");
    await opened.close();
    expect(events.filter((event) => !event.startsWith("out"))).toEqual([
      ...OPEN,
      "first",
      "handle disposes",
      "transaction closes",
      "guard closes",
      "session closes",
      "pool closes",
    ]);
  });
});

describe("siblings", () => {
  const gate = () => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, opened };
  };

  it("run together: each waits for the others to have begun", async () => {
    const gates = [gate(), gate(), gate()];
    const meeting = gates.map(({ open }) =>
      dependency.resolve(async () => {
        open();
        await Promise.all(gates.map(({ opened }) => opened));
        return 1;
      }),
    );
    const [one, two, three] = meeting as [never, never, never];
    const app = createApp({
      things: {
        list: procedure
          .use({ one, two, three })
          .output(z.int())
          .query(({ one: a, two: b, three: c }) => (a as number) + (b as number) + (c as number)),
      },
    });
    expect(await (await app.fetch(new Request("http://x/things"))).json()).toBe(3);
  });

  it("close in reverse of the declared order, whichever was ready first", async () => {
    const first = gate();
    const late = dependency.resolve(async function* () {
      await first.opened;
      events.push("late is ready");
      yield 1;
      events.push("late closes");
    });
    const early = dependency.resolve(async function* () {
      events.push("early is ready");
      first.open();
      yield 1;
      events.push("early closes");
    });
    const app = createApp({
      things: {
        list: procedure
          .use({ late, early })
          .output(z.void())
          .query(() => {}),
      },
    });
    await app.fetch(new Request("http://x/things"));
    expect(events).toEqual(["early is ready", "late is ready", "early closes", "late closes"]);
  });

  it("that were told to stop say nothing about it; what fails beside the first is reported", async () => {
    const stopped = dependency.resolve(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      throw new DOMException("told to stop", "AbortError");
    });
    const declared = dependency
      .errors({ FULL: { status: 409 } })
      .resolve(async ({ errors }) => errors.FULL());
    const broken = dependency.resolve(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      throw new Error("broken, too");
    });
    const reported: string[] = [];
    const app = createApp(
      {
        things: {
          list: procedure
            .use({ stopped, declared, broken })
            .output(z.void())
            .query(() => {}),
        },
      },
      { onError: (error) => void reported.push(named(error)) },
    );
    const response = await app.fetch(new Request("http://x/things"));
    expect([await response.json(), reported]).toMatchObject([{ code: "FULL" }, ["broken, too"]]);
  });
});

describe("what no operation uses", () => {
  it("is opened at the start, after what it uses, and closed first", async () => {
    const cache = dependency
      .scope("app")
      .use({ pool })
      .resolve(async function* warm() {
        events.push("cache opens");
        yield undefined;
        events.push("cache closes");
      });
    const list = procedure.output(z.string()).query(() => "x");
    const app = createApp({ things: { list } }, { opens: [cache] });
    await app.start();
    expect(events).toEqual(["pool opens", "cache opens"]);
    await app.stop();
    expect(events.slice(2)).toEqual(["cache closes", "pool closes"]);
  });

  it("obeys overrides, and lives as long as the application", () => {
    const warmed: string[] = [];
    const cache = dependency
      .scope("app")
      .use({ pool })
      .resolve(({ pool: given }) => void warmed.push(given));
    const list = procedure.output(z.string()).query(() => "x");
    const app = createApp({ things: { list } }, { opens: [cache] }).override(pool, "fake");
    // @ts-expect-error -- a request's session is nothing that could be opened then
    expect(() => createApp({ things: { list } }, { opens: [session] })).toThrow(
      "TENON1015: 'opens' holds '?', which does not live as long as the application",
    );
    return app.start().then(() => expect([warmed, events]).toEqual([["fake"], []]));
  });

  it("closes as a whole where several fail, and tells of all", async () => {
    const failing = (name: string) =>
      dependency.scope("app").resolve(async function* () {
        try {
          yield name;
        } catch {
          // Neither has to do with the other.
        }
        throw new Error(`${name} did not close`);
      });
    const opens = [failing("one"), failing("two")];
    const app = createApp({ things: { list: procedure.output(z.string()).query(() => "x") } }, { opens });
    await app.start();
    const error = (await app.stop().catch((caught: unknown) => caught)) as AggregateError;
    expect(error.errors.map(named)).toEqual(["two did not close", "one did not close"]);
  });
});

afterEach(() => {
  release();
});
