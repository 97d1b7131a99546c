import { expect, type Page, test } from "@playwright/test";
import { createEmptyDatabase, TEST_SERVER } from "../databases/empty-database.ts";
import { ExampleProcess } from "./example-process.ts";

if (TEST_SERVER === undefined) {
  throw new Error("There is no PostgreSQL: run 'node scripts/postgres.mjs -- playwright test'.");
}
const server = TEST_SERVER;

let workers: ExampleProcess[];
let remove: () => Promise<void>;

test.beforeAll(async () => {
  const database = await createEmptyDatabase(server);
  remove = database.remove;
  const environment = { CHAT_DATABASE_URL: database.url };
  workers = await Promise.all([
    ExampleProcess.start("chat", environment),
    ExampleProcess.start("chat", environment),
  ]);
});
test.afterAll(async () => {
  expect(await Promise.all(workers.map((worker) => worker.stop()))).toEqual([0, 0]);
  await remove();
});

async function join(page: Page, worker: number, name: string, room: string): Promise<void> {
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(workers[worker]?.url ?? "");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Room").fill(room);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("status")).toHaveText(`You are in ${room}.`);
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Say" }).click();
}

test("two browsers talk, each by a process of its own", async ({ page: ann, browser }) => {
  const bob = await (await browser.newContext()).newPage();
  await join(ann, 0, "Ann", "lobby");
  await join(bob, 1, "Bob", "lobby");
  for (const page of [ann, bob]) {
    await expect(page.locator("#here")).toHaveText("Ann, Bob");
  }
  await say(ann, "Is anybody here?");
  await expect(bob.locator("#said li")).toHaveText(["Ann: Is anybody here?"]);
  await say(bob, "<b>I</b> am");
  for (const page of [ann, bob]) {
    await expect(page.locator("#said li")).toHaveText(["Ann: Is anybody here?", "Bob: <b>I</b> am"]);
  }
  await bob.close();
  await expect(ann.locator("#here")).toHaveText("Ann");
});

test("a newcomer sees what was said, in its room alone", async ({ page, browser }) => {
  await join(page, 1, "Cem", "quiet");
  await say(page, "hello");
  await expect(page.locator("#said li")).toHaveText(["Cem: hello"]);
  const other = await (await browser.newContext()).newPage();
  await join(other, 0, "Dov", "quiet");
  await expect(other.locator("#said li")).toHaveText(["Cem: hello"]);
  await join(other, 0, "Dov", "elsewhere");
  await expect(other.locator("#here")).toHaveText("Dov");
  await expect(other.locator("#said li")).toHaveCount(0);
});

test("a browser comes back when its process does", async ({ page }) => {
  const database = await createEmptyDatabase(server);
  const first = await ExampleProcess.start("chat", { CHAT_DATABASE_URL: database.url });
  const { port } = new URL(first.url);
  await page.goto(first.url);
  await page.getByLabel("Name").fill("Eva");
  await page.getByRole("button", { name: "Join" }).click();
  await say(page, "before");
  await expect(page.locator("#said li")).toHaveText(["Eva: before"]);
  expect(await first.stop()).toBe(0);
  const second = await ExampleProcess.start("chat", { CHAT_DATABASE_URL: database.url, PORT: port });
  await expect(page.getByRole("status")).toHaveText("Back again.", { timeout: 20_000 });
  await say(page, "after");
  await expect(page.locator("#said li")).toHaveText(["Eva: before", "Eva: after"]);
  expect(await second.stop()).toBe(0);
  await database.remove();
});
