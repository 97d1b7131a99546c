import { dependency, header, procedure, query, security, unauthenticated } from "@tenon/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createApp } from "./app.ts";

const events: string[] = [];
const pool = dependency.scope("app").resolve(async function* () {
  events.push("pool opens");
  yield { name: "real pool" };
  events.push("pool closes");
});
const session = dependency.use({ pool }).resolve(async function* ({ pool: { name } }) {
  events.push("session opens");
  try {
    yield { of: name };
    events.push("session closes");
  } catch (error) {
    events.push(`session sees ${(error as Error).message}`);
    throw error;
  }
});
const paging = dependency
  .input({ q: query(z.string().optional()), skip: query(z.int().default(0)) })
  .resolve(({ input }) => ({ q: input.q ?? null, skip: input.skip, limit: 100 }));
const token = security.bearer();
const user = dependency
  .use({ token, session })
  .resolve(({ token: given }) => (given === "ann" ? { name: "ann" } : unauthenticated()));
const routes = {
  items: {
    list: procedure
      .use({ paging, session })
      .output(z.unknown())
      .query(({ paging: page, session: { of } }) => ({ page, of })),
    mine: procedure
      .use({ user, session })
      .output(z.unknown())
      .query(({ user: { name }, session: { of } }) => ({ name, of })),
  },
};
const app = createApp(routes);
const get = async (from: typeof app, path: string, headers = {}): Promise<unknown> =>
  (await from.fetch(new Request(`http://x${path}`, { headers }))).json();

describe("override", () => {
  it("puts a value in place of a dependency and of all that it asks for", async () => {
    const fixed = app.override(paging, { q: "fixed", skip: 5, limit: 10 });
    expect(await get(fixed, "/items?q=foo&skip=100")).toEqual({
      page: { q: "fixed", skip: 5, limit: 10 },
      of: "real pool",
    });
    expect(fixed.operations[0]?.parameters).toEqual([]);
    await fixed.stop();
  });

  it("leaves the application as it was, so that both answer side by side", async () => {
    const other = app.override(pool, { name: "test pool" });
    const [one, two] = await Promise.all([get(app, "/items"), get(other, "/items")]);
    expect([one, two]).toMatchObject([{ of: "real pool" }, { of: "test pool" }]);
    await Promise.all([app.stop(), other.stop()]);
  });

  it("takes another dependency, with inputs of its own that are validated", async () => {
    const other = app.override(
      paging,
      dependency
        .input({ limit: header("x-limit", z.int().max(10)) })
        .resolve(({ input }) => ({ q: null, skip: 0, limit: input.limit })),
    );
    expect(await get(other, "/items", { "x-limit": "7" })).toMatchObject({ page: { limit: 7 } });
    expect(await get(other, "/items", { "x-limit": "11" })).toMatchObject({
      code: "INVALID_INPUT",
      errors: [{ in: "header", path: ["x-limit"] }],
    });
    await other.stop();
  });

  it("may wrap what it replaces", async () => {
    const doubled = app.override(
      paging,
      dependency.use({ paging }).resolve(({ paging: page }) => ({ ...page, skip: page.skip * 2 })),
    );
    expect(await get(doubled, "/items?skip=4")).toMatchObject({ page: { skip: 8 } });
    await doubled.stop();
  });

  it("reaches what others use, and keeps one value for all of them", async () => {
    let made = 0;
    const counted = app.override(
      session,
      dependency.resolve(() => ({ of: `session ${++made}` })),
    );
    expect(await get(counted, "/items/mine", { authorization: "Bearer ann" })).toEqual({
      name: "ann",
      of: "session 1",
    });
    expect(made).toBe(1);
    await counted.stop();
  });

  it("takes a credential from nobody, and the last word of several", async () => {
    const trusted = app.override(token, "bob").override(token, "ann");
    expect(await get(trusted, "/items/mine")).toMatchObject({ name: "ann" });
    const known = app.override(user, { name: "eve" });
    expect(await get(known, "/items/mine")).toMatchObject({ name: "eve" });
    await Promise.all([trusted.stop(), known.stop()]);
  });

  it("finds a dependency where it is resolved anew, too", async () => {
    let count = 0;
    const counter = dependency.resolve(() => 0);
    const twice = createApp({
      items: {
        list: procedure
          .use({ one: counter, two: dependency.fresh(counter) })
          .output(z.array(z.int()))
          .query(({ one, two }) => [one, two]),
      },
    }).override(
      counter,
      dependency.resolve(() => ++count),
    );
    const response = await twice.fetch(new Request("http://x/items"));
    expect(((await response.json()) as number[]).sort((one, other) => one - other)).toEqual([1, 2]);
  });

  it("asks for the dependency's own type", () => {
    expectTypeOf(app.override(paging, { q: null, skip: 0, limit: 1 })).toEqualTypeOf<typeof app>();
    // @ts-expect-error -- a page has no offset
    app.override(pool, { offset: 1 });
  });
});

