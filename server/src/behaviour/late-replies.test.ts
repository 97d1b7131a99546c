import { dependency, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

function make() {
  const events: string[] = [];
  // What is late goes on when the caller has heard that it is.
  let release: () => void = () => {};
  const late = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reported: unknown[] = [];
  const traced = (name: string, scope: "request" | "call") =>
    dependency.scope(scope).resolve(async function* () {
      try {
        yield name;
        events.push(`${name} closes`);
      } catch (error) {
        events.push(`${name} sees ${(error as Error).message}`);
        throw error;
      }
    });
  const base = procedure.use({ session: traced("session", "request"), call: traced("call", "call") });
  const things = {
    list: base.output(z.string()).query(async ({ ctx }) => {
      await late;
      ctx.response.headers.set("x-late", "1");
      return "late";
    }),
    fails: base
      .route("GET /fails")
      .output(z.string())
      .query(async () => {
        await late;
        throw new Error("late failure");
      }),
    asks: base
      .route("GET /asks")
      .output(z.string())
      .query(async ({ ctx }) => {
        await late;
        events.push(`aborted: ${ctx.signal.aborted}`);
        return "late";
      }),
    flow: base
      .route("GET /stream")
      .use({ slow: dependency.resolve(() => late) })
      .output(z.int())
      .stream(async function* () {
        events.push("started");
        yield 1;
      }),
    create: procedure
      .input({ text: z.string() })
      .output(z.string())
      .status(200)
      .mutation(({ input }) => input.text),
  };
  const app = createApp(
    { things: router(things) },
    { limits: { timeout: 30 }, onError: (error) => void reported.push((error as Error).message) },
  );
  return { app, events, reported, release };
}

behindEveryAdapter("a reply that comes too late", (adapter) => {
  it.each([
    ["", ["call closes", "session closes"], []],
    ["/fails", ["call sees late failure", "session sees late failure"], ["late failure"]],
    ["/asks", ["aborted: true", "call closes", "session closes"], []],
    ["/stream", ["call closes", "session closes"], []],
  ])("is not written; what was open closes when it is there: %s", async (path, expected, errors) => {
    const { app, events, reported, release } = make();
    const opened = await adapter.open(app);
    const response = await opened.request(`/things${path}`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "TIMEOUT" });
    expect(response.headers.get("x-late")).toBeNull();
    expect(events).toEqual([]);
    release();
    await expect.poll(() => events).toEqual(expected);
    expect(reported).toEqual(errors);
    await opened.close();
  });

  it("does not count the time that the body takes to arrive", async () => {
    const { app } = make();
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(encoder.encode('{"text":'));
        await pause(120);
        controller.enqueue(encoder.encode('"slow"}'));
        controller.close();
      },
    });
    const [answer] = await answers(adapter, app, [
      "/things",
      { ...json(undefined), body, duplex: "half" } as RequestInit,
    ]);
    expect(answer?.json).toBe("slow");
  });
});
