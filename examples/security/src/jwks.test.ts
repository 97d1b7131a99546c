import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { testClient } from "@tenon/client/testing";
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { app, provider } from "./jwks.ts";

/** A provider of tokens, with the keys that it publishes now. */
let published: JWK[] = [];
let asked = 0;
let isDown = false;
const server = createServer((_request, response) => {
  asked++;
  response.writeHead(isDown ? 503 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify({ keys: published }));
});
const ours = { issuer: "https://login.example", audience: "notes", cooldown: 0 };
let here: typeof ours & { keys: string };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  here = { ...ours, keys: `http://127.0.0.1:${port}/jwks.json` };
});
afterAll(() => void server.close());
beforeEach(() => {
  published = [];
  asked = 0;
  isDown = false;
});

async function makeKey(kid: string, alg = "RS256") {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid, alg, use: "sig" };
  const sign = (claims: object = {}, header: object = {}) =>
    new SignJWT({ iss: ours.issuer, aud: ours.audience, sub: "ann", ...claims })
      .setProtectedHeader({ alg, kid, ...header })
      .setExpirationTime("5m")
      .sign(pair.privateKey);
  return { jwk, sign, publicKey: pair.publicKey };
}
const open = () => testClient(app.override(provider, here), { rethrow: false });
const ask = async (test: Awaited<ReturnType<typeof open>>, token: string) => {
  const response = await test.fetch("/me", { headers: { authorization: `Bearer ${token}` } });
  return response.status === 200 ? await response.json() : response.status;
};

it("verifies by the published key that the token names, and asks for the keys once", async () => {
  const key = await makeKey("one");
  published = [key.jwk];
  await using test = await open();
  expect(await Promise.all([ask(test, await key.sign()), ask(test, await key.sign({ sub: "bob" }))])).toEqual(
    ["ann", "bob"],
  );
  expect(asked).toBe(1);
});

it("follows a rotation: finds the new key by itself, and forgets the old one", async () => {
  const [old, fresh] = [await makeKey("old"), await makeKey("new", "ES256")];
  published = [old.jwk];
  await using test = await open();
  expect(await ask(test, await old.sign())).toBe("ann");
  published = [old.jwk, fresh.jwk];
  expect(await ask(test, await fresh.sign())).toBe("ann");
  expect(await ask(test, await old.sign())).toBe("ann");
  published = [fresh.jwk];
  // A key that nobody knows makes it look again: the old one is gone then.
  expect(await ask(test, await (await makeKey("unknown")).sign())).toBe(401);
  expect([await ask(test, await old.sign()), await ask(test, await fresh.sign())]).toEqual([401, "ann"]);
});

it("looks no oftener than it may, whatever keys tokens name", async () => {
  const key = await makeKey("one");
  published = [key.jwk];
  await using test = await testClient(app.override(provider, { ...here, cooldown: 60_000 }));
  expect(await ask(test, await key.sign())).toBe("ann");
  const unknown = await makeKey("unknown");
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(await ask(test, await unknown.sign())).toBe(401);
  }
  expect(asked).toBe(1);
});

it("refuses what is signed by another algorithm, for others, or by others", async () => {
  const key = await makeKey("one");
  published = [key.jwk];
  await using test = await open();
  // The public key as a secret: what a verifier that believes the token would take (CVE-2015-9235).
  const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
  const confused = await new SignJWT({ iss: ours.issuer, aud: ours.audience, sub: "ann" })
    .setProtectedHeader({ alg: "HS256", kid: "one" })
    .setExpirationTime("5m")
    .sign(secret);
  for (const token of [
    confused,
    await key.sign({ aud: "others" }),
    await key.sign({ iss: "https://evil.example" }),
    await (await makeKey("one")).sign(),
    await (await makeKey("one", "PS256")).sign(),
    "x",
  ]) {
    expect(await ask(test, token)).toBe(401);
  }
});

it("refuses nobody where the keys cannot be fetched", async () => {
  isDown = true;
  const logged = vi.spyOn(console, "error").mockReturnValue(undefined);
  const key = await makeKey("one");
  await using test = await open();
  expect(await ask(test, await key.sign())).toBe(503);
  expect(logged).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining("the provider's keys cannot be fetched"),
  );
  logged.mockRestore();
  isDown = false;
  published = [key.jwk];
  expect(await ask(test, await key.sign())).toBe("ann");
});
