import { dependency, procedure, project, router, sameSecret, security } from "@tenon/core";
import { describe as describeApi } from "@tenon/core/openapi";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const token = security.bearer();
const key = security.apiKey({ in: "header", key: "x-key" });
const session = security.apiKey({ in: "cookie", key: "session", name: "session" });
const partner = security.apiKey({ in: "query", key: "partner", name: "partner" });

const either = security.any({ token, session });
const both = security.all({ token, key });
const mixed = security.any({ both, partner });

const shown = procedure.output(z.unknown());
const routes = {
  either: shown.use({ by: either }).query(({ by }) => by),
  change: shown.use({ by: either }).mutation(({ by }) => by),
  both: shown.use({ by: both }).query(({ by }) => by),
  mixed: shown.use({ by: mixed }).query(({ by }) => by),
  maybe: shown.use({ by: security.optional(either), key }).query(({ by, key: given }) => ({ by, given })),
  digest: shown
    .use({ by: security.digest({ challenge: () => 'Digest realm="r", nonce="n1"' }) })
    .query(({ by }) => by),
  old: shown.use({ by: security.bearer({ name: "old", missing: "FORBIDDEN" }) }).query(({ by }) => by),
  certified: shown.use({ by: security.mutualTLS({ header: "x-client-cert" }) }).query(({ by }) => by),
};
const app = createApp({ root: router(routes, { prefix: "" }) });
const bearer = { authorization: "Bearer t" };

behindEveryAdapter("security schemes", (adapter) => {
  it("may stand for one another: the first that is met counts", async () => {
    const [byToken, byCookie, byBoth, none] = await answers(
      adapter,
      app,
      ["/either", { headers: bearer }],
      ["/either", { headers: { cookie: "session=s" } }],
      ["/either", { headers: { ...bearer, cookie: "session=s" } }],
      ["/either"],
    );
    expect([byToken?.json, byCookie?.json, byBoth?.json]).toEqual([
      { token: "t" },
      { session: "s" },
      { token: "t" },
    ]);
    expect(none?.status).toBe(401);
    expect(none?.headers.get("www-authenticate")).toBe("Bearer, ApiKey");
  });

  it("may be needed together, and nest", async () => {
    const [all, half, nested, other, neither] = await answers(
      adapter,
      app,
      ["/both", { headers: { ...bearer, "x-key": "k" } }],
      ["/both", { headers: bearer }],
      ["/mixed", { headers: { ...bearer, "x-key": "k" } }],
      ["/mixed?partner=p", { headers: bearer }],
      ["/mixed", { headers: bearer }],
    );
    expect(all?.json).toEqual({ token: "t", key: "k" });
    expect(half?.status).toBe(401);
    expect(nested?.json).toEqual({ both: { token: "t", key: "k" } });
    expect(other?.json).toEqual({ partner: "p" });
    expect(neither?.status).toBe(401);
  });

  it("may be optional as a whole, beside one that is not", async () => {
    const [without, lacking] = await answers(
      adapter,
      app,
      ["/maybe", { headers: { "x-key": "k" } }],
      ["/maybe"],
    );
    expect(without?.json).toEqual({ by: null, given: "k" });
    expect(lacking?.status).toBe(401);
  });

  it("let no page of another site act by a cookie, and only by a cookie", async () => {
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.test" };
    const [byCookie, byToken] = await answers(
      adapter,
      app,
      ["/change", { method: "POST", headers: { ...foreign, cookie: "session=s" } }],
      ["/change", { method: "POST", headers: { ...foreign, ...bearer, cookie: "session=s" } }],
    );
    expect(byCookie?.status).toBe(403);
    expect(byToken?.json).toEqual({ token: "t" });
  });

  it("read the parameters of Digest, and challenge anew each time", async () => {
    const authorization = 'Digest username="M\\"x", realm="r", nonce=n1 , qop=auth,nc=00000001';
    const [read, broken, none] = await answers(
      adapter,
      app,
      ["/digest", { headers: { authorization } }],
      ["/digest", { headers: { authorization: 'Digest username="x' } }],
      ["/digest"],
    );
    expect(read?.json).toEqual({ username: 'M"x', realm: "r", nonce: "n1", qop: "auth", nc: "00000001" });
    expect([broken?.status, none?.status]).toEqual([401, 401]);
    expect(none?.headers.get("www-authenticate")).toBe('Digest realm="r", nonce="n1"');
  });

  it("answer 403 to callers who know nothing else, and read what the proxy says of a certificate", async () => {
    const [old, certified, uncertified] = await answers(
      adapter,
      app,
      ["/old"],
      ["/certified", { headers: { "x-client-cert": "CN=a" } }],
      ["/certified"],
    );
    expect([old?.status, old?.json]).toMatchObject([403, { code: "FORBIDDEN", detail: "Not authenticated" }]);
    expect(old?.headers.get("www-authenticate")).toBeNull();
    expect([certified?.json, uncertified?.status]).toEqual(["CN=a", 401]);
  });
});

describe("security schemes in the document", () => {
  const document = describeApi(project({ root: router(routes, { prefix: "" }) }), {
    info: { title: "T", version: "1" },
  });

  it.each([
    ["/either", [{ bearer: [] }, { session: [] }]],
    ["/both", [{ bearer: [], apiKey: [] }]],
    ["/mixed", [{ bearer: [], apiKey: [] }, { partner: [] }]],
    ["/maybe", [{ bearer: [], apiKey: [] }, { session: [], apiKey: [] }, { apiKey: [] }]],
  ])("are alternatives of what is needed together: %s", (path, expected) => {
    expect(document.paths?.[path]?.get?.security).toEqual(expected);
  });

  it("are described by their types", () => {
    expect(document.components?.securitySchemes).toMatchObject({
      digest: { type: "http", scheme: "digest" },
      mutualTLS: { type: "mutualTLS" },
      session: { type: "apiKey", in: "cookie", name: "session" },
    });
  });

  it("cannot hold what is no scheme, nothing, or an optional one", () => {
    expect(() => security.any({ token: dependency.resolve(() => 1) as never })).toThrow(
      "takes security schemes",
    );
    expect(() => security.any({})).toThrow("names no scheme");
    expect(() => security.all({ token: security.optional(token) })).toThrow(
      "write security.optional(security.all(…)) around the whole",
    );
  });
});

it("types what the schemes yield", () => {
  procedure
    .use({ by: mixed })
    .output(z.string())
    .query(({ by }) => {
      expectTypeOf(by).toEqualTypeOf<
        { readonly both: { readonly token: string; readonly key: string } } | { readonly partner: string }
      >();
      return "";
    });
});

it("compares secrets whatever their lengths", () => {
  expect(sameSecret("abc", "abc")).toBe(true);
  expect(sameSecret("abd", "abc")).toBe(false);
  expect(sameSecret("abcabc", "abc")).toBe(false);
  expect(sameSecret("", "abc")).toBe(false);
  expect(sameSecret("abc", "")).toBe(false);
  expect(sameSecret("", "")).toBe(true);
});
