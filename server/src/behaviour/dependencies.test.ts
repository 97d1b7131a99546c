import { dependency, header, procedure, query, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

behindEveryAdapter("dependencies", (adapter) => {
  it("ends a generator that yields twice, and says so", async () => {
    const events: string[] = [];
    const reported: string[] = [];
    const twice = dependency.resolve(async function* twice() {
      try {
        yield 1;
        yield 2;
      } finally {
        events.push("ended");
      }
    });
    const stubborn = dependency.resolve(function* stubborn() {
      for (;;) {
        try {
          yield 1;
        } catch {
          yield 2;
        } finally {
          events.push("ended");
        }
      }
    });
    const things = {
      twice: procedure
        .use({ twice })
        .output(z.void())
        .query(() => {}),
      stubborn: procedure
        .use({ stubborn })
        .output(z.void())
        .query(() => {
          throw new Error("secret");
        }),
    };
    const app = createApp(
      { things: router(things) },
      { onError: (error) => void reported.push((error as Error).message) },
    );
    const results = await answers(adapter, app, ["/things/twice"], ["/things/stubborn"]);
    expect(results.map(({ status }) => status)).toEqual([500, 500]);
    expect(events).toEqual(["ended", "ended"]);
    expect(reported).toEqual([
      expect.stringContaining("'twice' yields more than once"),
      // What it was told of is not lost.
      "secret",
      expect.stringContaining("'stubborn' yields more than once"),
    ]);
  });

  it("closes what admission opened, whatever the body is refused for", async () => {
    const events: string[] = [];
    const session = dependency.resolve(async function* () {
      try {
        yield 1;
      } catch (error) {
        events.push((error as { code: string }).code);
        throw error;
      }
    });
    const things = {
      create: procedure
        .guard(session)
        .input({ n: z.int() })
        .output(z.int())
        .mutation(({ input }) => input.n),
    };
    const app = createApp({ things: router(things) }, { limits: { body: 100 } });
    await answers(
      adapter,
      app,
      ["/things", { method: "POST", headers: { "content-type": "text/plain" }, body: "x" }],
      ["/things", json({ n: "x".repeat(200) })],
      ["/things", { ...json(0), body: "{" }],
      ["/things", json({ n: "x" })],
    );
    expect(events).toEqual(["UNSUPPORTED_MEDIA_TYPE", "TOO_LARGE", "MALFORMED_BODY", "INVALID_INPUT"]);
  });

  it("shows admission its own parameters where another one is wrong, and at both addresses", async () => {
    const seen: unknown[] = [];
    const member = dependency
      .input({
        org: z.string(),
        team: query(z.int().optional()),
        tenant: header("x-tenant", z.int()),
      })
      .errors({ NO_MEMBER: { status: 403 } })
      .resolve(({ input, errors }) => {
        seen.push([input.org, input.team, input.tenant]);
        return input.org === "ours" ? undefined : errors.NO_MEMBER();
      });
    const things = {
      list: procedure
        .guard(member)
        .input({ limit: query(z.int().default(1)) })
        .output(z.string())
        .query(({ input }) => `${input.org} ${input.limit}`),
    };
    const app = createApp({ things: router(things, { prefix: "/{org}/things" }) });
    const headers = { "x-tenant": "7" };
    const [theirs, broken, ours, canonical, refused, unfit] = await answers(
      adapter,
      app,
      ["/theirs/things?limit=x", { headers }],
      ["/ours/things?limit=x", { headers }],
      ["/ours/things?team=2", { headers }],
      ["/rpc/things.list", json({ org: "ours", team: 3 }, "POST", headers)],
      ["/rpc/things.list", json({ org: "theirs" }, "POST", headers)],
      ["/rpc/things.list", json({ org: 7 }, "POST", headers)],
    );
    expect(theirs?.json).toMatchObject({ code: "NO_MEMBER" });
    expect(broken?.json).toMatchObject({ errors: [{ in: "query", path: ["limit"] }] });
    expect(ours?.json).toBe("ours 1");
    expect(canonical?.json).toBe("ours 1");
    expect(refused?.json).toMatchObject({ code: "NO_MEMBER" });
    expect(unfit?.status).toBe(422);
    expect(seen).toEqual([
      ["theirs", undefined, 7],
      ["ours", undefined, 7],
      ["ours", 2, 7],
      ["ours", 3, 7],
      ["theirs", undefined, 7],
    ]);
  });
});

it("starts the app once for requests that come together, and again after a stop", async () => {
  const events: string[] = [];
  const pool = dependency.scope("app").resolve(async function* () {
    events.push("opens");
    await Promise.resolve();
    yield events.length;
    events.push("closes");
  });
  const list = procedure
    .use({ pool })
    .output(z.int())
    .query(({ pool }) => pool);
  const app = createApp({ things: { list } });
  const ask = async () => (await app.fetch(new Request("http://x/things"))).json();
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  await app.stop();
  expect(await ask()).toBe(3);
  await Promise.all([app.stop(), app.stop()]);
  const starting = app.start();
  await app.stop();
  await starting;
  expect(events).toEqual(["opens", "closes", "opens", "closes", "opens", "closes"]);
});
