import { idempotency, memoryIdempotency } from "@tenon/server/middleware";
import { z } from "zod";
import { authed } from "../base.ts";
import { transaction } from "../data/database.ts";
import { plainly } from "../data/open-database.ts";
import { findOrder, listOrders, OutOfStock, placeOrder, shipOrder } from "../data/orders.ts";
import { NOT_FOUND } from "../errors.ts";
import { orderMail, queue } from "../mail/order-mail.ts";
import { Order, Wanted } from "../schemas/order.ts";
import { Id } from "../schemas/product.ts";

const page = {
  before: Id.optional().meta({ description: "The last id of the page before" }),
  limit: z.int().min(1).max(100).default(20),
};

/** GET /orders */
export const list = authed
  .input(page)
  .output(z.array(Order))
  .doc({ summary: "List orders of yours, the newest first" })
  .query(({ input, database, caller }) => listOrders(database, { ...input, userId: caller.user.id }));

/** GET /orders/{id} */
export const read = authed
  .input({ id: Id })
  .output(Order)
  .errors(NOT_FOUND)
  .doc({ summary: "Read an order of yours; staff reads all" })
  .query(async ({ input, database, caller, errors }) => {
    const order = await findOrder(database, input.id);
    const mayRead = order?.userId === caller.user.id || caller.scopes.includes("orders:read");
    // Somebody else's order is not there: a 403 would tell that it is.
    return order && mayRead ? order : errors.NOT_FOUND({ resource: "order" });
  });

// #region create
/** POST /orders */
export const create = authed
  .wrap(idempotency({ store: memoryIdempotency() }))
  .use({ transaction, queue })
  .input({ lines: z.array(Wanted).min(1).max(50) })
  .output(Order)
  .errors({ OUT_OF_STOCK: { status: 409, data: z.object({ productId: Id, left: z.int() }) } })
  .mapError(OutOfStock, ({ productId, left }, errors) => errors.OUT_OF_STOCK({ productId, left }))
  .doc({
    summary: "Order",
    description: "All of it or nothing. With an `Idempotency-Key`, a repeated request orders once.",
  })
  .mutation(async ({ input, transaction, caller, queue }) => {
    const id = await placeOrder(transaction, caller.user.id, input.lines);
    // Part of the transaction: nobody is written to about an order that was undone, and nobody is forgotten.
    await queue.enqueue(orderMail, { orderId: id, occasion: "placed" }, { within: plainly(transaction) });
    return (await findOrder(transaction, id))!;
  });
// #endregion

/** GET /orders/all */
export const listAll = authed
  .scopes("orders:read")
  .route("GET /all")
  .input(page)
  .output(z.array(Order))
  .doc({ summary: "List everybody's orders, the newest first" })
  .query(({ input, database }) => listOrders(database, input));

/** POST /orders/{id}/ship */
export const ship = authed
  .scopes("orders:ship")
  .route("POST /{id}/ship")
  .use({ queue })
  .input({ id: Id })
  .output(Order)
  .errors({ ...NOT_FOUND, SHIPPED: { status: 409, description: "It left before" } })
  .doc({ summary: "Say that an order left" })
  .mutation(async ({ input, database, queue, errors }) => {
    const shipped = await shipOrder(database, input.id);
    const order = await findOrder(database, input.id);
    if (order === undefined) {
      return errors.NOT_FOUND({ resource: "order" });
    }
    if (!shipped) {
      return errors.SHIPPED();
    }
    await queue.enqueue(orderMail, { orderId: order.id, occasion: "shipped" });
    return order;
  });
