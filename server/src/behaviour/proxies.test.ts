import { procedure, redirect, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { type AppOptions, createApp } from "../index.ts";
import { httpsRedirect, rateLimit, trustedHost } from "../middleware.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const Seen = z.object({ url: z.string(), request: z.string(), ip: z.string() });

/** An application that tells where it believes to be, and who it believes calls. */
function make(options: AppOptions) {
  const routes = {
    where: procedure
      .route("GET /where")
      .output(Seen)
      .query(({ ctx }) => ({ url: ctx.url.href, request: ctx.request.url, ip: ctx.ip })),
    there: procedure
      .route("GET /there/")
      .output(redirect(303))
      .query(({ ctx }) => ctx.url),
  };
  // The two adapters' callers have other addresses: this stands for either.
  const app = createApp({ root: router(routes, { prefix: "" }) }, options);
  return { ...app, fetch: (request: Request) => app.fetch(request, { ip: "127.0.0.1" }) } as typeof app;
}

const LOCAL = ["127.0.0.1"];
const forwarded = (headers: Record<string, string> | [string, string][]): RequestInit => ({ headers });

behindEveryAdapter("applications behind proxies", (adapter) => {
  const where = async (options: AppOptions, headers: Record<string, string> | [string, string][] = {}) => {
    const [answer] = await answers(adapter, make(options), ["/where?x=1", forwarded(headers)]);
    const seen = Seen.parse(answer?.json);
    return { ...seen, url: seen.url.replace(/:\d+(?=\/where)/, ""), ip: seen.ip.replace("::ffff:", "") };
  };
  const TOLD = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "shop.example",
    "x-forwarded-prefix": "/shop",
    forwarded: "for=198.51.100.1;proto=https;host=other.example",
  };

  it("believe nobody by default, nor anyone but those that they name", async () => {
    for (const options of [{}, { trustProxy: ["10.0.0.0/8"] }, { trustProxy: ["::1"] }]) {
      const { url, ip } = await where(options, TOLD);
      expect(ip).toBe("127.0.0.1");
      expect(url).toMatch(/^http:\/\/(?:localhost|127\.0\.0\.1)\/where\?x=1$/);
    }
  });

  it("take caller, scheme and host from a proxy that they trust, of one family of headers", async () => {
    expect(await where({ trustProxy: LOCAL }, TOLD)).toEqual({
      url: "https://shop.example/where?x=1",
      request: "https://shop.example/where?x=1",
      ip: "203.0.113.9",
    });
    expect(await where({ trustProxy: { proxies: LOCAL, headers: "forwarded" } }, TOLD)).toEqual({
      url: "https://other.example/where?x=1",
      request: "https://other.example/where?x=1",
      ip: "198.51.100.1",
    });
  });

  it("take a prefix, or only the address, where they say so", async () => {
    const prefixed = await where({ trustProxy: { proxies: 1, fields: ["for", "prefix"] } }, TOLD);
    expect(prefixed).toMatchObject({ ip: "203.0.113.9" });
    expect(prefixed.url).toMatch(/^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?\/shop\/where/);
    const none = await where({ trustProxy: { proxies: LOCAL, fields: [] } }, TOLD);
    expect(none.ip).toBe("127.0.0.1");
  });

  it("go back to the first address that is no proxy's: what stands before it is the caller's word", async () => {
    const chain = { "x-forwarded-for": "1.1.1.1, 203.0.113.9, 10.0.0.7" };
    const ipBy = async (trustProxy: NonNullable<AppOptions["trustProxy"]>) =>
      (await where({ trustProxy }, chain)).ip;
    expect(await ipBy(["127.0.0.0/8", "10.0.0.0/8"])).toBe("203.0.113.9");
    expect(await ipBy(LOCAL)).toBe("10.0.0.7");
    expect(await ipBy(1)).toBe("10.0.0.7");
    expect(await ipBy(2)).toBe("203.0.113.9");
    expect(await ipBy(9)).toBe("1.1.1.1");
    const split: [string, string][] = [
      ["x-forwarded-for", "1.1.1.1"],
      ["x-forwarded-for", "203.0.113.9, 10.0.0.7"],
    ];
    expect((await where({ trustProxy: 2 }, split)).ip).toBe("203.0.113.9");
  });

  it("take scheme and host from the outermost of the proxies, not from its caller", async () => {
    const headers = {
      "x-forwarded-for": "1.1.1.1, 203.0.113.9, 10.0.0.7",
      "x-forwarded-proto": "http, https, http",
      "x-forwarded-host": "evil.example, shop.example, inner.example",
    };
    expect((await where({ trustProxy: 2 }, headers)).url).toBe("https://shop.example/where?x=1");
    const one = { ...headers, "x-forwarded-proto": "https", "x-forwarded-host": "shop.example" };
    expect((await where({ trustProxy: 2 }, one)).url).toBe("https://shop.example/where?x=1");
    const standard =
      'for=1.1.1.1;host=evil.example, For="[2001:db8::9]:4711";proto=HTTPS;host="shop.example:8443", for=10.0.0.7;proto=http';
    expect(
      await where({ trustProxy: { proxies: 2, headers: "forwarded" } }, { forwarded: standard }),
    ).toMatchObject({ request: "https://shop.example:8443/where?x=1", ip: "2001:db8::9" });
  });

  it.each([
    ["an address that is none", { "x-forwarded-for": "203.0.113.9, <script>" }],
    ["a short address", { "x-forwarded-for": "0x7f.1" }],
    ["no known caller", { "x-forwarded-for": "unknown" }],
    ["an empty list", { "x-forwarded-for": " , " }],
    ["a scheme that is none", { "x-forwarded-proto": "javascript" }],
    ["a host with a path", { "x-forwarded-host": "evil.example/x" }],
    ["a host with a name before it", { "x-forwarded-host": "shop.example@evil.example" }],
    ["a prefix that leads elsewhere", { "x-forwarded-prefix": "//evil.example" }],
    ["a prefix that leads up", { "x-forwarded-prefix": "/a/../b" }],
    ["a prefix with a query", { "x-forwarded-prefix": "/a?b" }],
    ["an endless prefix", { "x-forwarded-prefix": `/${"a".repeat(300)}` }],
  ])("take %s for nothing said", async (_what, headers) => {
    const seen = await where(
      { trustProxy: { proxies: LOCAL, fields: ["for", "proto", "host", "prefix"] } },
      headers,
    );
    expect(seen.ip).toBe("127.0.0.1");
    expect(seen.url).toMatch(/^http:\/\/(?:localhost|127\.0\.0\.1)\/where\?x=1$/);
  });

  it("take a Forwarded that breaks its grammar for nothing said", async () => {
    for (const header of ['for="1.1.1.1', "for=_hidden", ";;"]) {
      const trustProxy = { proxies: LOCAL, headers: "forwarded" } as const;
      expect((await where({ trustProxy }, { forwarded: header })).ip, header).toBe("127.0.0.1");
    }
  });

  it("strip ports, and write IPv4 in IPv6's clothes as IPv4", async () => {
    const ipOf = async (text: string) => (await where({ trustProxy: LOCAL }, { "x-forwarded-for": text })).ip;
    expect(await ipOf("203.0.113.9:4711")).toBe("203.0.113.9");
    expect(await ipOf("[2001:db8::1]:4711")).toBe("2001:db8::1");
    expect(await ipOf("2001:db8::1")).toBe("2001:db8::1");
    expect(await ipOf("::ffff:203.0.113.9")).toBe("203.0.113.9");
  });

  it("count the callers of a rate limit, not the proxy", async () => {
    const app = make({ trustProxy: LOCAL, middleware: [rateLimit({ limit: 1, window: 60 })] });
    const from = (ip: string) => ["/where", forwarded({ "x-forwarded-for": ip })] as const;
    const statuses = await answers(adapter, app, from("1.1.1.1"), from("2.2.2.2"), from("1.1.1.1"));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
  });

  it("redirect to HTTPS by what the proxy says, and check the host that the caller asked for", async () => {
    const app = make({
      trustProxy: LOCAL,
      middleware: [trustedHost({ hosts: ["shop.example"] }), httpsRedirect()],
    });
    const told = (proto: string, host: string) =>
      [
        "/where",
        forwarded({ "x-forwarded-proto": proto, "x-forwarded-host": host, "x-forwarded-for": "1.1.1.1" }),
      ] as const;
    const [plain, safe, evil] = await answers(
      adapter,
      app,
      told("http", "shop.example"),
      told("https", "shop.example"),
      told("http", "evil.example"),
    );
    expect([plain?.status, plain?.headers.get("location")]).toEqual([308, "https://shop.example/where"]);
    expect([safe?.status, evil?.status]).toEqual([200, 400]);
  });

  it("answer below their base path, whether the proxy takes it away or not", async () => {
    const app = make({ basePath: "/api/v1" });
    const [stripped, whole, near, slash, document, docs] = await answers(
      adapter,
      app,
      ["/where"],
      ["/api/v1/where?x=1"],
      ["/api/v10/where"],
      ["/there"],
      ["/openapi.json"],
      ["/api/v1/docs"],
    );
    expect(Seen.parse(stripped?.json).url).toMatch(/\/api\/v1\/where$/);
    expect(Seen.parse(whole?.json).url).toMatch(/^[^/]*\/\/[^/]*\/api\/v1\/where\?x=1$/);
    expect([near?.status, slash?.headers.get("location")]).toEqual([404, "/api/v1/there/"]);
    expect(document?.json).toMatchObject({ servers: [{ url: "/api/v1" }] });
    expect(docs?.status).toBe(200);
  });

  it("begin what is absolute with their public address, whatever the request says", async () => {
    const app = make({
      publicUrl: "https://shop.example/api/",
      trustProxy: LOCAL,
      middleware: [httpsRedirect({ loopback: true })],
    });
    const https = { "x-forwarded-proto": "https", "x-forwarded-host": "evil.example" };
    const [seen, document, redirected, plain] = await answers(
      adapter,
      app,
      ["/where", forwarded(https)],
      ["/openapi.json", forwarded(https)],
      ["/there/", forwarded(https)],
      ["/where", forwarded({ host: "evil.example" })],
    );
    expect(seen?.json).toMatchObject({ url: "https://shop.example/api/where" });
    expect(document?.json).toMatchObject({ servers: [{ url: "https://shop.example/api" }] });
    expect(redirected?.headers.get("location")).toBe("https://shop.example/api/there/");
    expect(plain?.headers.get("location")).toBe("https://shop.example/api/where");
  });

  it("leave the place of what is mounted to whom it is mounted in", async () => {
    const inner = make({ basePath: "/elsewhere", publicUrl: "https://inner.example", trustProxy: 3 });
    const app = createApp({}, { mounts: { "/sub": inner }, basePath: "/api", trustProxy: 1 });
    const [seen, document] = await answers(
      adapter,
      app,
      [
        "/sub/where",
        forwarded({ "x-forwarded-for": "1.1.1.1, 2.2.2.2", "x-forwarded-host": "shop.example" }),
      ],
      ["/api/sub/openapi.json"],
    );
    expect(seen?.json).toMatchObject({ url: "http://shop.example/api/sub/where", ip: "2.2.2.2" });
    expect(document?.json).toMatchObject({ servers: [{ url: "/api/sub" }] });
  });
});

