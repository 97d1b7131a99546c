import { testClient } from "@tenon/client/testing";
import { expect, it } from "vitest";
import { accounts, passwordCost } from "./accounts.ts";
import { app, keys, type StoredKey } from "./api-keys.ts";
import { currentUser } from "./password-login.ts";

const stored = new Map<string, StoredKey>();
const cheap = app.override(passwordCost, { ln: 4, r: 8, p: 1 }).override(keys, stored);
/** The application for somebody who has signed in. */
const as = async (name: string) => {
  await using known = await cheap.resolve(accounts);
  const account = known.value.get(name);
  if (account === undefined) {
    throw new Error(`there is no ${name}`);
  }
  return testClient(cheap.override(currentUser, account));
};
const ask = async (test: Awaited<ReturnType<typeof as>>, key: string) => {
  const response = await test.fetch("/reports", { headers: { "x-api-key": key } });
  return response.status === 200 ? await response.json() : response.status;
};

it("shows a key once, and stores nothing that would let anybody in", async () => {
  await using test = await as("ann");
  const { id, key } = await test.api.apiKeys.create();
  expect(key).toMatch(/^key_[0-9a-f]{16}_[\w-]{43}$/);
  expect(await ask(test, key)).toEqual(["a report for ann"]);
  const secret = key.split("_").slice(2).join("_");
  const kept = JSON.stringify([...stored]);
  expect([kept.includes(id), kept.includes(secret)]).toEqual([true, false]);
  const { digest = "" } = stored.get(id) ?? {};
  expect(await ask(test, `key_${id}_${digest}`)).toBe(401);
});

it("takes no other key: of another secret, of another id, of no form", async () => {
  await using test = await as("ann");
  const { id, key } = await test.api.apiKeys.create();
  const other = key.endsWith("A") ? "B" : "A";
  for (const wrong of [
    key.slice(0, -1) + other,
    key.replace(id, "0".repeat(16)),
    key.slice(0, -1),
    `${key}x`,
    "x",
  ]) {
    expect(await ask(test, wrong)).toBe(401);
  }
  expect((await test.fetch("/reports")).headers.get("www-authenticate")).toBe("ApiKey");
});

it("ends a key that is removed, by its owner alone", async () => {
  await using ann = await as("ann");
  await using bob = await as("bob");
  const { id, key } = await ann.api.apiKeys.create();
  expect(await bob.api.apiKeys.remove.safe({ id })).toMatchObject({
    ok: false,
    error: { code: "NOT_FOUND" },
  });
  expect(await ask(ann, key)).toEqual(["a report for ann"]);
  await ann.api.apiKeys.remove({ id });
  expect(await ask(ann, key)).toBe(401);
});
