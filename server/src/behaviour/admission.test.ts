import { ApiError, dependency, header, procedure, query, router, security } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const token = security.bearer();
const member = dependency
  .use({ token })
  .input({ tenant: header("x-tenant", z.int()) })
  .errors({ NO_MEMBER: { status: 403 } })
  .resolve(({ token, errors }) => (token === "member" ? { name: "m" } : errors.NO_MEMBER()));
const throttle = dependency.use({ member }).resolve(({ member }) => {
  if (member.name !== "m") {
    throw new ApiError("RATE_LIMITED", 429, undefined);
  }
  return undefined;
});
const things = {
  create: procedure
    .guard(throttle)
    .use({ member })
    .input({ dry: query(z.boolean().default(false)), name: z.string().min(2) })
    .output(z.string())
    .mutation(({ input }) => input.name),
};
const make = () => createApp({ things: router(things) }, { limits: { body: 100 } });

/** A request that breaks every rule from the given one on. */
const request = (breaks: string): readonly [string, RequestInit] => {
  const order = [
    "method",
    "credentials",
    "admission-input",
    "admission",
    "media",
    "size",
    "syntax",
    "issues",
  ];
  const isBroken = (rule: string): boolean => order.indexOf(rule) >= order.indexOf(breaks);
  const body =
    isBroken("size") && breaks === "size"
      ? `"${"x".repeat(200)}`
      : isBroken("syntax") && breaks !== "issues"
        ? "{"
        : '{"name":""}';
  return [
    isBroken("issues") ? "/things?dry=maybe" : "/things",
    {
      method: isBroken("method") ? "PUT" : "POST",
      headers: {
        ...(isBroken("credentials")
          ? {}
          : { authorization: isBroken("admission") ? "Bearer guest" : "Bearer member" }),
        "x-tenant":
          isBroken("admission-input") && breaks !== "admission" && order.indexOf(breaks) <= 2 ? "none" : "1",
        "content-type": isBroken("media") && order.indexOf(breaks) <= 4 ? "text/plain" : "application/json",
      },
      body,
    },
  ];
};

