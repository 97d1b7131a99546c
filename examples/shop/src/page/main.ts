import { createClient } from "@tenon/client";
import type { App } from "../app.ts";
import { element, fill, find, onSubmit } from "./dom.ts";

// #region client
const api = createClient<App>({});
// #endregion

type Account = Awaited<ReturnType<typeof api.account.read>>;
type Product = Awaited<ReturnType<typeof api.products.read>>;
type Order = Awaited<ReturnType<typeof api.orders.read>>;

const basket = new Map<number, { product: Product; quantity: number }>();
let account: Account | undefined;

onSubmit("#search", ({ search }) => showProducts(search));
onSubmit("#sign-in", async ({ email = "", password = "" }) => {
  const result = await api.session.create.safe({ email, password });
  if (result.ok) {
    await welcome(result.data);
  } else {
    const isWrong = result.error.code === "WRONG_LOGIN";
    say(isWrong ? "The email or the password is wrong." : reasonOf(result.error));
  }
});
onSubmit("#register", async ({ name = "", email = "", password = "" }) => {
  const result = await api.account.create.safe({ name, email, password });
  if (result.ok) {
    await welcome(result.data);
  } else if (result.error.code === "TAKEN") {
    say(`There is an account with this ${result.error.data.field} already.`);
  } else if (result.error.code === "INVALID_INPUT") {
    say(result.error.data.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join(", "));
  } else {
    say(reasonOf(result.error));
  }
});
find("#sign-out").addEventListener("click", () => void leave());
find("#order").addEventListener("click", () => void order());

await Promise.all([showProducts(), recognise()]);

async function showProducts(search?: string): Promise<void> {
  const products = await api.products.list(search === undefined || search === "" ? {} : { search });
  fill("#products", products.map(productItem));
}

function productItem(product: Product): HTMLElement {
  const add = element("button", { textContent: "Into the basket", disabled: product.stock === 0 });
  add.addEventListener("click", () => {
    const quantity = (basket.get(product.id)?.quantity ?? 0) + 1;
    basket.set(product.id, { product, quantity });
    showBasket();
  });
  return element(
    "li",
    {},
    product.hasPicture
      ? element("img", { src: `/products/${product.id}/picture`, alt: product.name, className: "picture" })
      : element("div", { className: "picture" }),
    element("h3", { textContent: product.name }),
    element("span", { textContent: euros(product.cents) }),
    element("p", { textContent: `${product.description}. ${product.stock} in stock.` }),
    add,
  );
}

function showBasket(): void {
  const entries = [...basket.values()];
  fill(
    "#basket",
    entries.map(({ product, quantity }) =>
      element("li", { textContent: `${quantity} × ${product.name}, ${euros(quantity * product.cents)}` }),
    ),
  );
  find("#order", HTMLButtonElement).disabled = entries.length === 0;
}

// #region order
/** One key for one basket: pressed twice, or sent again by a bad network, it is still one order. */
let attempt = crypto.randomUUID();

async function order(): Promise<void> {
  const lines = [...basket.values()].map(({ product, quantity }) => ({ productId: product.id, quantity }));
  const result = await api.orders.create.safe({ lines }, { headers: { "idempotency-key": attempt } });
  if (result.ok) {
    attempt = crypto.randomUUID();
    basket.clear();
    say(`Order ${result.data.id} is on our bench.`);
    showBasket();
    await Promise.all([showProducts(), showOrders()]);
  } else if (result.error.code === "OUT_OF_STOCK") {
    const { productId, left } = result.error.data;
    say(`Only ${left} left of ${basket.get(productId)?.product.name}.`);
  } else if (result.error.code === "UNAUTHENTICATED") {
    say("Please sign in first.");
  } else {
    say(`${reasonOf(result.error)} Try again: it will be one order.`);
  }
}
// #endregion

async function recognise(): Promise<void> {
  const result = await api.account.read.safe();
  if (result.ok) {
    await welcome(result.data);
  }
}

async function welcome(somebody: Account): Promise<void> {
  account = somebody;
  say(`Welcome, ${account.name}.`);
  find("#who").textContent = `${account.name} (${account.role})`;
  find("#account").hidden = true;
  find("#sign-out").hidden = false;
  find("#orders-section").hidden = false;
  find("#orders-title").textContent = account.scopes.includes("orders:read") ? "All orders" : "Your orders";
  await showOrders();
}

async function leave(): Promise<void> {
  await api.session.remove();
  location.reload();
}

async function showOrders(): Promise<void> {
  const orders = account?.scopes.includes("orders:read")
    ? await api.orders.listAll()
    : await api.orders.list();
  fill("#orders", orders.map(orderItem));
}

function orderItem(order: Order): HTMLElement {
  const lines = order.lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(", ");
  const state = order.shippedAt === null ? "on our bench" : `left on ${order.shippedAt.toLocaleDateString()}`;
  const item = element("li", { textContent: `${order.id}, ${order.customer}: ${lines}, ${state} ` });
  if (order.shippedAt === null && account?.scopes.includes("orders:ship")) {
    const ship = element("button", { textContent: `Ship ${order.id}` });
    ship.addEventListener("click", () => void api.orders.ship({ id: order.id }).then(showOrders));
    item.append(ship);
  }
  return item;
}

/** What the server said, or that it could not be asked. */
function reasonOf(error: { readonly code: string; readonly title?: string }): string {
  return error.title === undefined ? "The shop cannot be reached." : `${error.title}.`;
}

function say(notice: string): void {
  find("#notice").textContent = notice;
}

function euros(cents: number): string {
  return `€ ${(cents / 100).toFixed(2)}`;
}
