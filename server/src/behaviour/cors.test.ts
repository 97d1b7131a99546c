import { ApiError, procedure, raw, router } from "@tenon/core";
import { describe as describeDocument } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { cors, type CorsOptions } from "../middleware/cors.ts";
import { rateLimit } from "../middleware/rate-limit.ts";
import { requestId } from "../middleware/request-id.ts";
import { session } from "../middleware/session.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

const shop = "https://shop.example";

function makeApp(options: CorsOptions): App<unknown> {
  const things = {
    list: procedure
      .responseHeaders({ "x-total": z.int() })
      .errors({ CLOSED: { status: 409, headers: { "Retry-After": "Seconds." } } })
      .output(z.string())
      .query(({ ctx }) => {
        ctx.response.headers.set("x-total", 1);
        return "x";
      }),
    broken: procedure.output(z.string()).query(() => {
      throw new Error("secret");
    }),
    refused: procedure.output(z.string()).query(() => {
      throw new ApiError("FORBIDDEN", 403, undefined);
    }),
    create: procedure
      .input({ name: z.string() })
      .output(z.string())
      .mutation(({ input }) => input.name),
    watch: procedure.output(z.int()).stream(async function* () {
      yield 1;
    }),
    web: procedure
      .output(raw("text/plain"))
      .query(() => new Response("web", { headers: { "content-type": "text/plain", vary: "cookie" } })),
  };
  return createApp({ things: router(things) }, { middleware: [cors(options)], onError: () => {} });
}

