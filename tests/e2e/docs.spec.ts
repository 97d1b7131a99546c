import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { createApp } from "@tenon/server";
import { serve } from "@tenon/server/node";
import { sampleMiddleware, sampleRouters } from "../fixtures/openapi/sample.ts";
import { ExampleProcess } from "./example-process.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Subject {
  readonly name: string;
  start(): Promise<string>;
  stop(): Promise<void>;
}

/** The example as its users start it. */
function realWorld(): Subject {
  let example: ExampleProcess;
  return {
    name: "RealWorld",
    start: async () => {
      example = await ExampleProcess.start("realworld");
      return example.url;
    },
    stop: async () => {
      await example.stop();
    },
  };
}

/** An application with every kind of thing that a document can show. */
function sample(): Subject {
  let server: Awaited<ReturnType<typeof serve>>;
  return {
    name: "sample",
    start: async () => {
      const info = { title: "Sample", version: "1.0.0", description: "One of *everything*." };
      server = await serve(createApp(sampleRouters, { info, middleware: [sampleMiddleware] }), { port: 0 });
      return server.url;
    },
    stop: async () => {
      await server.stop();
    },
  };
}

interface ApiDocument {
  readonly paths: Record<
    string,
    Record<string, { operationId: string; summary: string; requestBody?: object }>
  >;
}

const VIEWS = [1440, 390].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

for (const subject of [realWorld(), sample()]) {
  test.describe(`the docs of ${subject.name}`, () => {
    let url = "";
    test.beforeAll(async () => {
      url = await subject.start();
    });
    test.afterAll(() => subject.stop());

    for (const { width, colorScheme } of VIEWS) {
      test(`are accessible and fit the screen, ${colorScheme}, ${width} wide`, async ({ browser }) => {
        // axe is put into the page, which the page's own policy forbids.
        const page = await open(browser, url, { width, colorScheme, bypassCSP: true });
        await page.evaluate(() => {
          for (const details of document.querySelectorAll("details")) {
            details.open = true;
          }
        });
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          const { axe } = window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
          const report = await axe.run();
          return report.violations.map(({ id, nodes }) => [id, nodes.length, nodes[0]?.html]);
        });
        expect(violations).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
        await page.context().close();
      });
    }

    test("keep to their policy and ask nothing of other hosts", async ({ browser }) => {
      const page = await browser.newPage();
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => requests.push(new URL(request.url()).origin));
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      const response = await page.goto(`${url}/docs`, { waitUntil: "networkidle" });
      expect(response?.headers()["content-security-policy"]).toContain("default-src 'none'");
      expect([...new Set(requests)]).toEqual([url]);
      expect(complaints).toEqual([]);
      // The policy is at work, not only sent.
      await page.evaluate(() => {
        const image = document.createElement("img");
        image.src = "http://127.0.0.1:9/outside.png";
        document.body.append(image);
      });
      await expect.poll(() => complaints.join(" ")).toContain("policy: img-src");
      await page.close();
    });

    test("show every operation without JavaScript, each reachable by its link", async ({ browser }) => {
      const document = (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
      const context = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 390, height: 800 },
      });
      const page = await context.newPage();
      await page.goto(`${url}/docs`);
      await expect(page.locator(".filter")).toBeHidden();
      const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
      expect(operations.length).toBeGreaterThan(10);
      for (const { operationId, summary, requestBody } of operations) {
        const article = page.locator(`[id="op-${operationId}"]`);
        await expect(article.locator("h3")).toContainText(summary);
        await expect(article.locator("figure.code").first()).toBeVisible();
        if (requestBody !== undefined) {
          await expect(article.locator(".samples")).toContainText(/--data|-F /);
        }
      }
      // The list is a link away on a telephone, and closes by following one of its links.
      const navigation = page.getByRole("navigation", { name: "Operations" });
      await expect(navigation).toBeHidden();
      await page.getByRole("link", { name: "Operations", exact: true }).click();
      await expect(navigation).toBeVisible();
      const last = operations.at(-1) as { operationId: string; summary: string };
      await navigation.locator(`[data-operation="${last.operationId}"] a`).click();
      await expect(navigation).toBeHidden();
      await expect(page.locator(`[id="op-${last.operationId}"]`)).toBeInViewport();
      await context.close();
    });

    test("find operations by words of their name, path or id", async ({ browser }) => {
      const page = await open(browser, url, { width: 1440, colorScheme: "light" });
      const items = page.locator("[data-operation]");
      const all = await items.count();
      const id = (await items.last().getAttribute("data-operation")) as string;
      await page.keyboard.press("/");
      await expect(page.getByLabel("Filter operations")).toBeFocused();
      await page.keyboard.type(id);
      await expect(page.locator("[data-operation]:visible")).toHaveCount(1);
      await expect(page.getByRole("status")).toHaveText(`1 of ${all} operations`);
      await page.keyboard.press("Enter");
      await expect(page.locator(`[id="op-${id}"]`)).toBeInViewport();
      await page.getByLabel("Filter operations").focus();
      await page.keyboard.press("Escape");
      await expect(page.locator("[data-operation]:visible")).toHaveCount(all);
      await page.getByLabel("Filter operations").fill("no such thing");
      await expect(page.locator("[data-operation]:visible")).toHaveCount(0);
      await page.context().close();
    });

    test("name the address that the reader has open, and begin with a skip link", async ({ browser }) => {
      const page = await open(browser, url, { width: 1440, colorScheme: "dark" });
      await expect(page.locator("#overview .samples")).toContainText(url);
      await page.keyboard.press("Tab");
      await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(page.locator("main")).toBeFocused();
      await expect(page.locator("h1")).toHaveCount(1);
      await page.context().close();
    });
  });
}

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function open(
  browser: Browser,
  url: string,
  options: { width: number; colorScheme: "light" | "dark"; bypassCSP?: boolean },
): Promise<Page> {
  const { width, ...rest } = options;
  const context = await browser.newContext({ ...rest, viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/docs`, { waitUntil: "networkidle" });
  return page;
}
