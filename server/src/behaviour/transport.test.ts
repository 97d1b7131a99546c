import { procedure, router } from "@tenon/core";
import { describe as describeDocument } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import type { App } from "../app.ts";
import { createApp } from "../app.ts";
import { httpsRedirect } from "../middleware/https-redirect.ts";
import { requestId } from "../middleware/request-id.ts";
import { secureHeaders } from "../middleware/secure-headers.ts";
import { trustedHost } from "../middleware/trusted-host.ts";
import type { AppOptions } from "../app-options.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";
import { html } from "@tenon/core";

function makeApp(middleware: NonNullable<AppOptions["middleware"]>): App<unknown> {
  const things = {
    list: procedure.output(z.string()).query(({ ctx }) => ctx.requestId ?? "none"),
    create: procedure
      .input({ name: z.string() })
      .output(z.string())
      .mutation(({ input }) => input.name),
    page: procedure.output(html()).query(() => "<p>"),
    own: procedure.output(z.string()).query(({ ctx }) => {
      ctx.response.headers.set("x-frame-options", "SAMEORIGIN");
      return "";
    }),
    broken: procedure.output(z.string()).query(() => {
      throw new Error("secret");
    }),
    watch: procedure.output(z.int()).stream(async function* () {
      yield 1;
    }),
  };
  return createApp({ things: router(things) }, { middleware, onError: () => {} });
}

