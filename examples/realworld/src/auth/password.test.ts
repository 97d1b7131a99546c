import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

describe("passwords", () => {
  it("recognises the password behind a hash and no other", async () => {
    const stored = await hashPassword("correct horse");
    expect(stored).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword("correct horse", stored)).toBe(true);
    expect(await verifyPassword("correct house", stored)).toBe(false);
    expect(await verifyPassword("", stored)).toBe(false);
  });

  it("salts each hash anew", async () => {
    expect(await hashPassword("same")).not.toBe(await hashPassword("same"));
  });

  it("takes the same text in either Unicode form", async () => {
    const stored = await hashPassword("caf\u00e9");
    expect(await verifyPassword("cafe\u0301", stored)).toBe(true);
  });

  it("reads the cost from the hash, so that old hashes outlive a change", async () => {
    // scrypt's test vector in RFC 7914, 12: password "pleaseletmein", salt "SodiumChloride", first 32 bytes.
    const salt = Buffer.from("SodiumChloride").toString("base64").replace(/=+$/, "");
    const key = Buffer.from("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2", "hex");
    const stored = `$scrypt$ln=14,r=8,p=1$${salt}$${key.toString("base64").replace(/=+$/, "")}`;
    expect(await verifyPassword("pleaseletmein", stored)).toBe(true);
  });

  it("does the same work when nobody is registered, and says no", async () => {
    const stored = await hashPassword("secret");
    const known = await timeOf(() => verifyPassword("wrong", stored));
    const unknown = await timeOf(() => verifyPassword("wrong", undefined));
    expect(await verifyPassword("wrong", undefined)).toBe(false);
    expect(unknown).toBeGreaterThan(known / 5);
  });

  it("refuses to guess at a stored hash of another form", async () => {
    await expect(verifyPassword("secret", "$2b$10$abcdefghijklmnopqrstuv")).rejects.toThrow(
      "not in the form",
    );
  });
});

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
