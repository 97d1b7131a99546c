import { type TestClient, testClient } from "@tenon/client/testing";
import { dependency, procedure, security } from "@tenon/core";
import { createApp } from "@tenon/server";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";

const events: string[] = [];
const database = dependency.scope("app").resolve(async function* () {
  events.push("opens");
  yield new Map([[1, "pen"]]);
  events.push("closes");
});
const token = security.bearer();
const items = {
  read: procedure
    .use({ database })
    .input({ id: z.int() })
    .output(z.string())
    .errors({ NOT_FOUND: { status: 404 } })
    .query(({ input, database: stored, errors }) => stored.get(input.id) ?? errors.NOT_FOUND()),
  fails: procedure.output(z.void()).query(() => {
    throw new RangeError("out of range");
  }),
  throwsText: procedure.output(z.void()).query(() => {
    throw "just a text";
  }),
  later: procedure.output(z.string()).mutation(({ ctx }) => {
    ctx.after(() => {
      throw new RangeError("too late");
    });
    return "done";
  }),
  watch: procedure.output(z.int()).stream(async function* () {
    for (let count = 0; ; count++) {
      yield count;
    }
  }),
  breaks: procedure.output(z.int()).stream(async function* () {
    yield 1;
    throw new RangeError("broken off");
  }),
};
const session = {
  create: procedure
    .input({ name: z.string() })
    .output(z.void())
    .mutation(({ input, ctx }) => {
      ctx.cookies.set("session", input.name, { maxAge: 60 });
    }),
  read: procedure.output(z.string().nullable()).query(({ ctx }) => ctx.cookies.get("session") ?? null),
  remove: procedure.output(z.void()).mutation(({ ctx }) => ctx.cookies.delete("session")),
  who: procedure
    .use({ token })
    .output({ token: z.string(), ip: z.string(), trace: z.string().nullable() })
    .query(({ token: given, ctx }) => ({
      token: given,
      ip: ctx.ip,
      trace: ctx.headers.get("x-trace") ?? null,
    })),
};
const app = createApp({ items, session });

describe("a test client", () => {
  it("starts an application, calls it by its types, and stops it", async () => {
    events.length = 0;
    {
      await using test = await testClient(app);
      expect(events).toEqual(["opens"]);
      const item = await test.api.items.read({ id: 1 });
      expectTypeOf(item).toEqualTypeOf<string>();
      expect(item).toBe("pen");
      expect(await test.api.items.read.safe({ id: 2 })).toMatchObject({
        ok: false,
        error: { code: "NOT_FOUND" },
      });
      const rest = await test.api.GET("/items/{id}", { path: { id: 1 } });
      expect(rest.ok && rest.data).toBe("pen");
    }
    expect(events).toEqual(["opens", "closes"]);
  });

  it("throws what the application would only log, in the call that caused it", async () => {
    await using test = await testClient(app);
    await expect(test.api.items.fails()).rejects.toThrow(RangeError);
    await expect(test.api.items.fails.safe()).rejects.toThrow("out of range");
    await expect(test.fetch("/items/fails")).rejects.toThrow("out of range");
    await expect(test.api.items.throwsText()).rejects.toBe("just a text");
    expect(test.errors).toEqual([]);
  });

  it("gives the opaque reply where that is asked for", async () => {
    await using test = await testClient(app, { rethrow: false });
    expect(await test.api.items.fails.safe()).toMatchObject({ ok: false, error: { code: "INTERNAL" } });
    expect(test.errors).toMatchObject([{ message: "out of range" }]);
  });

  it("throws at its end what background work has thrown", async () => {
    const test = await testClient(app);
    expect(await test.api.items.later()).toBe("done");
    await expect(test.stop()).rejects.toThrow("too late");
    await test.stop();
  });

  it("reads streams without end, item by item", async () => {
    await using test = await testClient(app);
    const seen: number[] = [];
    for await (const item of test.api.items.watch.stream()) {
      seen.push(item);
      if (item === 2) {
        break;
      }
    }
    expect(seen).toEqual([0, 1, 2]);
  });

  it("keeps cookies between calls", async () => {
    await using test = await testClient(app, { cookies: { theme: "dark" } });
    expect(await test.api.session.read()).toBeNull();
    await test.api.session.create({ name: "ann" });
    expect(test.cookies.get("session")).toBe("ann");
    expect(await test.api.session.read()).toBe("ann");
    expect(await (await test.fetch("/session")).json()).toBe("ann");
    await test.api.session.remove();
    expect(await test.api.session.read()).toBeNull();
    expect(test.cookies.get("theme")).toBe("dark");
    test.cookies.set("session", "eve");
    expect(await test.api.session.read()).toBe("eve");
    test.cookies.clear();
    expect(await test.api.session.read()).toBeNull();
  });

  it("calls as whom, from where and with what it is told", async () => {
    await using test = await testClient(app, {
      auth: { bearer: "t" },
      ip: "10.0.0.1",
      headers: () => ({ "x-trace": "1" }),
    });
    expect(await test.api.session.who()).toEqual({ token: "t", ip: "10.0.0.1", trace: "1" });
  });
});

// #region test
it("leaves the application alone, so that tests can run side by side", async () => {
  await using one = await testClient(app.override(database, new Map([[1, "cup"]])));
  await using two = await testClient(app);
  expect([await one.api.items.read({ id: 1 }), await two.api.items.read({ id: 1 })]).toEqual(["cup", "pen"]);
  expectTypeOf(one).toEqualTypeOf<TestClient<typeof app>>();
});
// #endregion
