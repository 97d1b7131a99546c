import { dependency, job } from "@tenon/core";
import { openQueue } from "@tenon/server/jobs";
import { pgBossJobs } from "@tenon/server/jobs/pg-boss";
import { z } from "zod";
import { connection, database } from "../data/database.ts";
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

/** Where jobs are put: in the database, so that an order and its letter are kept together or not at all. */
export const queue = dependency
  .use({ connection })
  .scope("app")
  .resolve(({ connection }) => openQueue(pgBossJobs({ database: connection.plain })));
