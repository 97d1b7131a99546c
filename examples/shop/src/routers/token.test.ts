import { SignJWT } from "jose";
import { expect, it } from "vitest";
import { SAMPLE_PASSWORD } from "../data/sample.ts";
import { describeShop, type TestShop, type Visitor } from "../test-shop.ts";

const grant = { grant_type: "password", password: SAMPLE_PASSWORD } as const;

async function tokenFor(shop: TestShop, username: string, scope?: string): Promise<string> {
  const { api } = shop.visit();
  const { access_token } = await api.token.create({
    ...grant,
    username,
    ...(scope === undefined ? {} : { scope }),
  });
  return access_token;
}

const holder = (shop: TestShop, token: string): Visitor => shop.visit({ authorization: `Bearer ${token}` });

describeShop("access tokens", (shop) => {
  it("grants what the role allows, or of that what is asked for", async () => {
    const { api } = shop().visit();
    const all = await api.token.create({ ...grant, username: "mira@shop.example" });
    expect(all).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 3600,
      scope: "orders:read orders:ship products:write",
    });
    const username = "tom@shop.example";
    const asked = await api.token.create({ ...grant, username, scope: "orders:ship products:write" });
    expect(asked.scope).toBe("orders:ship");
  });

  it("refuses a wrong password and another grant", async () => {
    const { api, fetch } = shop().visit();
    const wrong = { ...grant, username: "mira@shop.example", password: "wrong" };
    expect(await api.token.create.safe(wrong)).toMatchObject({
      error: { code: "INVALID_GRANT", status: 400 },
    });
    const body = new URLSearchParams({
      grant_type: "implicit",
      username: "mira@shop.example",
      password: "x",
    });
    expect((await fetch("/token", { method: "POST", body })).status).toBe(422);
  });

  it("names the scope that a token lacks", async () => {
    const clerk = holder(shop(), await tokenFor(shop(), "tom@shop.example", "orders:read"));
    expect(await clerk.api.orders.listAll()).toEqual([]);
    const response = await clerk.fetch("/orders/1/ship", {
      method: "POST",
      headers: { authorization: `Bearer ${await tokenFor(shop(), "tom@shop.example", "orders:read")}` },
    });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="orders:ship"',
    ]);
  });

  it("refuses tokens that are forged, over, of somebody else, or unsigned", async () => {
    const secret = new TextEncoder().encode(shop().config.tokenSecret);
    const token = (change: (jwt: SignJWT) => SignJWT, key = secret, typ = "at+jwt") =>
      change(
        new SignJWT({ scope: "" })
          .setProtectedHeader({ alg: "HS256", typ })
          .setIssuer("shop")
          .setAudience("shop")
          .setSubject("1")
          .setExpirationTime("1 minute"),
      ).sign(key);
    const unsigned = `${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa('{"sub":"1","scope":""}')}.`;
    const refused = [
      await token((jwt) => jwt, new TextEncoder().encode("x".repeat(32))),
      await token((jwt) => jwt.setExpirationTime("1 minute ago")),
      await token((jwt) => jwt.setAudience("another")),
      await token((jwt) => jwt.setSubject("4711")),
      await token((jwt) => jwt, secret, "JWT"),
      unsigned,
      "no token",
    ];
    for (const each of refused) {
      expect(await holder(shop(), each).api.account.read.safe()).toMatchObject({ error: { status: 401 } });
    }
    expect((await holder(shop(), await token((jwt) => jwt)).api.account.read()).name).toBe("Mira Kovac");
  });
});
