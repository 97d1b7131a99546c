import { expect, it } from "vitest";
import { checkPassword, hashPassword } from "./password.ts";

const cheap = { ln: 4, r: 8, p: 1 };

it("recognises the password behind a hash and no other, in either form of Unicode", async () => {
  const stored = await hashPassword("caf\u00e9", cheap);
  expect(stored).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await checkPassword("cafe\u0301", stored, cheap)).toBe("right");
  expect(await checkPassword("cafe", stored, cheap)).toBe("wrong");
  expect(await checkPassword("", stored, cheap)).toBe("wrong");
  expect(await hashPassword("caf\u00e9", cheap)).not.toBe(stored);
});

it("says where a hash is of another cost than today's, and only to who knows the password", async () => {
  const stored = await hashPassword("secret", cheap);
  const dear = { ...cheap, ln: 5 };
  expect(await checkPassword("secret", stored, dear)).toBe("outdated");
  expect(await checkPassword("wrong", stored, dear)).toBe("wrong");
});

it("refuses to guess at a stored hash of another form", async () => {
  await expect(checkPassword("x", "$2b$10$abcdefghijklmnopqrstuv", cheap)).rejects.toThrow("not in the form");
});

it("computes scrypt as it is written down", async () => {
  // RFC 7914, 12: password "pleaseletmein", salt "SodiumChloride", first 32 bytes.
  const salt = Buffer.from("SodiumChloride").toString("base64");
  const key = Buffer.from("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2", "hex");
  const stored = `$scrypt$ln=14,r=8,p=1$${salt}$${key.toString("base64")}`;
  expect(await checkPassword("pleaseletmein", stored, { ln: 14, r: 8, p: 1 })).toBe("right");
});
