import { dependency, procedure, query, router, security, file, form } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "./app.ts";

const events: string[] = [];
const db = dependency.resolve(async function* () {
  events.push("open");
  try {
    yield { find: (id: number) => (id === 7 ? { id, name: "x", extra: 1 } : undefined) };
  } finally {
    events.push("close");
  }
});
const items = {
  read: procedure
    .use({ db })
    .input({ id: z.int() })
    .output({ id: z.int(), name: z.string() })
    .errors({ NOT_FOUND: { status: 404, data: { id: z.int() } } })
    .query(({ input, db, errors }) => db.find(input.id) ?? errors.NOT_FOUND({ id: input.id })),
  create: procedure
    .input({ name: z.string().min(1), price: z.number() })
    .output({ name: z.string(), at: z.date() })
    .mutation(({ input }) => ({ name: input.name, at: new Date(0) })),
  watch: procedure
    .route("GET /watch")
    .input({ n: query(z.int().default(2)) })
    .output(z.int())
    .stream(async function* ({ input }) {
      for (let i = 0; i < input.n; i++) yield i;
    }),
  upload: procedure
    .input({ title: form(z.string()), picture: file() })
    .output(z.string())
    .mutation(({ input }) => `${input.title}:${input.picture.size}`),
  secret: procedure
    .use({ token: security.bearer() })
    .route("GET /secret")
    .output(z.string())
    .query(({ token }) => token),
};
const app = createApp({ items: router(items, {}) });
const get = (path: string, init?: RequestInit) => app.fetch(new Request(`http://localhost${path}`, init));
it("works", async () => {
  for (const [path, init] of [
    ["/items/7"],
    ["/items/8"],
    ["/items/x"],
    ["/nope"],
    ["/items/7/"],
    ["/items", { method: "PUT" }],
    [
      "/items",
      { method: "POST", body: '{"name":"a","price":1}', headers: { "content-type": "application/json" } },
    ],
    [
      "/items",
      { method: "POST", body: '{"name":"","price":"1"}', headers: { "content-type": "application/json" } },
    ],
    ["/items", { method: "POST", body: '{"name":', headers: { "content-type": "application/json" } }],
    [
      "/rpc/items.create",
      {
        method: "POST",
        body: '{"name":"a","price":1}',
        headers: { "content-type": "application/json", accept: "application/vnd.tenon+json" },
      },
    ],
    [
      "/rpc/items.read",
      { method: "POST", body: '{"id":7}', headers: { "content-type": "application/json" } },
    ],
    ["/items/watch"],
    ["/items/secret"],
    ["/items/secret", { headers: { authorization: "Bearer abc" } }],
    ["/items/%00"],
    ["/items/7?q=%ff"],
    ["/items", { method: "OPTIONS" }],
  ] as [string, RequestInit?][]) {
    const r = await get(path, init);
    console.log(
      init?.method ?? "GET",
      path,
      r.status,
      JSON.stringify(Object.fromEntries(r.headers)),
      await r.text(),
    );
  }
  const fd = new FormData();
  fd.set("title", "t");
  fd.set("picture", new File(["abc"], "a.txt"));
  const r = await get("/items/upload", { method: "POST", body: fd });
  console.log(r.status, await r.text());
  expect(events).toEqual(["open", "close", "open", "close", "open", "close"]);
});
