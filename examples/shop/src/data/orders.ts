import { and, asc, desc, eq, gte, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Database } from "./open-database.ts";
import { orderLines, orders, products, users } from "./tables.ts";

/** One line of an order. */
export interface OrderLine {
  readonly productId: number;
  readonly name: string;
  readonly quantity: number;
  /** For one of them, on the day of the order. */
  readonly cents: number;
}

/** An order with its lines. */
export interface OrderRow {
  readonly id: number;
  readonly userId: number;
  readonly customer: string;
  readonly email: string;
  readonly placedAt: Date;
  readonly shippedAt: Date | null;
  readonly lines: OrderLine[];
}

/** There is less of a product than was ordered; `left` is 0 for a product that does not exist. */
export class OutOfStock extends Error {
  override readonly name = "OutOfStock";
  readonly productId: number;
  readonly left: number;

  constructor(productId: number, left: number) {
    super(`there are ${left} of product ${productId}`);
    this.productId = productId;
    this.left = left;
  }
}

/** Takes what is ordered from the stock and stores the order. Throws `OutOfStock`; call it within a transaction. */
export async function placeOrder(
  transaction: Database,
  userId: number,
  wanted: readonly { readonly productId: number; readonly quantity: number }[],
): Promise<number> {
  const lines: (typeof orderLines.$inferInsert)[] = [];
  const [order] = await transaction.insert(orders).values({ userId }).returning({ id: orders.id });
  const orderId = order!.id;
  // In the order of ids, so that two orders never wait for each other's rows.
  for (const { productId, quantity } of wanted.toSorted((a, b) => a.productId - b.productId)) {
    const [taken] = await transaction
      .update(products)
      .set({ stock: sql`${products.stock} - ${quantity}` })
      .where(and(eq(products.id, productId), gte(products.stock, quantity)))
      .returning({ cents: products.cents });
    if (taken === undefined) {
      throw new OutOfStock(productId, await readStock(transaction, productId));
    }
    lines.push({ orderId, position: lines.length, productId, quantity, cents: taken.cents });
  }
  await transaction.insert(orderLines).values(lines);
  return orderId;
}

async function readStock(database: Database, productId: number): Promise<number> {
  const [found] = await database
    .select({ stock: products.stock })
    .from(products)
    .where(eq(products.id, productId));
  return found?.stock ?? 0;
}

/** The order with an id. */
export async function findOrder(database: Database, id: number): Promise<OrderRow | undefined> {
  const [found] = await readOrders(database, eq(orders.id, id), 1);
  return found;
}

/** Orders, the newest first: of one user or of everybody, `before` the last id of the page before. */
export function listOrders(
  database: Database,
  filter: { readonly userId?: number; readonly before?: number | undefined; readonly limit: number },
): Promise<OrderRow[]> {
  const { userId, before, limit } = filter;
  const condition = and(
    userId === undefined ? undefined : eq(orders.userId, userId),
    before === undefined ? undefined : lt(orders.id, before),
  );
  return readOrders(database, condition, limit);
}

/** Notes that an order left; false where it had left before. */
export async function shipOrder(database: Database, id: number): Promise<boolean> {
  const shipped = await database
    .update(orders)
    .set({ shippedAt: new Date() })
    .where(and(eq(orders.id, id), isNull(orders.shippedAt)))
    .returning({ id: orders.id });
  return shipped.length > 0;
}

async function readOrders(
  database: Database,
  condition: SQL | undefined,
  limit: number,
): Promise<OrderRow[]> {
  const found = await database
    .select({
      id: orders.id,
      userId: orders.userId,
      customer: users.name,
      email: users.email,
      placedAt: orders.placedAt,
      shippedAt: orders.shippedAt,
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .where(condition)
    .orderBy(desc(orders.id))
    .limit(limit);
  const lines = await readLines(
    database,
    found.map(({ id }) => id),
  );
  return found.map((order) => ({
    ...order,
    lines: lines.flatMap(({ orderId, ...line }) => (orderId === order.id ? [line] : [])),
  }));
}

function readLines(database: Database, ids: number[]): Promise<(OrderLine & { orderId: number })[]> {
  return database
    .select({
      orderId: orderLines.orderId,
      productId: orderLines.productId,
      name: products.name,
      quantity: orderLines.quantity,
      cents: orderLines.cents,
    })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(inArray(orderLines.orderId, ids))
    .orderBy(asc(orderLines.orderId), asc(orderLines.position));
}
