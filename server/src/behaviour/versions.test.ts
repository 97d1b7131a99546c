import { dependency, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp, type VersionOptions, versions } from "../index.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const events: string[] = [];
const life = (name: string) =>
  dependency.scope("app").resolve(async function* () {
    events.push(`${name} opens`);
    yield name;
    events.push(`${name} closes`);
  });

const first = {
  list: procedure
    .use({ life: life("first") })
    .output(z.array(z.string()))
    .query(() => ["pen"]),
  read: procedure
    .input({ id: z.int() })
    .output({ name: z.string() })
    .query(({ ctx }) => ({ name: ctx.url.pathname })),
};
/** The next version is made of the one before: what changes is replaced, what is gone is left out. */
const second = {
  ...first,
  list: procedure.output({ items: z.array(z.string()) }).query(() => ({ items: ["pen"] })),
  create: procedure
    .input({ name: z.string() })
    .output(z.string())
    .mutation(({ input }) => input.name),
};

function make(options: VersionOptions = {}) {
  const january = createApp({ items: router(first) }, { info: { title: "January", version: "1" } });
  const june = createApp({ items: router(second) }, { info: { title: "June", version: "2" } });
  const outer = { health: { list: procedure.output(z.string()).query(() => "well") } };
  const aging = {
    app: january,
    deprecated: new Date("2026-06-01T00:00:00Z"),
    sunset: new Date("2027-01-01T00:00:00Z"),
  };
  return createApp(outer, {
    mounts: { "/": versions({ "2026-06-01": june, "2026-01-01": aging }, options) },
  });
}

const at = (version: string): RequestInit => ({ headers: { "api-version": version } });

behindEveryAdapter("versions", (adapter) => {
  it("are named by the path, each with its document and docs", async () => {
    const [old, now, made, gone, oldDocument, document, docs, link, own] = await answers(
      adapter,
      make(),
      ["/2026-01-01/items"],
      ["/2026-06-01/items"],
      ["/2026-06-01/items", json({ name: "cup" })],
      ["/2026-01-01/items", json({ name: "cup" })],
      ["/2026-01-01/openapi.json"],
      ["/2026-06-01/openapi.json"],
      ["/2026-01-01/docs"],
      ["/2026-01-01/items/7"],
      ["/health"],
    );
    expect([old?.json, now?.json, made?.json, gone?.status]).toEqual([
      ["pen"],
      { items: ["pen"] },
      "cup",
      405,
    ]);
    expect(oldDocument?.json).toMatchObject({
      info: { title: "January" },
      servers: [{ url: "/2026-01-01" }],
    });
    expect(document?.json).toMatchObject({ info: { title: "June" }, servers: [{ url: "/2026-06-01" }] });
    expect(docs?.text).toContain("<title>January");
    expect([link?.json, own?.json]).toEqual([{ name: "/2026-01-01/items/7" }, "well"]);
    expect([old?.headers.get("deprecation"), now?.headers.get("deprecation")]).toEqual(["@1780272000", null]);
    expect(old?.headers.get("sunset")).toBe("Fri, 01 Jan 2027 00:00:00 GMT");
  });

  it("are named by a header: of dates the last one up to it", async () => {
    const [old, between, exact, later, early, odd, none] = await answers(
      adapter,
      make(),
      ["/items", at("2026-01-01")],
      ["/items", at("2026-05-31")],
      ["/items", at("2026-06-01")],
      ["/items", at("2030-01-01")],
      ["/items", at("2025-12-31")],
      ["/items", at("2026-6-1")],
      ["/items"],
    );
    expect([old, between, exact, later].map((each) => each?.headers.get("api-version"))).toEqual([
      "2026-01-01",
      "2026-01-01",
      "2026-06-01",
      "2026-06-01",
    ]);
    expect([between?.json, later?.json]).toEqual([["pen"], { items: ["pen"] }]);
    expect(old?.headers.get("vary")).toContain("api-version");
    expect([early?.status, odd?.status, none?.status]).toEqual([400, 400, 400]);
    expect(none?.json).toMatchObject({
      code: "MALFORMED_REQUEST",
      detail: expect.stringContaining("2026-01-01"),
    });
  });

  it("may have a default, or be in paths alone", async () => {
    const [unnamed] = await answers(adapter, make({ default: "2026-01-01" }), ["/items"]);
    expect([unnamed?.json, unnamed?.headers.get("api-version")]).toEqual([["pen"], "2026-01-01"]);
    const [path, header] = await answers(
      adapter,
      make({ header: false }),
      ["/2026-06-01/items"],
      ["/items", at("2026-01-01")],
    );
    expect([path?.status, header?.status]).toEqual([200, 404]);
  });

  it("live as long as the application that they are in", async () => {
    events.length = 0;
    await answers(adapter, make(), ["/2026-01-01/items"]);
    expect(events).toEqual(["first opens", "first closes"]);
  });
});

it("are told apart by names that are no dates, too", async () => {
  const one = createApp({ items: router(first) });
  const app = createApp({}, { mounts: { "/": versions({ v1: one, v10: one }) } });
  const ask = (path: string, init?: RequestInit) => app.fetch(new Request(`http://localhost${path}`, init));
  expect((await ask("/v10/items")).status).toBe(200);
  expect((await ask("/items", at("v2"))).status).toBe(400);
  expect((await ask("/items", at("v1"))).headers.get("api-version")).toBe("v1");
});

it("are stopped again where one of them does not start", async () => {
  events.length = 0;
  const broken = createApp({
    items: {
      list: procedure
        .use({
          life: dependency.scope("app").resolve(() => {
            throw new Error("no database");
          }),
        })
        .output(z.string())
        .query(() => ""),
    },
  });
  const app = createApp({}, { mounts: { "/": versions({ v1: createApp({ items: first }), v2: broken }) } });
  await expect(app.start()).rejects.toThrow("no database");
  expect(events).toEqual(["first opens", "first closes"]);
});

it("are refused without a name that paths and headers can say", () => {
  const app = createApp({});
  expect(() => versions({ "v 1": app })).toThrow("TENON1050");
  expect(() => versions({})).toThrow("TENON1050");
  expect(() => versions({ v1: app }, { default: "v2" })).toThrow(/TENON1050.*'v2'/);
});