it("are found at the path that the host leaves in the address", async () => {
  const app = createApp({
    root: router(
      {
        where: procedure
          .route("GET /where")
          .output(z.string())
          .query(({ ctx }) => ctx.url.href),
      },
      { prefix: "" },
    ),
  });
  const ask = (url: string) => app.fetch(new Request(url), { basePath: "/api" });
  expect(await (await ask("https://shop.example/api/where?x")).json()).toBe(
    "https://shop.example/api/where?x",
  );
  expect((await ask("https://shop.example/apis/where")).status).toBe(404);
});

it.each([
  [{ trustProxy: 0 }, "TENON1038"],
  [{ trustProxy: 1.5 }, "TENON1038"],
  [{ trustProxy: ["10.0.0.0/33"] }, "TENON1038"],
  [{ trustProxy: ["10.0.0.1/8/8"] }, "TENON1038"],
  [{ trustProxy: ["proxy.internal"] }, "TENON1038"],
  [{ trustProxy: { proxies: ["127.1"] } }, "TENON1038"],
  [{ publicUrl: "shop.example" }, "TENON1038"],
  [{ publicUrl: "ftp://shop.example" }, "TENON1038"],
  [{ publicUrl: "https://shop.example/?x" }, "TENON1038"],
  [{ publicUrl: "https://shop.example/a", basePath: "/b" }, "TENON1038"],
  [{ basePath: "/a/" }, "TENON1022"],
  [{ basePath: "/{a}" }, "TENON1022"],
] as [AppOptions, string][])("is not made with %j", (options, number) => {
  expect(() => createApp({}, options)).toThrow(number);
});
