import { dependency, job } from "@tenon/core";
import { memoryJobs, openQueue } from "@tenon/server/jobs";
import { z } from "zod";
import { database } from "../data/database.ts";
import { findOrder } from "../data/orders.ts";
import { letterOf } from "./letters.ts";
import { mailer } from "./mailer.ts";

// #region job
/** Writes to the customer of an order. It may run twice; the letter has one `Message-ID`, so that it is one letter. */
export const orderMail = job("order-mail")
  .input({ orderId: z.int(), occasion: z.enum(["placed", "shipped"]) })
  .use({ database, mailer })
  .retry({ limit: 8, delay: 5000 })
  .handle(async ({ input: { orderId, occasion }, database, mailer }) => {
    const order = await findOrder(database, orderId);
    if (order === undefined) {
      throw new Error(`there is no order ${orderId}`);
    }
    await mailer.send(letterOf(order, occasion));
  });
// #endregion

/** Where jobs are put: in this process. */
export const queue = dependency.scope("app").resolve(() => openQueue(memoryJobs()));
