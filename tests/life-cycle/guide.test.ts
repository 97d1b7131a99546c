import { expect, it } from "vitest";
import { z } from "zod";
// #region lifespan
import { dependency, procedure } from "@tenon/core";

/** Opened when the application starts, closed when it stops. */
export const pool = dependency.scope("app").resolve(async function* () {
  const connections = await openPool();
  try {
    yield connections;
  } finally {
    await connections.close();
  }
});

/** One for each call, of the pool that all of them share. */
export const session = dependency.use({ pool }).resolve(({ pool }) => pool.take());
// #endregion
// #region after
/** POST /orders, answered before the letter is written. */
export const create = procedure
  .use({ session })
  .input({ email: z.email() })
  .output({ id: z.int() })
  .mutation(({ input, session, ctx }) => {
    const id = session.insert(input.email);
    ctx.after(() => writeLetter(input.email));
    return { id };
  });
// #endregion
// #region health
import { createApp } from "@tenon/server";

export const app = createApp({ orders: { create } }, { health: { checks: { database: session } } });
// #endregion
// #region beside
import type { Background } from "@tenon/server";

/** Tells a registry that this process is there, for as long as it is. */
const registration: Background = {
  start: async (host) => {
    const { value: connections } = await host.resolve(pool, new AbortController().signal);
    connections.register();
    return {
      pause: () => connections.unregister(),
      stop: async () => {},
      settled: async () => {},
    };
  },
};
// #endregion
// #region supervise
import { serve, supervise } from "@tenon/server/node";

export const main = (): Promise<void> =>
  supervise(() => serve(app, { port: 8000 }), { workers: 4, before: () => migrate() });
// #endregion

const events: string[] = [];

async function openPool() {
  events.push("opens");
  return {
    take: () => ({ insert: (email: string) => email.length }),
    register: () => void events.push("registers"),
    unregister: () => void events.push("unregisters"),
    close: async () => void events.push("closes"),
  };
}

function migrate(): void {
  events.push("migrates");
}

function writeLetter(to: string): void {
  events.push(`writes to ${to}`);
}

it("shows what the guide says", async () => {
  const whole = app.with({ background: [registration], health: true });
  await whole.start();
  const response = await whole.fetch(
    new Request("http://x/orders", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "ann@example.com" }),
    }),
  );
  expect([response.status, await response.json()]).toEqual([201, { id: 15 }]);
  await whole.settled();
  expect((await whole.fetch(new Request("http://x/readyz"))).status).toBe(200);
  await whole.stop();
  expect(events).toEqual(["opens", "registers", "writes to ann@example.com", "unregisters", "closes"]);
});

it("answers the questions of whoever runs it", async () => {
  await app.start();
  const ready = await app.fetch(new Request("http://x/readyz"));
  expect(await ready.json()).toEqual({ status: "ready" });
  await app.stop();
});
