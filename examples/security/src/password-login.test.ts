import type { scrypt as Scrypt } from "node:crypto";
import { testClient } from "@tenon/client/testing";
import { SignJWT, UnsecuredJWT } from "jose";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { accounts, passwordCost } from "./accounts.ts";
import { app, clock, tokenKey } from "./password-login.ts";

/** The costs of all hashes that were computed, as `ln`. */
const hashes: number[] = [];
vi.mock(import("node:crypto"), async (original) => {
  const real = await original();
  const scrypt = ((...args: Parameters<typeof Scrypt>) => {
    hashes.push(Math.log2((args[3] as { N: number }).N));
    return (real.scrypt as (...all: unknown[]) => void)(...args);
  }) as typeof Scrypt;
  return { ...real, scrypt };
});

const key = new TextEncoder().encode("a key of thirty-two bytes, or so");
let now = 0;
const cheap = (ln: number) =>
  app
    .override(passwordCost, { ln, r: 8, p: 1 })
    .override(tokenKey, key)
    .override(clock, () => now);
/** Each test calls from another address, and has attempts of its own. */
let callers = 0;
const open = (tested = cheap(4)) => testClient(tested, { ip: `192.0.2.${++callers}` });
type Test = Awaited<ReturnType<typeof open>>;
const logIn = (test: Test, username = "ann", password = "correct horse", scopes = "") =>
  test.api.session.create.safe({ username, password, scopes });
const tokenOf = async (...args: Parameters<typeof logIn>): Promise<string> => {
  const result = await logIn(...args);
  return result.ok ? result.data.access_token : "";
};
const ask = (test: Test, token: string, init: RequestInit = {}) =>
  test.fetch("/notes", {
    ...init,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });

beforeEach(() => {
  now = 1_800_000_000;
});

describe("logging in with a password", () => {
  it("gives a token that names the user, for a while", async () => {
    await using test = await open();
    const result = await logIn(test);
    expect(result).toMatchObject({
      ok: true,
      data: { token_type: "bearer", expires_in: 900, scope: "notes:read notes:write" },
    });
    const token = await tokenOf(test);
    expect(await (await ask(test, token)).json()).toEqual(["a note of ann"]);
    now += 899;
    expect((await ask(test, token)).status).toBe(200);
    now += 2;
    expect((await ask(test, token)).status).toBe(401);
  });

  it("takes the form that password managers and the docs send", async () => {
    await using test = await open();
    const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
    const post = async (body: string) => (await test.fetch("/token", { ...form, body })).status;
    expect(await post("grant_type=password&username=ann&password=correct+horse&scope=notes:read")).toBe(200);
    expect(await post("username=ann&password=correct+horse")).toBe(200);
    expect(await post("grant_type=nope&username=ann&password=correct+horse")).toBe(422);
    expect(await post("grant_type=password&username=ann")).toBe(422);
    expect(await post(`username=ann&password=${"x".repeat(1025)}`)).toBe(422);
  });

  it("says of nothing but both that it is wrong, and hashes once whoever asks", async () => {
    await using test = await open();
    const verdicts = [];
    for (const [name, password] of [
      ["ann", "correct horse"],
      ["ann", "wrong"],
      ["nobody", "correct horse"],
    ] as const) {
      hashes.length = 0;
      const result = await logIn(test, name, password);
      const error = result.ok ? undefined : result.error;
      verdicts.push([error?.code, error?.status, hashes.join()]);
    }
    const refused = ["INVALID_GRANT", 400, "4"];
    // Neither what is answered nor what it costs tells who has an account.
    expect(verdicts).toEqual([[undefined, undefined, "4"], refused, refused]);
  });

  it("hashes anew, at today's cost, when somebody signs in whose hash is of yesterday's", async () => {
    const known = new Map();
    {
      await using yesterday = await open();
      await using resolved = await cheap(4).resolve(accounts);
      resolved.value.forEach((account, name) => known.set(name, account));
      expect((await logIn(yesterday)).ok).toBe(true);
    }
    await using today = await open(cheap(5).override(accounts, known));
    hashes.length = 0;
    expect((await logIn(today, "ann", "wrong")).ok).toBe(false);
    expect(known.get("ann").passwordHash).toContain("ln=4");
    expect((await logIn(today)).ok).toBe(true);
    expect(known.get("ann").passwordHash).toContain("ln=5");
    expect((await logIn(today)).ok).toBe(true);
    expect(hashes).toEqual([4, 4, 5, 5]);
  });

  it("limits how often an address may guess", async () => {
    await using test = await open();
    const statuses = [];
    for (let attempt = 0; attempt < 11; attempt++) {
      const result = await logIn(test, "ann", "wrong");
      statuses.push(result.ok ? 200 : result.error.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 400), 429]);
  });
});

