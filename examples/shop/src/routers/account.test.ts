import { expect, it } from "vitest";
import { SESSION_COOKIE } from "../account/session.ts";
import { SAMPLE_PASSWORD } from "../data/sample.ts";
import { describeShop } from "../test-shop.ts";

const NEWCOMER = { email: "Lin@Example.com", name: "Lin", password: "a long enough one" };

describeShop("accounts", (shop) => {
  it("opens an account that is signed in; the same email opens no second", async () => {
    const lin = shop().visit();
    const account = await lin.api.account.create(NEWCOMER);
    expect(account).toEqual({
      id: expect.any(Number),
      email: "lin@example.com",
      name: "Lin",
      role: "customer",
      scopes: [],
    });
    expect(await lin.api.account.read()).toEqual(account);
    expect(
      await shop()
        .visit()
        .api.account.create.safe({ ...NEWCOMER, email: "lin@example.com" }),
    ).toMatchObject({
      error: { code: "TAKEN", status: 409, data: { field: "email" } },
    });
  });

  it("refuses what is no email, and a short password", async () => {
    const input = { email: "lin", name: "Lin", password: "short" };
    expect(await shop().visit().api.account.create.safe(input)).toMatchObject({
      error: {
        code: "INVALID_INPUT",
        data: { issues: [{ path: ["email"] }, { path: ["password"], code: "too_small" }] },
      },
    });
  });

  it("sets a cookie that scripts, other hosts and plain HTTP do not get", async () => {
    const response = await shop()
      .visit()
      .fetch("/session", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: "ada@example.com", password: SAMPLE_PASSWORD }),
      });
    expect(response.headers.get("set-cookie")).toMatch(
      new RegExp(`^${SESSION_COOKIE}=[\\w-]{43}; Max-Age=1209600; Path=/; HttpOnly; Secure; SameSite=Lax$`),
    );
    expect(await response.text()).not.toContain("passwordHash");
  });

  it("tells a wrong password and an unknown email by the same words", async () => {
    const refused = async (email: string) => {
      const body = JSON.stringify({ email, password: "not this one at all" });
      const headers = { "content-type": "application/json" };
      const response = await shop().visit().fetch("/session", { method: "POST", headers, body });
      return [response.status, await response.text()];
    };
    const wrong = await refused("ada@example.com");
    expect(wrong).toEqual([401, expect.stringContaining('"code":"WRONG_LOGIN"')]);
    expect(await refused("nobody@example.com")).toEqual(wrong);
  });

  it("gives a new session with each sign-in, and ends the one before", async () => {
    const ada = await shop().signIn("ada@example.com");
    const first = ada.cookies.get(SESSION_COOKIE)!;
    await ada.api.session.create({ email: "ada@example.com", password: SAMPLE_PASSWORD });
    expect(ada.cookies.get(SESSION_COOKIE)).not.toBe(first);
    const thief = shop().visit();
    thief.cookies.set(SESSION_COOKIE, first);
    expect(await thief.api.account.read.safe()).toMatchObject({ error: { code: "UNAUTHENTICATED" } });
    expect((await ada.api.account.read()).name).toBe("Ada Lind");
  });

  it("signs out here and in every copy of the cookie", async () => {
    const ada = await shop().signIn("ada@example.com");
    const copy = shop().visit();
    copy.cookies.set(SESSION_COOKIE, ada.cookies.get(SESSION_COOKIE)!);
    await ada.api.session.remove();
    expect(ada.cookies.get(SESSION_COOKIE)).toBeUndefined();
    expect(await copy.api.account.read.safe()).toMatchObject({ error: { status: 401 } });
    await ada.api.session.remove();
  });

  it("refuses the pages of another site what a session allows", async () => {
    const ada = await shop().signIn("ada@example.com");
    const order = {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "cross-site" },
    };
    const body = JSON.stringify({ lines: [{ productId: 5, quantity: 1 }] });
    expect((await ada.fetch("/orders", { ...order, body })).status).toBe(403);
    expect(await ada.api.orders.list()).toEqual([]);
  });

  it("lets an address try to sign in ten times a minute", async () => {
    const guesser = shop().visit();
    const tried: (string | undefined)[] = [];
    for (let attempt = 0; attempt < 11; attempt++) {
      const result = await guesser.api.session.create.safe({
        email: "ada@example.com",
        password: `guess ${attempt}`,
      });
      tried.push(result.ok ? undefined : result.error.code);
    }
    expect(tried).toEqual([...Array.from({ length: 10 }, () => "WRONG_LOGIN"), "RATE_LIMITED"]);
  });
});