describe("with", () => {
  it("changes an option and keeps the rest, overrides included", async () => {
    const told: unknown[] = [];
    const silent = app.override(pool, { name: "test pool" }).with({
      onError: (error) => told.push((error as Error).message),
      info: { title: "Other", version: "2" },
    });
    expect(await get(silent, "/items")).toMatchObject({ of: "test pool" });
    expect(await get(silent, "/openapi.json")).toMatchObject({ info: { title: "Other" } });
    await silent.stop();
  });
});

describe("resolve", () => {
  it("opens a dependency and what it uses outside of a request, and closes it", async () => {
    events.length = 0;
    const resolved = await app.resolve(session);
    expectTypeOf(resolved.value).toEqualTypeOf<{ of: string }>();
    expect(resolved.value).toEqual({ of: "real pool" });
    await resolved.close();
    await resolved.close();
    expect(events).toEqual(["pool opens", "session opens", "session closes"]);
    await app.stop();
    expect(events.at(-1)).toBe("pool closes");
  });

  it("tells the dependency what ended its use", async () => {
    events.length = 0;
    const resolved = await app.resolve(session);
    await resolved.close(new Error("the job failed"));
    expect(events.at(-1)).toBe("session sees the job failed");
    await app.stop();
  });

  it("opens a value of the application once, whoever asks first, though no operation uses it", async () => {
    let opened = 0;
    const lone = dependency.scope("app").resolve(async function* () {
      opened++;
      yield { opened };
      events.push("lone closes");
    });
    const [one, two] = await Promise.all([app.resolve(lone), app.resolve(lone)]);
    expect([one.value, two.value]).toEqual([{ opened: 1 }, { opened: 1 }]);
    await Promise.all([one.close(), two.close()]);
    expect(events.at(-1)).not.toBe("lone closes");
    await app.stop();
    expect(events).toContain("lone closes");
  });

  it("uses overrides, and refuses what only a request can give", async () => {
    const other = app.override(pool, { name: "test pool" });
    const resolved = await other.resolve(session);
    expect(resolved.value).toEqual({ of: "test pool" });
    await resolved.close();
    await other.stop();
    await expect(app.resolve(user)).rejects.toThrow(
      "the dependency 'bearer' needs a request with credentials",
    );
    await expect(app.resolve(paging as never)).rejects.toThrow("needs a request's 'q': override it");
    const asking = dependency.resolve(({ ctx }) => ctx.ip);
    await expect(app.resolve(asking)).rejects.toThrow("there is no request here");
    await app.stop();
  });

  it("closes what was opened where something further fails", async () => {
    events.length = 0;
    const failing = dependency.use({ session }).resolve(() => {
      throw new Error("no further");
    });
    await expect(app.resolve(failing)).rejects.toThrow("no further");
    expect(events).toEqual(["pool opens", "session opens", "session sees no further"]);
    await app.stop();
  });
});
