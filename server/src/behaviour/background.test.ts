import { dependency, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../index.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

/** An application that writes down what happens after its replies. */
function recorded() {
  const events: string[] = [];
  const errors: unknown[][] = [];
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const session = dependency.scope("request").resolve(async function* () {
    yield "session";
    events.push("session closes");
  });
  const audit = dependency.resolve(({ ctx }) => ctx.after(() => void events.push("audit")));
  const base = procedure.use({ session, audit }).output(z.string());
  const things = {
    list: base.query(({ ctx }) => {
      ctx.after(() => void events.push("first"));
      ctx.after(async () => {
        events.push("second begins");
        await Promise.resolve();
        ctx.after(() => void events.push("what the second asked for"));
        events.push("second ends");
      });
      return "x";
    }),
    failing: base.route("GET /failing").query(({ ctx }) => {
      ctx.after(() => {
        throw new Error("synchronous");
      });
      ctx.after(async () => Promise.reject(new Error("asynchronous")));
      ctx.after(() => void events.push("after both"));
      return "x";
    }),
    thrown: base.route("GET /thrown").query(({ ctx }) => {
      ctx.after(() => void events.push("though it failed"));
      throw new Error("handler");
    }),
    ticks: base.route("GET /stream").stream(async function* ({ ctx }) {
      ctx.after(() => void events.push("after the stream"));
      yield "1";
      events.push("last item");
      yield "2";
    }),
    gated: base.route("GET /gated").query(({ ctx }) => {
      ctx.after(async () => {
        await gate;
        events.push("the gate was opened");
      });
      return "x";
    }),
  };
  const app = createApp(
    { things: router(things) },
    { onError: (error, operation) => errors.push([(error as Error).message, operation]) },
  );
  return { app, events, errors, open };
}

behindEveryAdapter("background work", (adapter) => {
  it("of dependencies and of the handler runs in the order in which it was asked for, before the request's dependencies close", async () => {
    const { app, events } = recorded();
    await answers(adapter, app, ["/things"]);
    expect(events).toEqual([
      "audit",
      "first",
      "second begins",
      "second ends",
      "what the second asked for",
      "session closes",
    ]);
  });

  it("does not keep the caller waiting, and the stop does wait", async () => {
    const { app, events, open } = recorded();
    const opened = await adapter.open(app);
    const response = await opened.request("/things/gated");
    expect(await response.json()).toBe("x");
    expect(events).not.toContain("the gate was opened");
    const closed = opened.close();
    open();
    await closed;
    expect(events).toEqual(["audit", "the gate was opened", "session closes"]);
  });

  it("that fails is told to onError with its operation, and keeps no other from running", async () => {
    const { app, events, errors } = recorded();
    const [answer] = await answers(adapter, app, ["/things/failing"]);
    expect(answer?.status).toBe(200);
    expect(errors).toEqual([
      ["synchronous", "things.failing"],
      ["asynchronous", "things.failing"],
    ]);
    expect(events).toEqual(["audit", "after both", "session closes"]);
  });

  it("runs though the handler has failed", async () => {
    const { app, events } = recorded();
    const [answer] = await answers(adapter, app, ["/things/thrown"]);
    expect(answer?.status).toBe(500);
    expect(events.slice(0, 2)).toEqual(["audit", "though it failed"]);
  });

  it("of a stream runs after its last item", async () => {
    const { app, events } = recorded();
    await answers(adapter, app, ["/things/stream"]);
    expect(events).toEqual(["last item", "audit", "after the stream", "session closes"]);
  });

  it("is waited for within its limit, and told to onError beyond it", async () => {
    const { app, events, errors, open } = recorded();
    const limited = app.with({ limits: { background: 20 } });
    await answers(adapter, limited, ["/things/gated"]);
    expect(events).toEqual(["audit", "session closes"]);
    expect(errors).toEqual([
      ["background work took longer than 20 ms: nothing waits for it any more", "things.gated"],
    ]);
    open();
  });

  it("that outlasts the grace time is reported, and waited for no longer", async () => {
    const { app, errors, open } = recorded();
    await app.start();
    await (await app.fetch(new Request("http://x/things/gated"))).text();
    const cut: string[] = [];
    await app.stop({ grace: 20, onCutOff: () => cut.push("cut off") });
    expect(errors).toEqual([["the application stops with unfinished work after 20 ms", undefined]]);
    expect(cut).toEqual(["cut off"]);
    open();
  });

  it("has settled when all of it has run", async () => {
    const { app, events, open } = recorded();
    const opened = await adapter.open(app);
    await (await opened.request("/things/gated")).text();
    let isSettled = false;
    const settled = (async () => {
      // The last byte has been read by the caller before the server knows that it was sent.
      await expect.poll(() => events).toContain("audit");
      await app.settled();
      isSettled = true;
    })();
    await expect.poll(() => events).toContain("audit");
    expect(isSettled).toBe(false);
    open();
    await settled;
    expect(events.at(-1)).toBe("session closes");
    await opened.close();
  });
});

it("is given to the host that keeps a process alive for it", async () => {
  const { app, events, open } = recorded();
  const kept: Promise<unknown>[] = [];
  const response = await app.fetch(new Request("http://x/things/gated"), {
    waitUntil: (promise) => kept.push(promise),
  });
  expect(await response.json()).toBe("x");
  expect(kept).toHaveLength(1);
  open();
  await kept[0];
  expect(events).toEqual(["audit", "the gate was opened", "session closes"]);
});

it("gives a host nothing to wait for where there is none", async () => {
  const app = createApp({ things: { list: procedure.output(z.string()).query(() => "x") } });
  const kept: Promise<unknown>[] = [];
  const response = await app.fetch(new Request("http://x/things"), {
    waitUntil: (promise) => kept.push(promise),
  });
  expect(await response.json()).toBe("x");
  expect(kept).toEqual([]);
});
