import { expect, it } from "vitest";
import { SAMPLE_PASSWORD } from "../data/sample.ts";
import { describeShop, type TestShop, type Visitor } from "../test-shop.ts";

const stockOf = async (shop: TestShop, id: number): Promise<number> =>
  (await shop.visit().api.products.read({ id })).stock;

async function newcomer(shop: TestShop, name: string): Promise<Visitor> {
  const visitor = shop.visit();
  await visitor.api.account.create({ email: `${name}@example.com`, name, password: SAMPLE_PASSWORD });
  return visitor;
}

// Jobs are looked for once a second.
const PATIENCE = { timeout: 15_000 };

describeShop("orders", (shop) => {
  it("takes what is ordered from the stock, at the price of the day", async () => {
    const ada = await shop().signIn("ada@example.com");
    const before = await stockOf(shop(), 1);
    const order = await ada.api.orders.create({ lines: [{ productId: 1, quantity: 2 }] });
    expect(order).toEqual({
      id: order.id,
      customer: "Ada Lind",
      placedAt: expect.any(Date),
      shippedAt: null,
      lines: [{ productId: 1, name: "Marking gauge", quantity: 2, cents: 3400 }],
    });
    expect(await stockOf(shop(), 1)).toBe(before - 2);
    const { api } = await shop().signIn("mira@shop.example");
    await api.products.update({ id: 1, cents: 9900 });
    expect(await ada.api.orders.read({ id: order.id })).toEqual(order);
    expect(await ada.api.orders.list()).toEqual([order]);
  });

  it("writes to the customer when the order is placed, and when it leaves", async () => {
    const ivo = await newcomer(shop(), "ivo");
    const { id } = await ivo.api.orders.create({ lines: [{ productId: 5, quantity: 3 }] });
    const letters = (): unknown[] => shop().letters.filter(({ to }) => to === "ivo@example.com");
    const placed = {
      to: "ivo@example.com",
      subject: `Your order ${id}`,
      text: expect.stringContaining("3 × Hide glue  € 29.40\n  Total  € 29.40"),
      messageId: `<order-${id}-placed@shop.example>`,
    };
    await expect.poll(letters, PATIENCE).toEqual([placed]);
    const tom = await shop().signIn("tom@shop.example");
    await tom.api.orders.ship({ id });
    const shipped = expect.objectContaining({ subject: `Order ${id} is on its way` });
    await expect.poll(letters, PATIENCE).toEqual([placed, shipped]);
  });

  it("writes nothing where nothing was ordered", async () => {
    const jan = await newcomer(shop(), "jan");
    await jan.api.orders.create.safe({ lines: [{ productId: 999, quantity: 1 }] });
    const { id } = await jan.api.orders.create({ lines: [{ productId: 5, quantity: 1 }] });
    const subjects = (): unknown[] =>
      shop().letters.flatMap(({ to, subject }) => (to === "jan@example.com" ? [subject] : []));
    await expect.poll(subjects, PATIENCE).toEqual([`Your order ${id}`]);
  });

  it("orders all of it or nothing", async () => {
    const ada = await shop().signIn("ada@example.com");
    const [orders, stock] = [await ada.api.orders.list(), await stockOf(shop(), 2)];
    const lines = [
      { productId: 2, quantity: 1 },
      { productId: 4, quantity: 50 },
    ];
    expect(await ada.api.orders.create.safe({ lines })).toMatchObject({
      error: { code: "OUT_OF_STOCK", status: 409, data: { productId: 4, left: 3 } },
    });
    expect(await ada.api.orders.create.safe({ lines: [{ productId: 999, quantity: 1 }] })).toMatchObject({
      error: { code: "OUT_OF_STOCK", data: { productId: 999, left: 0 } },
    });
    expect([await ada.api.orders.list(), await stockOf(shop(), 2)]).toEqual([orders, stock]);
  });

  it("sells nothing twice, however many order at once", async () => {
    const people = await Promise.all(["bea", "cem", "dov", "eli"].map((name) => newcomer(shop(), name)));
    const lines = [
      { productId: 4, quantity: 1 },
      { productId: 3, quantity: 1 },
    ];
    const results = await Promise.all(
      people.map(({ api }, n) => api.orders.create.safe({ lines: n % 2 ? lines : lines.toReversed() })),
    );
    expect(
      results.map((result) => String(result.ok ? result.status : result.error.status)).toSorted(),
    ).toEqual(["201", "201", "201", "409"]);
    expect(await stockOf(shop(), 4)).toBe(0);
  });

  it("orders once, however often one attempt is sent", async () => {
    const fay = await newcomer(shop(), "fay");
    const lines = [{ productId: 5, quantity: 1 }];
    const headers = { "idempotency-key": crypto.randomUUID() };
    const first = await fay.api.orders.create({ lines }, { headers });
    expect(await fay.api.orders.create({ lines }, { headers })).toEqual(first);
    expect(await fay.api.orders.list()).toHaveLength(1);
    const other = { lines: [{ productId: 5, quantity: 2 }] };
    expect(await fay.api.orders.create.safe(other, { headers })).toMatchObject({ error: { status: 422 } });
  });

  it("shows an order to its customer and to staff; to others it is not there", async () => {
    const gil = await newcomer(shop(), "gil");
    const { id } = await gil.api.orders.create({ lines: [{ productId: 5, quantity: 1 }] });
    const ada = await shop().signIn("ada@example.com");
    const tom = await shop().signIn("tom@shop.example");
    expect(await ada.api.orders.read.safe({ id })).toMatchObject({ error: { code: "NOT_FOUND" } });
    expect(await ada.api.orders.listAll.safe()).toMatchObject({ error: { code: "FORBIDDEN" } });
    expect((await tom.api.orders.read({ id })).customer).toBe("gil");
    expect((await tom.api.orders.listAll({ limit: 1 })).map((order) => order.id)).toEqual([id]);
    expect((await tom.api.orders.listAll({ before: id })).every((order) => order.id < id)).toBe(true);
  });

  it("leaves once", async () => {
    const hal = await newcomer(shop(), "hal");
    const { id } = await hal.api.orders.create({ lines: [{ productId: 5, quantity: 1 }] });
    expect(await hal.api.orders.ship.safe({ id })).toMatchObject({ error: { code: "FORBIDDEN" } });
    const tom = await shop().signIn("tom@shop.example");
    expect((await tom.api.orders.ship({ id })).shippedAt).toBeInstanceOf(Date);
    expect(await tom.api.orders.ship.safe({ id })).toMatchObject({ error: { code: "SHIPPED", status: 409 } });
    expect(await tom.api.orders.ship.safe({ id: 999 })).toMatchObject({ error: { code: "NOT_FOUND" } });
  });
});
