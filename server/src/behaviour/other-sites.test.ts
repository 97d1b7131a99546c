import { procedure, router, security } from "@tenon/core";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { createApp } from "../app.ts";
import { serve } from "../node.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const session = security.apiKey({ in: "cookie", key: "sid" });
const things = {
  list: procedure
    .use({ session })
    .output(z.string())
    .query(() => "list"),
  archive: procedure
    .use({ session })
    .output(z.string())
    .mutation(() => "archived"),
  token: procedure
    .use({ token: security.bearer() })
    .output(z.string())
    .mutation(() => "by token"),
  either: procedure
    .use({ token: security.optional(security.bearer()), session: security.optional(session) })
    .output(z.string())
    .mutation(() => "either"),
  chat: procedure
    .route("GET /chat")
    .use({ session })
    .receive(z.string())
    .send(z.string())
    .socket(() => {}),
};
const make = () => createApp({ things: router(things) }, { origins: ["https://friend.example"] });

behindEveryAdapter("a request from another site", (adapter) => {
  const cookie = { cookie: "sid=1", authorization: "Bearer t" };
  it.each<[string, string, Record<string, string>, number]>([
    ["/things/archive", "from a program", {}, 200],
    ["/things/archive", "from the same origin", { "sec-fetch-site": "same-origin" }, 200],
    ["/things/archive", "of the user's own", { "sec-fetch-site": "none" }, 200],
    ["/things/archive", "from another site", { "sec-fetch-site": "cross-site" }, 403],
    ["/things/archive", "from a sibling", { "sec-fetch-site": "same-site" }, 403],
    ["/things/archive", "from another origin, old browser", { origin: "https://evil.example" }, 403],
    ["/things/archive", "from no origin", { origin: "null" }, 403],
    ["/rpc/things.archive", "at the canonical address", { "sec-fetch-site": "cross-site" }, 403],
    ["/rpc/things.list", "at the canonical address of a query", { "sec-fetch-site": "cross-site" }, 403],
    [
      "/things/archive",
      "from a named origin",
      { "sec-fetch-site": "cross-site", origin: "https://friend.example" },
      200,
    ],
    ["/things/token", "that no cookie admits", { "sec-fetch-site": "cross-site" }, 200],
    ["/things/either", "that a cookie could admit", { "sec-fetch-site": "cross-site" }, 403],
  ])("%s %s", async (path, _name, headers, status) => {
    const [answer] = await answers(adapter, make(), [
      path,
      { method: "POST", headers: { ...cookie, ...headers } },
    ]);
    expect(answer?.status).toBe(status);
    if (status === 403) {
      expect(answer?.json).toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it("may read", async () => {
    const [answer] = await answers(adapter, make(), [
      "/things",
      { headers: { ...cookie, "sec-fetch-site": "cross-site" } },
    ]);
    expect(answer?.json).toBe("list");
  });
});

it("opens no socket by the cookie of a page of another site", async () => {
  const server = await serve(make(), { port: 0, signals: false });
  const open = (origin: string) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${server.url.replace("http", "ws")}/things/chat`, {
        headers: { cookie: "sid=1" },
        origin,
      });
      socket.once("open", () => resolve("open"));
      socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.once("error", () => {});
    });
  expect(await open("https://evil.example")).toBe(403);
  expect(await open(server.url)).toBe("open");
  await server.stop();
});
