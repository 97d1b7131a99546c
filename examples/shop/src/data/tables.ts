import { bigint, integer, pgTable, primaryKey, text, timestamp, varchar } from "drizzle-orm/pg-core";

/** What somebody may do; `account/roles.ts` says which scopes each has. */
export const ROLES = ["customer", "clerk", "manager"] as const;

/** Customers and staff. */
export const users = pgTable("users", {
  id: identity(),
  email: varchar("email", { length: 254 }).notNull(),
  name: varchar("name", { length: 100 }).notNull(),
  passwordHash: text("password_hash").notNull(),
  role: text("role", { enum: ROLES }).notNull().default("customer"),
});

/** Who is signed in. A copy of this table lets nobody in: it holds hashes of the tokens. */
export const sessions = pgTable("sessions", {
  tokenHash: text("token_hash").primaryKey(),
  userId: reference("user_id", () => users.id),
  expiresAt: instant("expires_at").notNull(),
});

/** What there is to buy. */
export const products = pgTable("products", {
  id: identity(),
  name: varchar("name", { length: 100 }).notNull(),
  description: text("description").notNull().default(""),
  cents: integer("cents").notNull(),
  stock: integer("stock").notNull(),
  /** The name of a file in the folder of pictures. */
  picture: text("picture"),
});

/** What was bought. */
export const orders = pgTable("orders", {
  id: identity(),
  userId: reference("user_id", () => users.id),
  placedAt: instant("placed_at").notNull().defaultNow(),
  shippedAt: instant("shipped_at"),
});

/** The lines of an order, at the price of the day. */
export const orderLines = pgTable(
  "order_lines",
  {
    orderId: reference("order_id", () => orders.id),
    position: integer("position").notNull(),
    productId: reference("product_id", () => products.id),
    quantity: integer("quantity").notNull(),
    cents: integer("cents").notNull(),
  },
  (table) => [primaryKey({ name: "order_lines_pkey", columns: [table.orderId, table.position] })],
);

function identity() {
  return bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
}

function reference<Name extends string>(
  name: Name,
  to: Parameters<ReturnType<typeof bigint>["references"]>[0],
) {
  return bigint(name, { mode: "number" }).notNull().references(to);
}

function instant<Name extends string>(name: Name) {
  return timestamp(name, { mode: "date", withTimezone: true, precision: 3 });
}