describe("a token", () => {
  it("carries no more scopes than were asked for, and than the account has", async () => {
    await using test = await open();
    const write = { method: "POST", body: '{"text":"x"}' };
    const narrow = await tokenOf(test, "ann", "correct horse", "notes:read admin");
    expect((await ask(test, narrow)).status).toBe(200);
    const refused = await ask(test, narrow, write);
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="notes:write"',
    ]);
    const bob = await tokenOf(test, "bob", "battery staple", "notes:write");
    expect((await ask(test, bob, write)).status).toBe(403);
    expect((await ask(test, await tokenOf(test), write)).status).toBe(200 + 1);
  });

  it("means nothing where anything about it is wrong, and nobody hears what", async () => {
    await using test = await open();
    const good = await tokenOf(test);
    const [head, claims, signature] = good.split(".");
    const payload = { scope: "notes:read", generation: 1 };
    const made = (over: { key?: Uint8Array; alg?: string; claims?: object; exp?: number | null }) => {
      const jwt = new SignJWT({ ...payload, iss: "https://notes.example", sub: "ann", ...over.claims });
      const ends = over.exp === null ? jwt : jwt.setExpirationTime(over.exp ?? now + 60);
      return ends.setProtectedHeader({ alg: over.alg ?? "HS256" }).sign(over.key ?? key);
    };
    expect((await ask(test, await made({}))).status).toBe(200);
    const admin = Buffer.from(JSON.stringify({ sub: "bob", exp: 9e9 })).toString("base64url");
    const bad = [
      await made({ key: new Uint8Array(32) }),
      await made({ alg: "HS512", key: new Uint8Array(64) }),
      await made({ alg: "HS384", key: new Uint8Array(48) }),
      await made({ exp: null }),
      await made({ exp: now - 1 }),
      await made({ claims: { iss: "https://evil.example" } }),
      await made({ claims: { sub: "nobody" } }),
      await made({ claims: { scope: 7 } }),
      new UnsecuredJWT({ ...payload, sub: "ann", iss: "https://notes.example", exp: now + 60 }).encode(),
      `${head}.${admin}.${signature}`,
      `${head}.${claims}.`,
      `${good}x`,
      "..",
      "x",
    ];
    for (const token of bad) {
      const response = await ask(test, token);
      expect([response.status, response.headers.get("www-authenticate")], token).toEqual([401, "Bearer"]);
      expect(await response.json()).toEqual({
        type: "about:blank",
        title: "Unauthorized",
        status: 401,
        code: "UNAUTHENTICATED",
      });
    }
  });

  it("ends with all others that were given out before", async () => {
    await using test = await open();
    const [one, other] = [await tokenOf(test), await tokenOf(test)];
    const headers = { authorization: `Bearer ${one}` };
    expect((await test.fetch("/token", { method: "DELETE", headers })).status).toBe(204);
    expect([(await ask(test, one)).status, (await ask(test, other)).status]).toEqual([401, 401]);
    expect((await ask(test, await tokenOf(test))).status).toBe(200);
  });
});

it("is in the document: the form, the scheme, the scopes, each refusal", async () => {
  await using test = await open();
  const document = await (await test.fetch("/openapi.json")).json();
  const { post } = document.paths["/token"];
  const { schema } = post.requestBody.content["application/x-www-form-urlencoded"];
  expect(schema.properties).toMatchObject({
    grant_type: { const: "password" },
    username: { type: "string" },
    password: { type: "string", format: "password" },
    scope: { type: "string", default: "" },
  });
  expect(schema.required).toEqual(["username", "password"]);
  expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(["200", "400", "422", "429"]));
  expect(document.paths["/notes"].post.security).toEqual([{ oauth2: ["notes:write"] }]);
  expect(Object.keys(document.paths["/notes"].post.responses)).toEqual(
    expect.arrayContaining(["401", "403"]),
  );
});
