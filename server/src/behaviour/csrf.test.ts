import { procedure, router } from "@tenon/core";
import { describe as describeDocument } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { csrf } from "../middleware/csrf.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

function makeApp(): App<unknown> {
  const things = {
    list: procedure.output(z.string()).query(() => "list"),
    create: procedure.output(z.string()).mutation(() => "made"),
  };
  return createApp(
    { things: router(things) },
    { middleware: [csrf({ origins: ["https://admin.example"] })] },
  );
}

behindEveryAdapter("csrf", (adapter) => {
  const status = (method: string, headers: Record<string, string>, path = "/things") =>
    withApp(
      adapter.open(makeApp()),
      async (opened) =>
        (await exact(opened, path, { method, headers: { host: "shop.example", ...headers } })).status,
    );

  it("refuses what pages of other sites send, at both addresses", async () => {
    const rpc = { "content-type": "application/json" };
    expect(await status("POST", { "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await status("POST", { "sec-fetch-site": "same-site" })).toBe(403);
    expect(await status("POST", { origin: "https://evil.example" })).toBe(403);
    expect(await status("POST", { origin: "null" })).toBe(403);
    expect(await status("POST", { ...rpc, "sec-fetch-site": "cross-site" }, "/rpc/things.create")).toBe(403);
  });

  it("lets in its own pages, those of friends, programs, and what changes nothing", async () => {
    expect(await status("POST", { "sec-fetch-site": "same-origin", origin: "https://shop.example" })).toBe(
      201,
    );
    expect(await status("POST", { origin: "https://shop.example" })).toBe(201);
    expect(await status("POST", { "sec-fetch-site": "cross-site", origin: "https://admin.example" })).toBe(
      201,
    );
    expect(await status("POST", {})).toBe(201);
    expect(await status("GET", { "sec-fetch-site": "cross-site" })).toBe(200);
    expect(await status("OPTIONS", { "sec-fetch-site": "cross-site" })).toBe(204);
  });
});

it("refuses an origin that no browser sends, and is in the document", () => {
  expect(() => csrf({ origins: ["admin.example"] })).toThrow("'admin.example' is no origin");
  const app = makeApp();
  const document = describeDocument(app.operations, {
    info: { title: "x", version: "1" },
    middleware: app.options.middleware ?? [],
  });
  expect(Object.keys(document.paths?.["/things"]?.post?.responses ?? {})).toContain("403");
});
