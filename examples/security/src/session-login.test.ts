import { testClient } from "@tenon/client/testing";
import { expect, it } from "vitest";
import { passwordCost } from "./accounts.ts";
import { app } from "./session-login.ts";

const cheap = app.override(passwordCost, { ln: 4, r: 8, p: 1 });
/** One application, in two browsers. */
async function browsers() {
  const one = await testClient(cheap);
  const other = await testClient(cheap);
  return { one, other };
}
const COOKIE = "__Host-session";
const ann = { name: "ann", password: "correct horse" };

it("remembers who has signed in, by a cookie that scripts and other sites cannot use", async () => {
  await using test = await testClient(cheap);
  expect(await test.api.me.read.safe()).toMatchObject({ ok: false, error: { code: "UNAUTHENTICATED" } });
  const body = JSON.stringify(ann);
  const response = await test.fetch("/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const [cookie = ""] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-session=\S+; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(await test.api.me.read()).toBe("ann");
  const foreign = {
    method: "DELETE",
    headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  };
  expect((await test.fetch("/login", foreign)).status).toBe(403);
  expect(await test.api.me.read()).toBe("ann");
});

it("gives a wrong password and an unknown name the same answer", async () => {
  await using test = await testClient(cheap);
  const wrong = await test.api.login.create.safe({ ...ann, password: "x" });
  const unknown = await test.api.login.create.safe({ ...ann, name: "x" });
  expect(wrong).toMatchObject({ ok: false, error: { code: "WRONG_CREDENTIALS", status: 400 } });
  expect(JSON.stringify(unknown)).toBe(JSON.stringify(wrong));
  expect(test.cookies.get(COOKIE)).toBeUndefined();
});

it("gives another id to whoever signs in: one that was known before is worth nothing", async () => {
  await using test = await testClient(cheap);
  await test.api.login.create(ann);
  const before = test.cookies.get(COOKIE) ?? "";
  await test.api.login.create({ name: "bob", password: "battery staple" });
  expect(test.cookies.get(COOKIE)).not.toBe(before);
  test.cookies.set(COOKIE, before);
  expect((await test.api.me.read.safe()).ok).toBe(false);
});

it("signs out here, and everywhere", async () => {
  await using test = await testClient(cheap);
  await test.api.login.create(ann);
  const first = test.cookies.get(COOKIE) ?? "";
  test.cookies.clear();
  await test.api.login.create(ann);
  const second = test.cookies.get(COOKIE) ?? "";
  await test.api.login.remove();
  test.cookies.set(COOKIE, second);
  expect((await test.api.me.read.safe()).ok).toBe(false);
  test.cookies.set(COOKIE, first);
  expect(await test.api.me.read()).toBe("ann");
  test.cookies.clear();
  await test.api.login.create(ann);
  await test.api.login.removeAll();
  for (const cookie of [first, second]) {
    test.cookies.set(COOKIE, cookie);
    expect((await test.api.me.read.safe()).ok).toBe(false);
  }
});

it("takes no cookie that it has not signed", async () => {
  const { one, other } = await browsers();
  await one.api.login.create(ann);
  const cookie = one.cookies.get(COOKIE) ?? "";
  for (const forged of [`${cookie}x`, cookie.replace(/^./, "A"), "x", ""]) {
    other.cookies.set(COOKIE, forged);
    expect((await other.api.me.read.safe()).ok).toBe(false);
  }
  await Promise.all([one.stop(), other.stop()]);
});