behindEveryAdapter("cors", (adapter) => {
  const opening = (options: CorsOptions) => adapter.open(makeApp(options));

  it("is on every reply: success, each kind of failure, streams, web responses, HEAD and what is no operation", () =>
    withApp(opening({ origins: [shop], credentials: true }), async (opened) => {
      const asked: [path: string, status: number, method?: string][] = [
        ["/things", 200],
        ["/things", 200, "HEAD"],
        ["/things", 405, "PUT"],
        ["/things", 422, "POST"],
        ["/things/broken", 500],
        ["/things/refused", 403],
        ["/things/watch", 200],
        ["/things/web", 200],
        ["/things/", 308],
        ["/nowhere", 404],
        ["/things?%ff%", 400],
        ["/openapi.json", 200],
        ["/rpc/things.list", 200, "POST"],
      ];
      for (const [path, status, method = "GET"] of asked) {
        const isRpc = path.startsWith("/rpc");
        const reply = await exact(opened, path, {
          method,
          headers: { origin: shop, ...(isRpc ? { "content-type": "application/json" } : {}) },
          ...(isRpc ? { body: "{}" } : {}),
        });
        expect([path, reply.status]).toEqual([path, status]);
        expect([path, reply.headers.get("access-control-allow-origin")]).toEqual([path, shop]);
        expect(reply.headers.get("access-control-allow-credentials")).toBe("true");
        expect(reply.headers.get("vary")).toContain("origin");
      }
    }));

  it("tells caches that replies differ by origin, to callers without one too, and nothing to other origins", () =>
    withApp(opening({ origins: [shop] }), async (opened) => {
      const none = await exact(opened, "/things");
      const other = await exact(opened, "/things", { headers: { origin: "https://evil.example" } });
      for (const { status, headers } of [none, other]) {
        expect([status, headers.get("vary"), headers.get("access-control-allow-origin")]).toEqual([
          200,
          "origin",
          null,
        ]);
      }
    }));

  it("answers preflights itself, at addresses that answer no OPTIONS either", () =>
    withApp(opening({ origins: [shop], headers: ["X-Example"], methods: ["GET", "PUT"] }), async (opened) => {
      const ask = (origin: string) =>
        exact(opened, "/things", {
          method: "OPTIONS",
          headers: {
            origin,
            "access-control-request-method": "PUT",
            "access-control-request-headers": "x-example",
          },
        });
      const allowed = await ask(shop);
      expect([allowed.status, allowed.text, Object.fromEntries(allowed.headers)]).toMatchObject([
        204,
        "",
        {
          "access-control-allow-origin": shop,
          "access-control-allow-methods": "GET, PUT",
          "access-control-allow-headers": "X-Example, content-type",
          "access-control-max-age": "600",
          vary: "origin, access-control-request-method, access-control-request-headers",
        },
      ]);
      const refused = await ask("https://shop.example.evil");
      expect(refused.status).toBe(204);
      expect([...refused.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      expect(refused.headers.get("vary")).toContain("origin");
    }));

  it("answers preflights with a body where that is wanted", () =>
    withApp(opening({ origins: [shop], preflightStatus: 200 }), async (opened) => {
      const { status, text, headers } = await exact(opened, "/things", {
        method: "OPTIONS",
        headers: { origin: shop, "access-control-request-method": "PUT" },
      });
      expect([status, text, headers.get("access-control-allow-origin")]).toEqual([200, "OK", shop]);
    }));

  it("leaves an OPTIONS that is no preflight to the address", () =>
    withApp(opening({ origins: [shop] }), async (opened) => {
      const reply = await exact(opened, "/things", { method: "OPTIONS", headers: { origin: shop } });
      expect([reply.status, reply.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS, POST"]);
      expect(reply.headers.get("access-control-allow-origin")).toBe(shop);
    }));

  it("lets pages read the headers that the operation declares, those of its errors included", () =>
    withApp(opening({ origins: [shop], expose: ["X-Request-Id"] }), async (opened) => {
      const [list, lost] = [
        await exact(opened, "/things", { headers: { origin: shop } }),
        await exact(opened, "/nowhere", { headers: { origin: shop } }),
      ];
      expect(list.headers.get("access-control-expose-headers")).toBe("x-request-id, x-total, retry-after");
      expect(lost.headers.get("access-control-expose-headers")).toBe("x-request-id");
    }));

  it("lets pages read what other middleware declares, where that is, and never cookies", async () => {
    const list = procedure.output(z.string()).query(() => "x");
    const app = createApp(
      { things: router({ list }), others: router({ list }) },
      {
        middleware: [
          requestId(),
          cors({ origins: [shop] }),
          {
            ...rateLimit({ limit: 9, window: 9, key: () => "all" }),
            applies: ({ path }) => path === "/things",
          },
          session({ secrets: ["a secret of thirty-two characters"] }),
        ],
      },
    );
    await withApp(adapter.open(app), async (opened) => {
      const exposed = async (path: string) =>
        (await exact(opened, path, { headers: { origin: shop } })).headers.get(
          "access-control-expose-headers",
        );
      expect(await exposed("/things")).toBe("x-request-id, ratelimit-policy, ratelimit, retry-after");
      expect(await exposed("/others")).toBe("x-request-id");
      expect(await exposed("/nowhere")).toBe("x-request-id");
    });
  });

  it("asks a decision about origins, and says `*` for any", async () => {
    await withApp(opening({ origins: (origin) => origin.endsWith(".shop.example") }), async (opened) => {
      const [yes, no] = [
        await exact(opened, "/things", { headers: { origin: "https://a.shop.example" } }),
        await exact(opened, "/things", { headers: { origin: "https://shop.example" } }),
      ];
      expect(yes.headers.get("access-control-allow-origin")).toBe("https://a.shop.example");
      expect(no.headers.has("access-control-allow-origin")).toBe(false);
    });
    await withApp(opening({ origins: "*" }), async (opened) => {
      const { headers } = await exact(opened, "/things", { headers: { origin: "https://anybody.example" } });
      expect([headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual(["*", null]);
    });
  });
});

it("refuses what browsers would refuse, or never send, at the start", () => {
  // @ts-expect-error: any origin, with credentials
  expect(() => cors({ origins: "*", credentials: true })).toThrow(/TENON\d+: cors: origins "\*" cannot go/);
  expect(() => cors({ origins: ["https://shop.example/"] })).toThrow("is no origin as browsers send it");
  expect(() => cors({ origins: ["*"] })).toThrow('or origins: "*"');
});

it("is in the document", () => {
  const app = makeApp({ origins: [shop] });
  const document = describeDocument(app.operations, {
    info: { title: "x", version: "1" },
    middleware: app.options.middleware ?? [],
  });
  expect(document.paths?.["/things"]?.get?.responses?.["200"].headers).toHaveProperty(
    "access-control-allow-origin",
  );
});
