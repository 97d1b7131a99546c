import type { OrderRow } from "../data/orders.ts";
import type { Letter } from "./mailer.ts";

/** What is said of an order. */
export type Occasion = "placed" | "shipped";

/** The letter to the customer of an order. */
export function letterOf(order: OrderRow, occasion: Occasion): Letter {
  const lines = order.lines.map(
    ({ name, quantity, cents }) => `  ${quantity} × ${name}  ${euros(quantity * cents)}`,
  );
  const total = order.lines.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
  return {
    to: order.email,
    subject: occasion === "placed" ? `Your order ${order.id}` : `Order ${order.id} is on its way`,
    text: [`Dear ${order.customer},`, "", OPENING[occasion], "", ...lines, `  Total  ${euros(total)}`].join(
      "\n",
    ),
    messageId: `<order-${order.id}-${occasion}@shop.example>`,
  };
}

const OPENING: Readonly<Record<Occasion, string>> = {
  placed: "thank you for your order:",
  shipped: "your order has left our house:",
};

function euros(cents: number): string {
  return `€ ${(cents / 100).toFixed(2)}`;
}
