import { procedure, router, security } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { type IdempotencyOptions, idempotency } from "../middleware/idempotency.ts";
import { memoryIdempotency } from "../middleware/idempotency-store.ts";
import { requestId } from "../middleware/request-id.ts";
import { behindEveryAdapter, type Opened } from "./adapters.ts";
import { type Exact, exact, withApp } from "./exact.ts";

interface Shop {
  readonly app: App<unknown>;
  readonly made: string[];
  readonly started: Promise<void>;
  finish: () => void;
}

function makeShop(options: Partial<IdempotencyOptions> = {}, more: AppOptions = {}): Shop {
  const made: string[] = [];
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let start = (): void => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const orders = {
    create: procedure
      .use({ token: security.optional(security.bearer()) })
      .input({ item: z.string().min(2) })
      .output({ id: z.int(), item: z.string() })
      .mutation(({ input, ctx }) => {
        made.push(input.item);
        ctx.response.headers.set("location", `/orders/${made.length}`);
        return { id: made.length, item: input.item };
      }),
    slow: procedure.output(z.int()).mutation(async () => {
      start();
      await finished;
      return made.push("slow");
    }),
    fail: procedure.output(z.int()).mutation(() => {
      made.push("fail");
      throw new Error("secret");
    }),
    list: procedure.output(z.array(z.string())).query(() => made),
  };
  const app = createApp(
    { orders: router(orders) },
    {
      middleware: [requestId(), idempotency({ store: memoryIdempotency(), ...options })],
      onError: () => {},
      ...more,
    },
  );
  return { app, made, started, finish };
}

function post(
  opened: Opened,
  key: string | undefined,
  body: string | undefined = '{"item":"tea"}',
  { path = "/orders", headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Exact> {
  return exact(opened, path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
      ...headers,
    },
    body,
  });
}

