import {
  dependency,
  type InputsOf,
  type Middleware,
  type OutputsOf,
  procedure,
  router,
  security,
} from "@tenon/core";
import { expect, expectTypeOf, it, vi } from "vitest";
import { z } from "zod";
import { type AppOptions, createApp, plugin } from "../index.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

/** Metering by API key, as one unit: who calls, how often, and where to read that. */
function metering(events: string[] = []) {
  const key = security.apiKey({ in: "header", key: "x-api-key" });
  const counts = dependency.scope("app").resolve(async function* () {
    events.push("counts open");
    yield new Map<string, number>();
    events.push("counts close");
  });
  /** Who calls; each call of a procedure that uses it is counted. */
  const caller = dependency.use({ key, counts }).resolve(({ key, counts }) => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return key;
  });
  const stamped: Middleware = {
    name: "metering",
    responseHeaders: { "x-metered": "This API counts its calls." },
    handle: async (_context, next) => {
      events.push("metering in");
      const reply = await next();
      reply.headers.push("x-metered", "1");
      return reply;
    },
  };
  const usage = {
    read: procedure
      .use({ key, counts })
      .output({ calls: z.int() })
      .query(({ key, counts }) => ({ calls: counts.get(key) ?? 0 })),
  };
  return plugin("metering", {
    routes: { usage: router(usage, { tags: ["metering"] }) },
    dependencies: { caller },
    middleware: [stamped],
    mounts: { "/metering": () => new Response("mounted") },
    tags: [{ name: "metering", description: "What calls cost" }],
    transform: (document) => ({ ...document, "x-metering": true }),
  });
}

function make(options: AppOptions = {}, events: string[] = []) {
  const metered = metering(events);
  const items = {
    list: procedure
      .use({ caller: metered.dependencies.caller })
      .output(z.string())
      .query(({ caller }) => caller),
  };
  return createApp({ items }, { ...options, plugins: [metered] });
}

const key = { headers: { "x-api-key": "ann" } };

behindEveryAdapter("plugins", (adapter) => {
  it("bring procedures, dependencies, middleware, mounts and words of the document", async () => {
    const events: string[] = [];
    const own: Middleware = {
      name: "own",
      handle: (_context, next) => {
        events.push("own in");
        return next();
      },
    };
    const app = make({ middleware: [own], tags: [{ name: "items" }] }, events);
    const [none, items, usage, mount, document] = await answers(
      adapter,
      app,
      ["/items"],
      ["/items", key],
      ["/usage", key],
      ["/metering"],
      ["/openapi.json"],
    );
    expect([none?.status, items?.json, usage?.json]).toEqual([401, "ann", { calls: 1 }]);
    expect([mount?.text, items?.headers.get("x-metered")]).toEqual(["mounted", "1"]);
    expect(document?.json).toMatchObject({
      "x-metering": true,
      tags: [{ name: "items" }, { name: "metering", description: "What calls cost" }],
      paths: {
        "/usage": {
          get: { security: [{ apiKey: [] }], responses: { 200: { headers: { "x-metered": {} } } } },
        },
      },
    });
    expect(events.slice(0, 3)).toEqual(["counts open", "metering in", "own in"]);
    expect(events.at(-1)).toBe("counts close");
  });

  it("stay where the application is changed", async () => {
    const app = make();
    const changed = app.with({ middleware: [], transform: (document) => ({ ...document, "x-own": true }) });
    const [items, document] = await answers(adapter, changed, ["/items", key], ["/openapi.json"]);
    expect(items?.headers.get("x-metered")).toBe("1");
    expect(document?.json).toMatchObject({ "x-metering": true, "x-own": true });
  });
});

it("are in the type of the application", () => {
  const app = make();
  expectTypeOf<OutputsOf<typeof app>["usage"]["read"]>().toEqualTypeOf<{ calls: number }>();
  expectTypeOf<OutputsOf<typeof app>["items"]["list"]>().toEqualTypeOf<string>();
  expectTypeOf<keyof InputsOf<typeof app>>().toEqualTypeOf<"items" | "usage">();
  const plain = createApp({});
  expectTypeOf(plain["~routes"]).toEqualTypeOf<{}>();
  // @ts-expect-error -- it brings no such dependency
  expect(metering().dependencies.nobody).toBeUndefined();
});

it("come in the order in which they are listed, but for those that others need", () => {
  const order: string[] = [];
  const named = (name: string, ...needs: string[]) =>
    plugin(name, {
      needs,
      transform: (document) => {
        order.push(name);
        return document;
      },
    });
  const [a, b, c, d] = [named("a", "c"), named("b"), named("c", "d"), named("d")];
  const app = createApp({}, { plugins: [a, b, c, d, b] });
  return app.fetch(new Request("http://localhost/openapi.json")).then((response) => {
    expect(response.status).toBe(200);
    expect(order).toEqual(["d", "c", "a", "b"]);
  });
});

it("start and stop what runs beside", async () => {
  const events: string[] = [];
  const beside = plugin("beside", {
    background: [
      {
        start: async () => {
          events.push("start");
          return {
            pause: () => {},
            stop: async () => void events.push("stop"),
            settled: async () => {},
          };
        },
      },
    ],
  });
  const app = createApp({}, { plugins: [beside] });
  await app.start();
  await app.stop();
  expect(events).toEqual(["start", "stop"]);
});

it("are refused where two want the same place, one is missing, or they need each other", () => {
  const routes = { usage: { list: procedure.output(z.string()).query(() => "") } };
  expect(() => createApp(routes, { plugins: [metering()] })).toThrow(
    /TENON1047.*'usage'.*'metering' and from the application/,
  );
  expect(() => createApp({}, { plugins: [metering(), metering()] })).toThrow(/TENON1047.*two plugins/);
  const rival = plugin("rival", { mounts: { "/metering": vi.fn<() => Response>() } });
  expect(() => createApp({}, { plugins: [metering(), rival] })).toThrow(/TENON1047.*'\/metering'/);
  expect(() => createApp({}, { plugins: [plugin("a", { needs: ["b"] })] })).toThrow(/TENON1048.*'b'/);
  expect(() =>
    createApp({}, { plugins: [plugin("a", { needs: ["b"] }), plugin("b", { needs: ["a"] })] }),
  ).toThrow(/TENON1049.*a → b → a/);
});
