import { testClient } from "@tenon/client/testing";
import { expect, it } from "vitest";
// #region define
import { dependency, job } from "@tenon/core";
import { z } from "zod";

/** What sends letters: open as long as the application. */
export const mailer = dependency.scope("app").resolve(() => connectMailer());

/** Tells a customer that an order was placed. */
export const sendReceipt = job("send-receipt")
  .input({ orderId: z.int(), to: z.email(), placedAt: z.date() })
  .use({ mailer })
  .retry({ limit: 5, delay: 1000 })
  .timeout(30_000)
  .handle(async ({ input, mailer, ctx, signal }) => {
    await mailer.send(input.to, `Order ${input.orderId}`, { once: ctx.jobId, signal });
  });
// #endregion
// #region enqueue
import { procedure } from "@tenon/core";
import { memoryJobs, openQueue } from "@tenon/server/jobs";

/** Where jobs are put. Opened when the application starts, closed when it stops. */
export const queue = dependency.scope("app").resolve(() => openQueue(memoryJobs()));

/** POST /orders */
export const create = procedure
  .use({ queue })
  .input({ email: z.email() })
  .output({ orderId: z.int() })
  .mutation(async ({ input, queue }) => {
    const orderId = 7;
    await queue.enqueue(sendReceipt, { orderId, to: input.email, placedAt: new Date() });
    return { orderId };
  });
// #endregion
// #region worker
import { createApp } from "@tenon/server";
import { createWorker } from "@tenon/server/jobs";

/** The shop, which also runs its jobs. */
export const app = createApp(
  { orders: { create } },
  { background: [createWorker({ queue, jobs: [sendReceipt] })] },
);
// #endregion
// #region schedule
/** Every night at three, in Zurich's time, once however many workers there are. */
export const sweep = job("sweep-carts")
  .input({ olderThanDays: z.int().default(30) })
  .schedule("0 3 * * *", { timeZone: "Europe/Zurich" })
  .handle(({ input }) => sweepCarts(input.olderThanDays));
// #endregion

interface Mailer {
  send(to: string, subject: string, options: { once: string; signal: AbortSignal }): Promise<void>;
}

const letters: string[] = [];

function connectMailer(): Mailer {
  return { send: async (to, subject) => void letters.push(`${subject} to ${to}`) };
}

function sweepCarts(days: number): void {
  letters.push(`swept ${days}`);
}

// #region test
it("sends a receipt", async () => {
  const sent: string[] = [];
  const outbox = { send: async (to: string) => void sent.push(to) };
  await using test = await testClient(app.override(mailer, outbox));
  await test.api.orders.create({ email: "ann@example.com" });
  await test.settled();
  expect(sent).toEqual(["ann@example.com"]);
});
// #endregion

it("sends a receipt without a double", async () => {
  await using test = await testClient(app);
  await test.api.orders.create({ email: "bob@example.com" });
  await test.settled();
  expect(letters).toEqual(["Order 7 to bob@example.com"]);
});

it("keeps the letter that could not be sent, until somebody has cured the cause", async () => {
  let isDown = true;
  const sent: string[] = [];
  const outbox = {
    send: async (to: string) => {
      if (isDown) {
        throw new Error("no route to host");
      }
      sent.push(to);
    },
  };
  // What the application would only print is asked for below.
  const shop = app.override(mailer, outbox).with({ onError: () => {} });
  await shop.start();
  const { value: jobs } = await shop.resolve(queue);
  const once = job("send-receipt")
    .input({ orderId: z.int(), to: z.email(), placedAt: z.date() })
    .handle(() => {});
  const placedAt = new Date();
  const id = (await jobs.enqueue(once, { orderId: 1, to: "ann@example.com", placedAt })) as string;
  await shop.settled();
  expect(await jobs.deadLetters(sendReceipt)).toEqual([]);
  isDown = false;
  expect(await jobs.revive(sendReceipt, id)).toBe(false);
  await expect.poll(() => sent, { timeout: 5000 }).toEqual(["ann@example.com"]);
  await shop.stop();
});
