import { binary, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { idempotency } from "@tenon/server/middleware";
import { redisIdempotency } from "@tenon/server/redis";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";

const url = process.env["TEST_REDIS_URL"];
if (url === undefined) {
  throw new Error("There is no Redis: run 'node scripts/redis.mjs -- vitest run tests/redis'.");
}
const clients = [createClient({ url }), createClient({ url })] as const;
const [client] = clients;
beforeAll(async () => {
  await Promise.all(clients.map((each) => each.connect()));
});
beforeEach(async () => {
  await client.flushAll();
});
afterAll(async () => {
  await Promise.all(clients.map((each) => each.close()));
});

const reply = { request: "r", status: 200, headers: ["a", "b"], body: "ü" };

it("begins once for each key, whoever asks, and gives the reply to all", async () => {
  const made: string[] = [];
  const orders = {
    create: procedure
      .input({ item: z.string() })
      .output({ id: z.int() })
      .mutation(({ input }) => ({ id: made.push(input.item) })),
    picture: procedure.output(binary("image/png")).mutation(() => {
      made.push("picture");
      return new Uint8Array([0, 255, 128]);
    }),
  };
  const workers = clients.map((each) =>
    createApp({ orders: router(orders) }, { middleware: [idempotency({ store: redisIdempotency(each) })] }),
  );
  const post = (index: number, path: string, body: string | null = '{"item":"tea"}') =>
    workers[index % 2]?.fetch(
      new Request(`http://x/orders${path}`, {
        method: "POST",
        headers: { "idempotency-key": "k", ...(body === null ? {} : { "content-type": "application/json" }) },
        body,
      }),
    );
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => (await post(index, ""))?.status),
  );
  expect(made).toEqual(["tea"]);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
  const again = await Promise.all([post(0, ""), post(1, "")]);
  expect(again.map((each) => each?.headers.get("idempotency-replayed"))).toEqual(["true", "true"]);
  expect(await again[0]?.json()).toEqual({ id: 1 });
  await post(0, "/picture", null);
  const bytes = await (await post(1, "/picture", null))?.arrayBuffer();
  expect([new Uint8Array(bytes ?? new ArrayBuffer()), made]).toEqual([
    new Uint8Array([0, 255, 128]),
    ["tea", "picture"],
  ]);
});

it("keeps a reply for a time, and gives a key up that left none", async () => {
  const [one, other] = clients.map((each) => redisIdempotency(each, { maxAge: 50 }));
  expect([await one?.begin("a"), await other?.begin("a")]).toEqual(["begun", "running"]);
  await one?.keep("a", reply);
  expect(await other?.begin("a")).toEqual(reply);
  const left = await client.ttl("tenon:idempotency:a");
  expect(left).toBeGreaterThan(45);
  expect(left).toBeLessThanOrEqual(50);
  expect(await one?.begin("b")).toBe("begun");
  await one?.drop("b");
  expect(await other?.begin("b")).toBe("begun");
});

it("takes a worker that says nothing for dead in time, and lets it overwrite nobody when it is not", async () => {
  const [slow, other] = clients.map((each) => redisIdempotency(each, { lease: 1 }));
  expect(await slow?.begin("a")).toBe("begun");
  await expect.poll(() => client.exists("tenon:idempotency:a"), { timeout: 5000 }).toBe(0);
  expect(await other?.begin("a")).toBe("begun");
  await slow?.drop("a");
  await slow?.keep("a", { ...reply, body: "slow" });
  expect(await client.exists("tenon:idempotency:a")).toBe(1);
  await other?.keep("a", { ...reply, body: "other" });
  expect(await slow?.begin("a")).toMatchObject({ body: "other" });
});

it("keeps replies without a body, and refuses times that could not be", async () => {
  const store = redisIdempotency(client, { prefix: "own:" });
  await store.begin("a");
  await store.keep("a", { request: "r", status: 204, headers: [], body: undefined });
  expect([await store.begin("a"), await client.keys("*")]).toEqual([
    { request: "r", status: 204, headers: [], body: undefined },
    ["own:a"],
  ]);
  expect(() => redisIdempotency(client, { lease: 0 })).toThrow("lease is in whole seconds");
});
