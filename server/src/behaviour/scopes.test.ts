import { dependency, procedure, project, requireScopes, security } from "@tenon/core";
import { describe } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const oauth = security.oauth2({
  flows: { password: { tokenUrl: "/token" } },
  scopes: { me: "Read your own account", "items:read": "Read items" },
});
/** The token is the list of its scopes, comma-separated: what a signed token would carry. */
const user = dependency
  .use({ token: oauth })
  .scopes("me")
  .resolve(({ token, ctx }) => {
    requireScopes(ctx, token.split(","));
    return { scopes: token.split(",") };
  });
const routes = {
  items: {
    list: procedure
      .use({ user })
      .scopes("items:read")
      .output(z.array(z.string()))
      .query(({ user: { scopes } }) => scopes),
    mine: procedure
      .use({ user })
      .output(z.string())
      .query(() => "mine"),
  },
};

behindEveryAdapter("scopes", (adapter) => {
  it("accumulate along the dependencies, and are named by the refusal", async () => {
    const [all, some, none, mine] = await answers(
      adapter,
      createApp(routes),
      ["/items", { headers: { authorization: "Bearer me,items:read" } }],
      ["/items", { headers: { authorization: "Bearer me" } }],
      ["/items"],
      ["/items/mine", { headers: { authorization: "Bearer me" } }],
    );
    expect(all?.json).toEqual(["me", "items:read"]);
    expect(some).toMatchObject({
      status: 403,
      json: { code: "FORBIDDEN", detail: "the credential lacks the scope 'items:read'" },
    });
    expect(some?.headers.get("www-authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="me items:read"',
    );
    expect(none?.status).toBe(401);
    expect(none?.headers.get("www-authenticate")).toBe("Bearer");
    expect(mine?.status).toBe(200);
  });
});

it("stand in the document with the scheme that declares them", () => {
  const document = describe(project(routes), { info: { title: "T", version: "1" } });
  expect(document.paths?.["/items"]?.get?.security).toEqual([{ oauth2: ["me", "items:read"] }]);
  expect(document.paths?.["/items/mine"]?.get?.security).toEqual([{ oauth2: ["me"] }]);
  expect(document.components?.securitySchemes?.oauth2).toEqual({
    type: "oauth2",
    flows: {
      password: {
        tokenUrl: "/token",
        scopes: { me: "Read your own account", "items:read": "Read items" },
      },
    },
  });
});

it("must be declared by a scheme that the operation uses", () => {
  const loose = procedure as unknown as { scopes(...names: string[]): typeof procedure };
  const list = loose
    .scopes("nobody")
    .output(z.int())
    .query(() => 1);
  expect(() => project({ items: { list } })).toThrow(
    "TENON1026: 'items.list' asks for the scope 'nobody', which no scheme that it uses declares",
  );
});

it("need a flow by which a token is obtained", () => {
  expect(() => security.oauth2({ flows: {} })).toThrow("the security scheme 'oauth2' has no flow");
});
