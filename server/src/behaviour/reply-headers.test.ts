import { type CookieAttributes, dependency, procedure } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

/** An app whose one procedure sets a cookie. */
function setting(report: unknown[], ...cookies: readonly [name: string, value: string, CookieAttributes?][]) {
  const routes = {
    list: procedure.output(z.void()).query(({ ctx }) => {
      for (const each of cookies) {
        ctx.cookies.set(...each);
      }
    }),
  };
  return createApp({ routes }, { onError: (error) => report.push(String(error)) });
}

behindEveryAdapter("cookies of a reply", (adapter) => {
  it("are safe by default", async () => {
    const app = setting([], ["session", "a b;c"]);
    const [reply] = await answers(adapter, app, ["/routes"]);
    expect(reply?.headers.getSetCookie()).toEqual([
      "session=a%20b%3Bc; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it("have the attributes that are said, and only those", async () => {
    const expires = new Date("2026-01-02T03:04:05Z");
    const app = setting(
      [],
      [
        "a",
        "1",
        { maxAge: 60, expires, domain: "example.com", path: "/x", sameSite: "strict", httpOnly: false },
      ],
      ["b", "2", { secure: false }],
      ["c", "3", { sameSite: "none", partitioned: true }],
      ["__Host-d", "4"],
      ["__Secure-e", "5", { domain: "example.com" }],
    );
    const [reply] = await answers(adapter, app, ["/routes"]);
    expect(reply?.headers.getSetCookie()).toEqual([
      "a=1; Max-Age=60; Domain=example.com; Path=/x; Expires=Fri, 02 Jan 2026 03:04:05 GMT; Secure; SameSite=Strict",
      "b=2; Path=/; HttpOnly; SameSite=Lax",
      "c=3; Path=/; HttpOnly; Secure; Partitioned; SameSite=None",
      "__Host-d=4; Path=/; HttpOnly; Secure; SameSite=Lax",
      "__Secure-e=5; Domain=example.com; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  it.each<[string, CookieAttributes]>([
    ["__Host-a", { domain: "example.com" }],
    ["__Host-a", { path: "/x" }],
    ["__host-a", { secure: false }],
    ["__Secure-a", { secure: false }],
    ["a", { secure: false, sameSite: "none" }],
    ["a", { secure: false, partitioned: true }],
    ["a", { maxAge: 0.5 }],
    ["a", { expires: new Date(Number.NaN) }],
    ["a", { path: "/;x" }],
    ["a b", {}],
    ["", {}],
  ])("are refused where browsers would drop them without a word: %s %o", async (name, attributes) => {
    const reported: unknown[] = [];
    const [reply] = await answers(adapter, setting(reported, [name, "x", attributes]), ["/routes"]);
    expect([reply?.status, reply?.headers.getSetCookie(), reported.length]).toEqual([500, [], 1]);
  });

  it("are refused where they are too long", async () => {
    const reported: unknown[] = [];
    const [reply] = await answers(adapter, setting(reported, ["a", "x".repeat(5000)]), ["/routes"]);
    expect([reply?.status, String(reported[0])]).toEqual([500, expect.stringContaining("longer than 4096")]);
  });

  it("count once: the last of a name, domain and path", async () => {
    const session = dependency.resolve(({ ctx }) => ctx.cookies.set("session", "from the dependency"));
    const routes = {
      list: procedure
        .guard(session)
        .output(z.void())
        .query(({ ctx }) => {
          ctx.cookies.set("session", "elsewhere", { path: "/x" });
          ctx.cookies.set("session", "1");
          ctx.cookies.delete("session");
          ctx.cookies.set("other", "2");
        }),
    };
    const [reply] = await answers(adapter, createApp({ routes }), ["/routes"]);
    expect(reply?.headers.getSetCookie()).toEqual([
      "session=elsewhere; Path=/x; HttpOnly; Secure; SameSite=Lax",
      "session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
      "other=2; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });
});

behindEveryAdapter("headers of a reply", (adapter) => {
  it("become text as parameters do: numbers, dates, lists", async () => {
    const routes = {
      list: procedure.output(z.void()).query(({ ctx }) => {
        const { headers } = ctx.response;
        headers.set("x-count", 7);
        headers.set("x-big", 2n ** 64n);
        headers.set("x-at", new Date(0));
        headers.set("x-list", [1, "b", true]);
        headers.set("x-home", new URL("https://example.com/a"));
        headers.append("x-many", 1);
        headers.append("x-many", 2);
      }),
    };
    const [reply] = await answers(adapter, createApp({ routes }), ["/routes"]);
    expect(Object.fromEntries(reply?.headers ?? [])).toMatchObject({
      "x-count": "7",
      "x-big": "18446744073709551616",
      "x-at": "1970-01-01T00:00:00.000Z",
      "x-list": "1,b,true",
      "x-home": "https://example.com/a",
      "x-many": "1, 2",
    });
  });

  it("keep what is declared: one that is missing, or does not fit, is a 500", async () => {
    const reported: unknown[] = [];
    const shape = {
      "X-Total": z.int().max(100),
      "x-tags": z.array(z.enum(["a", "b"])).optional(),
      "x-at": z.date().optional(),
    };
    const list = (add: Record<string, number | string[] | Date | string>) =>
      procedure
        .responseHeaders(shape)
        .output({ 200: z.string() })
        .query(({ reply }) => reply(200, "ok", { headers: add }));
    const routes = {
      fits: list({ "x-total": 3, "x-tags": ["a", "b"], "x-at": new Date(0) }),
      few: list({ "x-total": 3 }),
      missing: list({}),
      wrong: list({ "x-total": "three" }),
      large: list({ "x-total": 101 }),
      other: list({ "x-total": 1, "x-tags": ["c"] }),
    };
    const app = createApp({ routes }, { onError: (error) => reported.push(String(error)) });
    const replies = await answers(
      adapter,
      app,
      ...Object.keys(routes).map((name) => [`/routes/${name}`] as const),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 500, 500, 500, 500]);
    expect(reported).toEqual([
      expect.stringContaining("'x-total' is missing"),
      expect.stringContaining("'x-total' does not fit"),
      expect.stringContaining("'x-total' does not fit"),
      expect.stringContaining("'x-tags' does not fit"),
    ]);
  });
});
