import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { ExampleProcess } from "./example-process.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PASSWORD = "correct horse battery";

let shop: ExampleProcess;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "shop-"));
  shop = await ExampleProcess.start("shop", { SHOP_PICTURE_FOLDER: folder });
});
test.afterAll(async () => {
  expect(await shop.stop()).toBe(0);
  await rm(folder, { recursive: true });
});

/** Opens the shop; whatever its page complains of fails the test. */
async function open(page: Page): Promise<void> {
  page.on("pageerror", (error) => {
    throw error;
  });
  page.on("console", (message) => {
    // The browser reports each answer that is a failure; the page asks whether somebody is signed in.
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) {
      throw new Error(message.text());
    }
  });
  await page.goto(shop.url);
  await expect(page.locator("#products li")).toHaveCount(5);
}

async function signIn(page: Page, email: string): Promise<void> {
  const form = page.locator("#sign-in");
  await form.getByLabel("Email").fill(email);
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button", { name: "Sign in" }).click();
}

const product = (page: Page, name: string) => page.locator("#products li", { hasText: name });

test("a newcomer looks around, opens an account, and orders", async ({ page }) => {
  await open(page);
  await page.getByLabel("Search").fill("brass");
  await page.getByLabel("Search").press("Enter");
  await expect(page.locator("#products li")).toHaveCount(2);
  await product(page, "Marking gauge").getByRole("button").click();
  await product(page, "Marking gauge").getByRole("button").click();
  await expect(page.locator("#basket")).toHaveText("2 × Marking gauge, € 68.00");

  await page.getByRole("button", { name: "Order", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("Please sign in first.");
  await page.getByText("New here?").click();
  const form = page.locator("#register");
  await form.getByLabel("Name").fill("Lin");
  await form.getByLabel("Email").fill("lin@example.com");
  await form.getByLabel("Password").fill("short");
  await form.getByRole("button").click();
  await expect(page.getByRole("status")).toContainText("password");
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button").click();
  await expect(page.locator("#who")).toHaveText("Lin (customer)");

  await page.getByRole("button", { name: "Order", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText(/^Order \d+ is on our bench\.$/);
  await expect(page.locator("#orders li")).toHaveText(/Lin: 2 × Marking gauge, on our bench/);
  await expect(product(page, "Marking gauge")).toContainText("10 in stock");

  await page.reload();
  await expect(page.locator("#who")).toHaveText("Lin (customer)");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.locator("#who")).toHaveText("Nobody is signed in.");
});

test("a clerk sends an order on its way", async ({ page }) => {
  await open(page);
  await signIn(page, "ada@example.com");
  await product(page, "Hide glue").getByRole("button").click();
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await expect(page.locator("#orders li").first()).toContainText("Ada Lind: 1 × Hide glue, on our bench");
  await expect(page.getByRole("button", { name: /^Ship/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Sign out" }).click();

  await signIn(page, "tom@shop.example");
  await expect(page.getByRole("heading", { name: "All orders" })).toBeVisible();
  const order = page.locator("#orders li", { hasText: "Ada Lind" });
  await order.getByRole("button", { name: /^Ship/ }).click();
  await expect(order).toContainText("left on");
});

test("the last ones go to whoever is first", async ({ page, browser }) => {
  await open(page);
  await signIn(page, "ada@example.com");
  for (let count = 0; count < 3; count++) {
    await product(page, "mallet").getByRole("button").click();
  }
  const context = await browser.newContext();
  const other = await context.newPage();
  await open(other);
  await signIn(other, "tom@shop.example");
  await product(other, "mallet").getByRole("button").click();
  await other.getByRole("button", { name: "Order", exact: true }).click();
  await expect(other.getByRole("status")).toContainText("is on our bench");
  await page.getByRole("button", { name: "Order", exact: true }).click();
  await expect(page.getByRole("status")).toHaveText("Only 2 left of Carver's mallet.");
  await context.close();
});

test("a picture that staff uploads is on the page", async ({ page, request }) => {
  await open(page);
  const form = { grant_type: "password", username: "mira@shop.example", password: PASSWORD };
  const { access_token } = (await (await request.post(`${shop.url}/token`, { form })).json()) as {
    access_token: string;
  };
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const upload = await request.put(`${shop.url}/products/3/picture`, {
    headers: { authorization: `Bearer ${access_token}` },
    multipart: { picture: { name: "saw.png", mimeType: "image/png", buffer: png } },
  });
  expect(upload.status()).toBe(200);
  await page.reload();
  const picture = page.getByRole("img", { name: "Dovetail saw" });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
});

test("says what is wrong with a login, and no more", async ({ page }) => {
  await open(page);
  const form = page.locator("#sign-in");
  await form.getByLabel("Email").fill("ada@example.com");
  await form.getByLabel("Password").fill("not this one");
  await form.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("status")).toHaveText("The email or the password is wrong.");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    const violations = await page.evaluate(
      `${AXE}; axe.run().then(({ violations }) => violations.map(({ id }) => id))`,
    );
    expect(violations).toEqual([]);
  });
}