behindEveryAdapter("admission", (adapter) => {
  it.each([
    ["method", 405, "METHOD_NOT_ALLOWED"],
    ["credentials", 401, "UNAUTHENTICATED"],
    ["admission-input", 422, "INVALID_INPUT"],
    ["admission", 403, "NO_MEMBER"],
    ["media", 415, "UNSUPPORTED_MEDIA_TYPE"],
    ["size", 413, "TOO_LARGE"],
    ["syntax", 400, "MALFORMED_BODY"],
    ["issues", 422, "INVALID_INPUT"],
  ])("answers a broken %s before everything after it", async (rule, status, code) => {
    const [answer] = await answers(adapter, make(), request(rule));
    expect(answer?.json).toMatchObject({ status, code });
  });

  it("tells of parameters that admission does not need together with the body", async () => {
    const [answer] = await answers(adapter, make(), request("issues"));
    expect(answer?.json).toMatchObject({
      errors: [
        { in: "query", path: ["dry"] },
        { in: "body", path: ["name"] },
      ],
    });
  });

  it("sends the scheme's challenge with 401, for an empty credential too", async () => {
    const headers = { "x-tenant": "1", "content-type": "application/json" };
    const [none, empty, other] = await answers(
      adapter,
      make(),
      ["/things", { method: "POST", headers, body: "{}" }],
      ["/things", { method: "POST", headers: { ...headers, authorization: "Bearer " }, body: "{}" }],
      ["/things", { method: "POST", headers: { ...headers, authorization: "Basic x" }, body: "{}" }],
    );
    for (const answer of [none, empty, other]) {
      expect(answer?.status).toBe(401);
      expect(answer?.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  it("keeps the order at the canonical address", async () => {
    const headers = { authorization: "Bearer guest", "x-tenant": "1" };
    const [refused, accepted] = await answers(
      adapter,
      make(),
      ["/rpc/things.create", { method: "POST", headers, body: "{" }],
      [
        "/rpc/things.create",
        json({ name: "abc", dry: true }, "POST", { ...headers, authorization: "Bearer member" }),
      ],
    );
    expect(refused?.json).toMatchObject({ code: "NO_MEMBER" });
    expect(accepted?.json).toBe("abc");
  });

  it("decides by parameters that travel in the body at the canonical address, before the handler", async () => {
    const log: string[] = [];
    const id = z.int();
    const owner = dependency
      .use({ token })
      .input({ id })
      .errors({ NOT_YOURS: { status: 403 } })
      .resolve(({ input, errors }) => {
        log.push(`owner of ${input.id}`);
        return input.id === 1 ? undefined : errors.NOT_YOURS();
      });
    const known = dependency.use({ token }).resolve(({ token }) => {
      log.push(`known ${token}`);
      return token;
    });
    const app = createApp({
      things: {
        read: procedure
          .use({ known })
          .guard(owner)
          .input({ id })
          .output(z.int())
          .query(({ input }) => input.id),
      },
    });
    const headers = { authorization: "Bearer t" };
    const [yours, others, broken] = await answers(
      adapter,
      app,
      ["/rpc/things.read", json({ id: 1 }, "POST", headers)],
      ["/rpc/things.read", json({ id: 2 }, "POST", headers)],
      ["/rpc/things.read", { ...json({}, "POST", headers), body: "{" }],
    );
    expect(yours?.json).toBe(1);
    expect(others?.json).toMatchObject({ status: 403, code: "NOT_YOURS" });
    expect(broken?.json).toMatchObject({ status: 400, code: "MALFORMED_BODY" });
    // What needs no such parameter still comes before the body.
    expect(log).toEqual(["known t", "owner of 1", "known t", "owner of 2", "known t"]);
  });

  it("reads no byte of the body before admission", async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled++;
          controller.enqueue(new TextEncoder().encode("{"));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const app = make();
    const response = await app.fetch(
      new Request("http://x/things", {
        method: "POST",
        headers: { "content-type": "application/json", "x-tenant": "1" },
        body,
        duplex: "half",
      } as RequestInit),
    );
    expect(response.status).toBe(401);
    expect(pulled).toBe(0);
  });
});

it("reads Basic credentials in UTF-8, and keys from their places", async () => {
  const keys = {
    basic: procedure
      .use({ who: security.basic({ realm: "here" }) })
      .output(z.unknown())
      .query(({ who }) => who),
    cookie: procedure
      .use({ key: security.apiKey({ in: "cookie", key: "sid" }) })
      .output(z.string())
      .query(({ key }) => key),
    query: procedure
      .use({ key: security.apiKey({ in: "query", key: "k" }) })
      .output(z.string())
      .query(({ key }) => key),
    maybe: procedure
      .use({ key: security.optional(security.bearer()) })
      .output(z.string().nullable())
      .query(({ key }) => key),
  };
  const app = createApp({ keys: router(keys) });
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.fetch(new Request(`http://x/keys${path}`, { headers }));
    return [response.status, response.headers.get("www-authenticate"), await response.json()];
  };
  const basic = `Basic ${Buffer.from("jürg:a:b").toString("base64")}`;
  expect(await get("/basic", { authorization: basic })).toEqual([
    200,
    null,
    { username: "jürg", password: "a:b" },
  ]);
  expect(await get("/basic")).toMatchObject([401, 'Basic realm="here", charset="UTF-8"', {}]);
  expect(await get("/basic", { authorization: "Basic !!" })).toMatchObject([
    401,
    'Basic realm="here", charset="UTF-8"',
    {},
  ]);
  expect(await get("/cookie", { cookie: "a=1; sid=s3" })).toMatchObject([200, null, "s3"]);
  expect(await get("/cookie", { cookie: "sid=" })).toMatchObject([401, "ApiKey", {}]);
  expect(await get("/query?k=x")).toMatchObject([200, null, "x"]);
  expect(await get("/maybe")).toMatchObject([200, null, null]);
  expect(await get("/maybe", { authorization: "bearer t" })).toMatchObject([200, null, "t"]);
});