behindEveryAdapter("idempotency", (adapter) => {
  it("runs a request once for each key, and gives the first reply to whoever repeats it", async () => {
    const { app, made } = makeShop();
    await withApp(adapter.open(app), async (opened) => {
      const first = await post(opened, "a");
      const again = await post(opened, "a");
      expect([first.status, first.text, made]).toEqual([201, '{"id":1,"item":"tea"}', ["tea"]]);
      expect([
        again.status,
        again.text,
        again.headers.get("location"),
        again.headers.get("content-type"),
      ]).toEqual([201, first.text, "/orders/1", "application/json"]);
      expect([first.headers.has("idempotency-replayed"), again.headers.get("idempotency-replayed")]).toEqual([
        false,
        "true",
      ]);
      // What is around it goes on as for every request.
      expect(again.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
      expect((await post(opened, "b")).text).toBe('{"id":2,"item":"tea"}');
      expect((await post(opened, undefined)).text).toBe('{"id":3,"item":"tea"}');
      const rpc = await post(opened, "a", undefined, { path: "/rpc/orders.create" });
      expect([rpc.status, made.length]).toEqual([422, 3]);
    });
  });

  it("refuses another request under the same key, and keeps callers apart", async () => {
    const { app, made } = makeShop();
    await withApp(adapter.open(app), async (opened) => {
      await post(opened, "a");
      const other = await post(opened, "a", '{"item":"coffee"}');
      expect([other.status, JSON.parse(other.text)]).toMatchObject([422, { code: "IDEMPOTENCY_KEY_REUSED" }]);
      const somebody = await post(opened, "a", undefined, { headers: { authorization: "Bearer b" } });
      expect([somebody.status, made]).toEqual([201, ["tea", "tea"]]);
      const slow = await post(opened, "a", "", { path: "/orders/fail", headers: { "content-type": "" } });
      expect([slow.status, made.length]).toEqual([500, 3]);
    });
  });

  it("says 409 while the first is running, and its reply when it has ended", async () => {
    const { app, made, started, finish } = makeShop();
    await withApp(adapter.open(app), async (opened) => {
      const ask = () =>
        exact(opened, "/orders/slow", { method: "POST", headers: { "idempotency-key": "a" } });
      const first = ask();
      await started;
      const second = await ask();
      expect([second.status, second.headers.get("retry-after"), JSON.parse(second.text)]).toMatchObject([
        409,
        "1",
        { code: "IDEMPOTENCY_CONFLICT" },
      ]);
      finish();
      expect([(await first).text, (await ask()).text, made]).toEqual(["1", "1", ["slow"]]);
    });
  });

  it("says 409, too, while a handler is at work whose caller was told 503 in the meantime", async () => {
    const { app, made, finish } = makeShop({}, { limits: { timeout: 20 } });
    await withApp(adapter.open(app), async (opened) => {
      const ask = async () =>
        (await exact(opened, "/orders/slow", { method: "POST", headers: { "idempotency-key": "a" } })).status;
      expect([await ask(), await ask()]).toEqual([503, 409]);
      finish();
      await expect.poll(ask).toBe(200);
      expect(made).toEqual(["slow", "slow"]);
    });
  });

  it("tries again after a failure, and after a refusal", async () => {
    const { app, made } = makeShop();
    await withApp(adapter.open(app), async (opened) => {
      const fail = () =>
        exact(opened, "/orders/fail", { method: "POST", headers: { "idempotency-key": "a" } });
      expect([(await fail()).status, (await fail()).status, made]).toEqual([500, 500, ["fail", "fail"]]);
      expect((await post(opened, "b", '{"item":"x"}')).status).toBe(422);
      expect((await post(opened, "b", '{"item":"xx"}')).status).toBe(201);
    });
  });

  it("asks for a key where it is told to, and for one that is well-formed", async () => {
    const { app, made } = makeShop({ required: true });
    await withApp(adapter.open(app), async (opened) => {
      for (const key of [undefined, "a b", "a".repeat(256)]) {
        const reply = await post(opened, key);
        expect([reply.status, JSON.parse(reply.text)]).toMatchObject([400, { code: "MALFORMED_REQUEST" }]);
      }
      expect((await exact(opened, "/orders")).status).toBe(200);
      expect(made).toEqual([]);
    });
  });

  it("keeps no reply that is too large, and reads no repeated body that is", async () => {
    const { app, made } = makeShop({ maxBytes: 10, maxBody: 20 });
    await withApp(adapter.open(app), async (opened) => {
      await post(opened, "a");
      await post(opened, "a");
      expect(made).toEqual(["tea", "tea"]);
    });
    const small = makeShop({ maxBody: 5 });
    await withApp(adapter.open(small.app), async (opened) => {
      await post(opened, "a");
      expect((await post(opened, "a")).status).toBe(413);
    });
  });
});

it("forgets replies in time, and holds no more than it may", async () => {
  let now = 0;
  const store = memoryIdempotency({ maxKeys: 3, maxAge: 10, now: () => now });
  const reply = { request: "r", status: 200, headers: [], body: "x" };
  for (const key of ["a", "b", "c", "d"]) {
    expect(await store.begin(key)).toBe("begun");
    await store.keep(key, reply);
  }
  expect([store.size, await store.begin("d")]).toEqual([3, reply]);
  expect(await store.begin("a")).toBe("begun");
  expect(await store.begin("a")).toBe("running");
  await store.drop("a");
  now += 10_000;
  expect(await store.begin("d")).toBe("begun");
});

it("runs one of many that come at once", async () => {
  const { app, made } = makeShop();
  const ask = () =>
    app.fetch(
      new Request("http://x/orders", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": "a" },
        body: '{"item":"tea"}',
      }),
    );
  const statuses = (await Promise.all(Array.from({ length: 20 }, ask))).map(({ status }) => status);
  expect(made).toEqual(["tea"]);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
  expect(statuses).toContain(201);
});

it("refuses to be without a store", () => {
  expect(() => idempotency({} as never)).toThrow("{ store: memoryIdempotency() }");
});
