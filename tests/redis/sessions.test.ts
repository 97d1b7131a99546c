import { dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { session } from "@tenon/server/middleware";
import { redisSessions } from "@tenon/server/redis";
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

/** A worker: all of them have the same secret, and the same Redis. */
function worker(each: (typeof clients)[number], maxAge = 100) {
  const sessions = session<{ name: string; cart: string[] }>({
    secrets: ["a secret of at least thirty-two characters"],
    store: redisSessions(each),
    maxAge,
  });
  const own = dependency.resolve(({ ctx }) => sessions.of(ctx));
  const visit = {
    read: procedure
      .use({ own })
      .output(z.unknown())
      .query(({ own: { isNew }, own: current }) => ({
        isNew,
        name: current.get("name") ?? null,
        cart: current.get("cart") ?? null,
      })),
    signIn: procedure
      .use({ own })
      .input({ name: z.string() })
      .output(z.void())
      .mutation(({ own: current, input }) => {
        current.regenerate();
        current.set("name", input.name);
        current.set("cart", ["ü", "\u{1f600}"]);
      }),
    signOut: procedure
      .use({ own })
      .output(z.void())
      .mutation(({ own: current }) => current.clear()),
  };
  const app = createApp({ visit: router(visit) }, { middleware: [sessions] });
  return async (path: string, cookie?: string, body?: object) => {
    const response = await app.fetch(
      new Request(`http://x/visit${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: {
          ...(cookie === undefined ? {} : { cookie }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return {
      json: text === "" ? undefined : JSON.parse(text),
      cookie: response.headers.getSetCookie()[0]?.split(";")[0],
    };
  };
}

it("remembers a caller whichever worker is asked, until it signs out with any of them", async () => {
  const [one, other] = [worker(clients[0]), worker(clients[1])];
  const { cookie } = await one("/signIn", undefined, { name: "ann" });
  expect((await other("", cookie)).json).toEqual({
    isNew: false,
    name: "ann",
    cart: ["ü", "\u{1f600}"],
  });
  // The cookie holds an id, and nothing of what is kept.
  const payload = Buffer.from(cookie?.split("=")[1]?.split(".")[0] ?? "", "base64url").toString();
  expect([payload.includes("ann"), (await client.keys("tenon:session:*")).length]).toEqual([false, 1]);
  await other("/signOut", cookie, {});
  expect((await one("", cookie)).json).toMatchObject({ isNew: true, name: null });
  expect(await client.keys("*")).toEqual([]);
});

it("forgets the id from before somebody signed in", async () => {
  const [one, other] = [worker(clients[0]), worker(clients[1])];
  const before = await one("/signIn", undefined, { name: "ann" });
  const after = await other("/signIn", before.cookie, { name: "bob" });
  expect((await one("", before.cookie)).json).toMatchObject({ isNew: true });
  expect((await one("", after.cookie)).json).toMatchObject({ name: "bob" });
  expect(await client.keys("*")).toHaveLength(1);
});

it("keeps nothing longer than the session lasts", async () => {
  await worker(client, 50)("/signIn", undefined, { name: "ann" });
  const [key = ""] = await client.keys("tenon:session:*");
  const left = await client.ttl(key);
  expect(left).toBeGreaterThan(45);
  expect(left).toBeLessThanOrEqual(50);
  const store = redisSessions(client, { prefix: "own:" });
  await store.set("a", { n: 1 }, Math.floor(Date.now() / 1000) + 100);
  expect([await store.get("a"), await store.get("b"), await client.exists("own:a")]).toEqual([
    { n: 1 },
    undefined,
    1,
  ]);
});
