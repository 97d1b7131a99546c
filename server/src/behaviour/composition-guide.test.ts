import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dependency, html, type Middleware, procedure, router, security } from "@tenon/core";
import express from "express";
import fastify from "fastify";
import { createSchema, createYoga } from "graphql-yoga";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { fastifyPlugin } from "../fastify.ts";
import { createApp, plugin, routeHandlers, versions } from "../index.ts";
import { createMiddleware, nodeHandler } from "../node.ts";
import { staticFiles } from "../static.ts";
import { page, templates } from "../templates.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const folder = mkdtempSync(join(tmpdir(), "tenon-guide-"));
afterAll(() => rmSync(folder, { recursive: true }));
const views = join(folder, "views");
const dist = join(folder, "public");
for (const each of [views, dist]) {
  mkdirSync(each);
}
writeFileSync(
  join(views, "item.eta"),
  '<link href="<%= urlFor("/static", "styles.css") %>"><a href="<%= urlFor("items.read", { id: it.id }) %>"><%= it.name %></a>',
);
writeFileSync(join(dist, "styles.css"), "h1 {}");

const list = procedure.output(z.array(z.string())).query(() => ["pen"]);
const items = {
  list,
  read: procedure
    .input({ id: z.int() })
    .output(z.string())
    .query(({ ctx }) => ctx.urlFor(list)),
};
const routes = { items: router(items) };

const legacy = express().get(
  "/report",
  (request, response) => void response.json({ at: request.originalUrl }),
);
const graphql = createYoga({
  graphqlEndpoint: "/",
  logging: false,
  schema: createSchema({
    typeDefs: "type User { name: String! age: Int! } type Query { user: User! }",
    resolvers: { Query: { user: () => ({ name: "Patrick", age: 100 }) } },
  }),
});
const other = fastify();

// #region mounts
const assets = staticFiles({ dir: dist, precompressed: true });

const app = createApp(routes, {
  mounts: {
    "/static": assets, // a folder of files
    "/graphql": graphql, // whatever answers web-standard requests: GraphQL Yoga, Hono, Elysia, a function
    "/legacy": nodeHandler(legacy), // Express, Koa, Connect, (request, response) => …
    "/other": nodeHandler((request, response) => other.routing(request, response), {
      start: () => other.ready(),
      stop: () => other.close(),
    }),
    "/admin": createApp({ reports: router({ list: procedure.output(z.string()).query(() => "") }) }),
  },
});
// #endregion

// #region inside
const outer = express().use("/api", createMiddleware(app)); // passes on what it has no address for
const fast = fastify();
await fast.register(fastifyPlugin(app), { prefix: "/api" }); // starts and closes with Fastify
const { GET, POST } = routeHandlers(app, { basePath: "/api" }); // app/api/[[...path]]/route.ts of Next.js
// #endregion

// #region place
const placed = createApp(routes, {
  publicUrl: "https://shop.example/api", // what is absolute begins with it
  trustProxy: ["10.0.0.0/8", "127.0.0.1"], // whose X-Forwarded-For, -Proto and -Host are believed
});
// #endregion

// #region templates
const pages = templates({ dir: views, pages: { item: page<{ id: number; name: string }>() } });

const shown = {
  show: procedure
    .input({ id: z.int() })
    .output(html())
    .query(({ input, ctx }) => pages.render(ctx, "item", { id: input.id, name: "<pen>" })),
};
// #endregion

// #region plugin
const key = security.apiKey({ in: "header", key: "x-api-key" });
const counts = dependency.scope("app").resolve(() => new Map<string, number>());
const caller = dependency.use({ key, counts }).resolve(({ key, counts }) => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
  return key;
});
const metered: Middleware = {
  name: "metering",
  responseHeaders: { "x-metered": "Calls of this API are counted." },
  handle: async (_ctx, next) => {
    const reply = await next();
    reply.headers.push("x-metered", "1");
    return reply;
  },
};
const usage = {
  read: procedure
    .use({ key, counts })
    .output({ calls: z.int() })
    .query(({ key, counts }) => ({ calls: counts.get(key) ?? 0 })),
};

const metering = plugin("metering", {
  routes: { usage: router(usage) },
  dependencies: { caller },
  middleware: [metered],
  tags: [{ name: "usage", description: "What was called" }],
});

const shop = {
  list: procedure
    .use({ caller: metering.dependencies.caller })
    .output(z.string())
    .query(({ caller }) => `for ${caller}`),
};
const installed = createApp({ shop }, { plugins: [metering] }); // its type has `usage.read`, too
// #endregion

// #region versions
const january = createApp({ items: router(items) }, { info: { title: "Shop", version: "2026-01-01" } });
// The next version is made of the one before.
const wrapped = procedure.output({ items: z.array(z.string()) }).query(() => ({ items: ["pen"] }));
const june = createApp(
  { items: router({ ...items, list: wrapped }) },
  { info: { title: "Shop", version: "2026-06-01" } },
);

const both = createApp(
  {},
  {
    mounts: {
      "/": versions({
        "2026-01-01": { app: january, sunset: new Date("2027-01-01") },
        "2026-06-01": june,
      }),
    },
  },
);
// #endregion

behindEveryAdapter("the guide to composition", (adapter) => {
  it("mounts what it says", async () => {
    const [style, user, report, admin] = await answers(
      adapter,
      app,
      ["/static/styles.css"],
      ["/graphql", json({ query: "{ user { name, age } }" })],
      ["/legacy/report"],
      ["/admin/reports"],
    );
    expect(style?.text).toBe("h1 {}");
    expect(user?.json).toEqual({ data: { user: { name: "Patrick", age: 100 } } });
    expect([report?.json, admin?.json]).toEqual([{ at: "/legacy/report" }, ""]);
  });

  it("has addresses, templates, plugins and versions as it says", async () => {
    const [link] = await answers(adapter, placed, ["/items/7"]);
    expect(link?.json).toBe("https://shop.example/api/items");
    const withPages = createApp(
      { items: router(items), shown: router(shown) },
      { mounts: { "/static": assets } },
    );
    const [item] = await answers(adapter, withPages, ["/shown/show?id=7"]);
    expect(item?.text).toBe('<link href="/static/styles.css"><a href="/items/7">&lt;pen&gt;</a>');
    const ann = { headers: { "x-api-key": "ann" } };
    const [, called] = await answers(adapter, installed, ["/shop", ann], ["/usage", ann]);
    expect([called?.json, called?.headers.get("x-metered")]).toEqual([{ calls: 1 }, "1"]);
    const [old, now] = await answers(
      adapter,
      both,
      ["/2026-01-01/items"],
      ["/items", { headers: { "api-version": "2026-07-01" } }],
    );
    expect([old?.json, now?.json]).toEqual([["pen"], { items: ["pen"] }]);
  });
});

it("puts Tenon inside of others as it says", async () => {
  expect(outer).toBeDefined();
  const injected = await fast.inject("/api/items");
  expect(injected.json()).toEqual(["pen"]);
  expect(await (await GET(new Request("https://shop.example/api/items"))).json()).toEqual(["pen"]);
  expect((await POST(new Request("https://shop.example/api/items", { method: "POST" }))).status).toBe(405);
  await fast.close();
});
