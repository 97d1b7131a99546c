import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { html, procedure, router } from "@tenon/core";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { type AppOptions, createApp } from "../index.ts";
import { staticFiles } from "../static.ts";
import { page, templates } from "../templates.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const dir = mkdtempSync(join(tmpdir(), "tenon-templates-"));
afterAll(() => rmSync(dir, { recursive: true }));
const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);

mkdirSync(join(dir, "parts"));
write("layout.eta", "<html><title><%= it.title %></title><%~ it.body %></html>");
write(
  "parts/row.eta",
  '<li><a href="<%= it.urlFor("items.read", { id: it.name }) %>"><%= it.name %></a></li>',
);
write(
  "list.eta",
  '<% layout("./layout", { title: "Items" }) %><ul><% for (const name of it.names) { %><%~ include("./parts/row", { ...it, name }) %><% } %></ul>',
);
write(
  "item.eta",
  `<link href="<%= urlFor("/static", "styles.css") %>"><h1 title="<%= it.id %>" class='<%= it.id %>'><%= it.id %></h1><%= it.note %>`,
);
write("raw.eta", "<%~ it.markup %>");
write("wrong.eta", '<%= urlFor("items.none") %>');

const views = templates({
  dir,
  pages: {
    list: page<{ names: readonly string[] }>(),
    item: page<{ id: string; note?: string | undefined }>(),
    raw: page<{ markup: string }>(),
    wrong: page(),
  },
});

const shown = procedure.output(html());
const items = {
  list: shown.query(({ ctx }) => views.render(ctx, "list", { names: ["a&b", "c/d"] })),
  read: shown.input({ id: z.string() }).query(({ input, ctx }) => views.render(ctx, "item", input)),
  markup: shown.route("GET /-/raw").query(({ ctx }) => views.render(ctx, "raw", { markup: "<b>bold</b>" })),
  mistaken: shown.route("GET /-/wrong").query(({ ctx }) => views.render(ctx, "wrong", {})),
};
const make = (options: AppOptions = {}) =>
  createApp({ items }, { mounts: { "/static": staticFiles({ dir }) }, onError: () => {}, ...options });

behindEveryAdapter("templates", (adapter) => {
  it("are shown as HTML, with layouts, parts and the addresses of the application", async () => {
    const [list, document] = await answers(
      adapter,
      make({ basePath: "/api" }),
      ["/items"],
      ["/openapi.json"],
    );
    expect(list?.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(list?.text).toBe(
      '<html><title>Items</title><ul><li><a href="/api/items/a%26b">a&amp;b</a></li><li><a href="/api/items/c%2Fd">c/d</a></li></ul></html>',
    );
    expect(document?.json).toMatchObject({
      paths: { "/items": { get: { responses: { 200: { content: { "text/html": {} } } } } } },
    });
  });

  it.each([
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "`${alert(1)}`",
    "<%= process.exit(1) %>",
    "&lt;script&gt;",
  ])("write %s as the text that it is", async (attack) => {
    const [item] = await answers(adapter, make(), [`/items/${encodeURIComponent(attack)}`]);
    expect(item?.status).toBe(200);
    const escaped = attack
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;")
      .replaceAll("`", "&#96;");
    expect(item?.text).toBe(
      `<link href="/static/styles.css"><h1 title="${escaped}" class='${escaped}'>${escaped}</h1>`,
    );
  });

  it("write markup where they say so, and fail where they name what there is not", async () => {
    const [raw, wrong] = await answers(adapter, make(), ["/items/-/raw"], ["/items/-/wrong"]);
    expect(raw?.text).toBe("<b>bold</b>");
    expect([wrong?.status, wrong?.text]).toMatchObject([500, expect.not.stringContaining("items.none")]);
  });
});

it("are read once, or each time while they are written", async () => {
  write("changing.eta", "one");
  const changing = { changing: page() };
  const cached = templates({ dir, pages: changing });
  const fresh = templates({ dir, pages: changing, cache: false });
  const ctx = { urlFor: () => "" } as never;
  expect([cached, fresh].map((each) => each.render(ctx, "changing", {}))).toEqual(["one", "one"]);
  write("changing.eta", "two");
  expect([cached, fresh].map((each) => each.render(ctx, "changing", {}))).toEqual(["one", "two"]);
});

it("have to be there, and to be readable, when they are named", () => {
  expect(() => templates({ dir, pages: { missing: page() } })).toThrow(/TENON1046.*'missing'/);
  expect(() => templates({ dir: join(dir, "none"), pages: {} })).toThrow(/TENON1046.*no folder/);
  write("broken.eta", "<% if ( { %>");
  expect(() => templates({ dir, pages: { broken: page() } })).toThrow(/TENON1046.*'broken'/);
  expect(() => templates({ dir, pages: { "../outside": page() } })).toThrow("TENON1046");
});

it("ask for the data that they show", () => {
  const check = (ctx: never): void => {
    // @ts-expect-error -- there is no such template
    views.render(ctx, "none", {});
    // @ts-expect-error -- its id is missing
    views.render(ctx, "item", {});
    // @ts-expect-error -- names are a list
    views.render(ctx, "list", { names: "a" });
  };
  expect(check).toBeTypeOf("function");
  expect(router(items)).toBeDefined();
});
