import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { readTokenKey, signToken, verifyToken } from "./token.ts";

const key = randomBytes(32);

describe("tokens", () => {
  it("name the user they were made for", async () => {
    expect(await verifyToken(await signToken(42, key), key)).toBe(42);
  });

  it("end after a week", async () => {
    const monday = new Date("2026-06-01T12:00:00Z");
    const token = await signToken(42, key, monday);
    expect(await verifyToken(token, key, new Date("2026-06-08T11:59:58Z"))).toBe(42);
    expect(await verifyToken(token, key, new Date("2026-06-08T12:00:01Z"))).toBeUndefined();
  });

  it("mean nothing under another key, after a change, or when they are no tokens", async () => {
    const token = await signToken(42, key);
    expect(await verifyToken(token, randomBytes(32))).toBeUndefined();
    const [header, , signature] = token.split(".");
    const payload = Buffer.from(JSON.stringify({ iss: "conduit", sub: "1", exp: 9e9 })).toString("base64url");
    expect(await verifyToken(`${header}.${payload}.${signature}`, key)).toBeUndefined();
    for (const text of ["", "token", "a.b.c", "..", `${token}x`]) {
      expect(await verifyToken(text, key)).toBeUndefined();
    }
  });

  it("are refused unsigned, with another algorithm, without an end or a user", async () => {
    const unsigned = [{ alg: "none" }, { iss: "conduit", sub: "1", exp: 9e9 }].map((part) =>
      Buffer.from(JSON.stringify(part)).toString("base64url"),
    );
    expect(await verifyToken(`${unsigned.join(".")}.`, key)).toBeUndefined();
    const sign = (claims: object, algorithm = "HS256") =>
      new SignJWT({ iss: "conduit", ...claims }).setProtectedHeader({ alg: algorithm }).sign(key);
    expect(await verifyToken(await sign({ sub: "1", exp: 9e9 }), key)).toBe(1);
    expect(await verifyToken(await sign({ sub: "1", exp: 9e9 }, "HS512"), key)).toBeUndefined();
    expect(await verifyToken(await sign({ sub: "1" }), key)).toBeUndefined();
    expect(await verifyToken(await sign({ exp: 9e9 }), key)).toBeUndefined();
    expect(await verifyToken(await sign({ sub: "ada", exp: 9e9 }), key)).toBeUndefined();
    expect(await verifyToken(await sign({ sub: "1", exp: 9e9, iss: "else" }), key)).toBeUndefined();
  });
});

describe("readTokenKey", () => {
  it("takes the secret of the environment", () => {
    const secret = "x".repeat(32);
    expect(readTokenKey({ JWT_SECRET: secret })).toEqual({
      key: new TextEncoder().encode(secret),
      warning: undefined,
    });
  });

  it("warns of a short secret", () => {
    expect(readTokenKey({ JWT_SECRET: "short" }).warning).toContain("5 bytes");
  });

  it.each([{}, { JWT_SECRET: "" }])("makes a random key of its own without one", (environment) => {
    const first = readTokenKey(environment);
    expect(first.warning).toContain("JWT_SECRET is not set");
    expect(first.key).toHaveLength(32);
    expect(first.key).not.toEqual(readTokenKey(environment).key);
  });
});
