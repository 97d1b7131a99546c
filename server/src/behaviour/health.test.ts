import { dependency, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../index.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

behindEveryAdapter("the pages of health", (adapter) => {
  it("say that the application lives and takes requests, and are kept by nobody", async () => {
    const app = createApp({}, { health: true });
    await app.start();
    const [live, ready, posted] = await answers(
      adapter,
      app,
      ["/healthz"],
      ["/readyz"],
      ["/readyz", { method: "POST" }],
    );
    expect([live?.status, live?.json]).toEqual([200, { status: "alive" }]);
    expect([ready?.status, ready?.json]).toEqual([200, { status: "ready" }]);
    expect(ready?.headers.get("cache-control")).toBe("no-store");
    expect(posted?.status).toBe(405);
  });

  it("are not there where nobody asked for them, and are where they are put", async () => {
    const app = createApp({}, { health: { live: "/-/live", ready: "/-/ready" } });
    await app.start();
    const statuses = (await answers(adapter, app, ["/healthz"], ["/-/live"], ["/-/ready"])).map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([404, 200, 200]);
    const [absent] = await answers(adapter, createApp({}), ["/readyz"]);
    expect(absent?.status).toBe(404);
  });

  it("say which checks fail, and tell onError why; what they resolve is closed", async () => {
    const errors: unknown[][] = [];
    const events: string[] = [];
    let isDown = true;
    const database = dependency.resolve(async function* () {
      if (isDown) {
        throw new Error("connection refused");
      }
      events.push("opens");
      yield 1;
      events.push("closes");
    });
    const never = dependency.resolve(({ signal }) =>
      isDown ? new Promise((resolve) => signal.addEventListener("abort", () => resolve(1))) : 2,
    );
    const app = createApp(
      {},
      {
        health: { checks: { database, never }, timeout: 50 },
        onError: (error, source) => errors.push([(error as Error).name, source]),
      },
    );
    const opened = await adapter.open(app);
    await app.start();
    const down = await opened.request("/readyz");
    expect([down.status, await down.json()]).toEqual([
      503,
      { status: "not ready", failed: ["database", "never"] },
    ]);
    expect(errors).toEqual([
      ["Error", "the check 'database'"],
      ["TimeoutError", "the check 'never'"],
    ]);
    isDown = false;
    const up = await opened.request("/readyz");
    expect([up.status, await up.json()]).toEqual([200, { status: "ready" }]);
    expect(events).toEqual(["opens", "closes"]);
    app.announceStop();
    expect((await opened.request("/readyz")).status).toBe(503);
    expect((await opened.request("/healthz")).status).toBe(200);
    await opened.close();
  });
});

it("are not ready before the application has started as a whole", async () => {
  const app = createApp({}, { health: true });
  const ready = async (): Promise<number> => (await app.fetch(new Request("http://x/readyz"))).status;
  expect(await ready()).toBe(503);
  await app.start();
  expect(await ready()).toBe(200);
  await app.stop();
  expect(await ready()).toBe(503);
  await app.start();
  expect(await ready()).toBe(200);
  await app.stop();
});

it("take no address that an operation has", () => {
  const things = router(
    {
      ready: procedure
        .route("GET /readyz")
        .output(z.string())
        .query(() => "x"),
    },
    { prefix: "" },
  );
  expect(() => createApp({ things }, { health: true })).toThrow("TENON1009");
});