behindEveryAdapter("secureHeaders", (adapter) => {
  it("is on every reply, problems and streams included; what the reply says itself stays", () =>
    withApp(
      adapter.open(makeApp([secureHeaders({ "referrer-policy": "origin", "x-frame-options": "DENY" })])),
      async (opened) => {
        for (const path of ["/things", "/things/broken", "/things/watch", "/nowhere", "/openapi.json"]) {
          const { headers } = await exact(opened, path);
          expect([
            path,
            headers.get("x-content-type-options"),
            headers.get("content-security-policy"),
          ]).toEqual([path, "nosniff", "default-src 'none'; frame-ancestors 'none'"]);
          expect(headers.get("referrer-policy")).toBe("origin");
          expect(headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
          expect(headers.has("permissions-policy")).toBe(false);
        }
        expect((await exact(opened, "/things/own")).headers.get("x-frame-options")).toBe("SAMEORIGIN");
      },
    ));

  it("leaves pages their scripts unless it is told a policy, and leaves out what is false", async () => {
    await withApp(
      adapter.open(makeApp([secureHeaders({ "strict-transport-security": false })])),
      async (opened) => {
        const { headers } = await exact(opened, "/things/page");
        expect([headers.get("content-security-policy"), headers.get("x-frame-options")]).toEqual([
          null,
          "DENY",
        ]);
        expect(headers.has("strict-transport-security")).toBe(false);
      },
    );
    const policy = "default-src 'self'";
    await withApp(
      adapter.open(makeApp([secureHeaders({ "content-security-policy": policy })])),
      async (opened) => {
        expect((await exact(opened, "/things/page")).headers.get("content-security-policy")).toBe(policy);
      },
    );
  });
});

behindEveryAdapter("trustedHost", (adapter) => {
  const app = () => makeApp([trustedHost({ hosts: ["api.example", "*.shop.example", "[::1]"] })]);

  it("answers for its own hosts, whatever the port and the case", () =>
    withApp(adapter.open(app()), async (opened) => {
      for (const host of [
        "api.example",
        "API.example:8080",
        "a.shop.example",
        "a.b.shop.example",
        "[::1]:80",
        "api.example.",
      ]) {
        expect([host, (await exact(opened, "/things", { headers: { host } })).status]).toEqual([host, 200]);
      }
    }));

  it("refuses all others with 400, at addresses that there are not, too", () =>
    withApp(adapter.open(app()), async (opened) => {
      for (const host of [
        "evil.example",
        "shop.example",
        "api.example.evil",
        "evilshop.example",
        "api.example@evil",
        "api.example:80:80",
        "x/.shop.example",
      ]) {
        for (const path of ["/things", "/nowhere", "/openapi.json"]) {
          const reply = await exact(opened, path, { headers: { host } });
          expect([host, reply.status]).toEqual([host, 400]);
          expect(JSON.parse(reply.text)).toMatchObject({
            code: "MALFORMED_REQUEST",
            detail: "the host is not served here",
          });
        }
      }
    }));
});

behindEveryAdapter("httpsRedirect", (adapter) => {
  const host = "api.example";

  it("sends callers to the same address by HTTPS, with path and query as they were", () =>
    withApp(adapter.open(makeApp([httpsRedirect()])), async (opened) => {
      const asked: [host: string, path: string, location: string][] = [
        [host, "/things?q=%20a&b", `https://${host}/things?q=%20a&b`],
        [`${host}:80`, "/nowhere", `https://${host}/nowhere`],
        [`${host}:8080`, "//evil.example/x", `https://${host}:8080//evil.example/x`],
      ];
      for (const [named, path, location] of asked) {
        const reply = await exact(opened, path, { headers: { host: named } });
        expect([reply.status, reply.headers.get("location"), reply.text]).toEqual([308, location, ""]);
      }
      const unnamed = await exact(opened, "/things", { headers: { host: "evil.example/@" } });
      expect(unnamed.status).toBe(400);
    }));

  it("answers this machine's own health checks, unless it is told otherwise or a proxy asks", async () => {
    const local = { host: "127.0.0.1:8000" };
    await withApp(adapter.open(makeApp([httpsRedirect({ status: 307 })])), async (opened) => {
      expect((await exact(opened, "/things", { headers: local })).status).toBe(200);
      expect((await exact(opened, "/things", { headers: { host: "localhost" } })).status).toBe(200);
      const proxied = { ...local, "x-forwarded-for": "203.0.113.7" };
      expect((await exact(opened, "/things", { headers: proxied })).status).toBe(307);
    });
    await withApp(
      adapter.open(makeApp([httpsRedirect({ loopback: true, host: "api.example" })])),
      async (opened) => {
        const reply = await exact(opened, "/things", { headers: local });
        expect([reply.status, reply.headers.get("location")]).toEqual([308, "https://api.example/things"]);
      },
    );
  });

  it("believes no proxy that the application does not trust", async () => {
    const headers = { host, "x-forwarded-proto": "https" };
    await withApp(adapter.open(makeApp([httpsRedirect()])), async (opened) => {
      expect((await exact(opened, "/things", { headers })).status).toBe(308);
    });
  });
});

it("answers HTTPS requests as they are", async () => {
  const app = makeApp([httpsRedirect()]);
  expect((await app.fetch(new Request("https://api.example/things"))).status).toBe(200);
});

behindEveryAdapter("requestId", (adapter) => {
  const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

  it("gives each request one of its own, on problems and where nothing is, too", () =>
    withApp(adapter.open(makeApp([requestId()])), async (opened) => {
      const sent = { "x-request-id": "callers-own-id" };
      const ids = [];
      for (const path of ["/things", "/things/broken", "/things/watch", "/nowhere"]) {
        ids.push((await exact(opened, path, { headers: sent })).headers.get("x-request-id"));
      }
      expect(ids.every((id) => UUID.test(id ?? ""))).toBe(true);
      expect(new Set(ids).size).toBe(4);
      const { headers, text } = await exact(opened, "/things");
      expect(JSON.parse(text)).toBe(headers.get("x-request-id"));
    }));

  it("takes over the caller's where it is told to, and it is well-formed", () =>
    withApp(adapter.open(makeApp([requestId({ trust: true, header: "X-Trace" })])), async (opened) => {
      const ask = async (id: string) =>
        (await exact(opened, "/things", { headers: { "x-trace": id } })).headers.get("x-trace");
      expect(await ask("01HX:abc-def.7_")).toBe("01HX:abc-def.7_");
      for (const bad of ["short", "a".repeat(129), "has space in it", "<script>alert(1)</script>"]) {
        expect(await ask(bad)).toMatch(UUID);
      }
    }));
});

it("refuses options that could not work, at the start", () => {
  expect(() => trustedHost({ hosts: ["https://api.example"] })).toThrow("'https://api.example' is no host");
  expect(() => trustedHost({ hosts: ["api.example:80"] })).toThrow("without scheme and port");
  expect(() => trustedHost({ hosts: ["*"] })).toThrow(/TENON\d+/);
  expect(() => secureHeaders({ "x-frame": "DENY" } as never)).toThrow("'x-frame' is none of its headers");
  expect(() => requestId({ header: "x request" })).toThrow("is no header name");
});

it("is in the document: redirects, refusals and headers", () => {
  const app = makeApp([httpsRedirect(), trustedHost({ hosts: ["a.example"] }), requestId(), secureHeaders()]);
  const document = describeDocument(app.operations, {
    info: { title: "x", version: "1" },
    middleware: app.options.middleware ?? [],
  });
  const responses = document.paths?.["/things"]?.get?.responses;
  expect(Object.keys(responses ?? {})).toEqual(["200", "308", "400", "500", "503"]);
  expect(Object.keys(responses?.["200"].headers)).toEqual(
    expect.arrayContaining(["x-request-id", "x-content-type-options"]),
  );
});
