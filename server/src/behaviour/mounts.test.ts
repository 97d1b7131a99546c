import { dependency, procedure, router } from "@tenon/core";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { type AppOptions, createApp } from "../index.ts";
import { cors } from "../middleware.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

function make(options: AppOptions = {}) {
  const events: string[] = [];
  const lived = (name: string) =>
    dependency.scope("app").resolve(async function* () {
      events.push(`${name} opens`);
      yield name;
      events.push(`${name} closes`);
    });
  const inner = createApp(
    {
      sub: router(
        {
          hello: procedure
            .use({ life: lived("inner") })
            .route("GET /sub")
            .output({ url: z.string(), message: z.string() })
            .query(({ ctx }) => ({
              url: ctx.url.pathname + ctx.url.search,
              message: "from the sub-application",
            })),
          slashed: procedure
            .route("GET /slashed/")
            .output(z.string())
            .query(() => "slashed"),
          echo: procedure
            .input({ text: z.string() })
            .output(z.string())
            .mutation(({ input }) => input.text),
        },
        { prefix: "" },
      ),
    },
    { info: { title: "Inner", version: "1" } },
  );
  const app = createApp(
    {
      main: router(
        {
          hello: procedure
            .use({ life: lived("outer") })
            .route("GET /app")
            .output(z.string())
            .query(() => "from the main application"),
          own: procedure
            .route("GET /subapi/own")
            .output(z.string())
            .query(() => "the main application's own"),
        },
        { prefix: "" },
      ),
    },
    {
      mounts: {
        "/subapi": inner,
        "/web": (request) =>
          new Response(`${request.method} ${new URL(request.url).pathname}`, {
            status: 201,
            headers: [
              ["set-cookie", "a=1"],
              ["set-cookie", "b=2"],
            ],
          }),
        "/web/object": { fetch: async (request) => Response.json(await request.json()) },
        "/broken": () => {
          throw new Error("broken");
        },
      },
      ...options,
    },
  );
  return { app, events };
}

behindEveryAdapter("mounted applications", (adapter) => {
  it("answer below their path, as if it were their root", async () => {
    const [main, sub, own, echo, rpc, missing, near] = await answers(
      adapter,
      make().app,
      ["/app"],
      ["/subapi/sub?q=1"],
      ["/subapi/own"],
      ["/subapi/echo", json({ text: "x" })],
      ["/subapi/rpc/sub.echo", json({ text: "y" })],
      ["/subapi/none"],
      ["/subapis/sub"],
    );
    expect(main?.json).toBe("from the main application");
    expect(sub?.json).toEqual({ url: "/subapi/sub?q=1", message: "from the sub-application" });
    expect(own?.json).toBe("the main application's own");
    expect([echo?.json, rpc?.json]).toEqual(["x", "y"]);
    expect([missing?.status, near?.status]).toEqual([404, 404]);
  });

  it("have documents and docs of their own, which name where they are", async () => {
    const [main, sub, docs, moved] = await answers(
      adapter,
      make().app,
      ["/openapi.json"],
      ["/subapi/openapi.json"],
      ["/subapi/docs"],
      ["/subapi/slashed"],
    );
    expect(Object.keys(((main as { json: unknown }).json as { paths: object }).paths)).toEqual([
      "/app",
      "/subapi/own",
    ]);
    expect(sub?.json).toMatchObject({ info: { title: "Inner" }, servers: [{ url: "/subapi" }] });
    expect(docs?.text).toContain("<title>Inner");
    expect(moved?.headers.get("location")).toBe("/subapi/slashed/");
  });

  it("may be anything that answers web-standard requests; the longest path counts", async () => {
    const [web, root, object, head, broken] = await answers(
      adapter,
      make({ onError: () => {} }).app,
      ["/web/a/b", { method: "DELETE" }],
      ["/web"],
      ["/web/object/x", json({ a: [1] })],
      ["/web/a", { method: "HEAD" }],
      ["/broken/x"],
    );
    expect([web?.status, web?.text]).toEqual([201, "DELETE /a/b"]);
    expect(web?.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(root?.text).toBe("GET /");
    expect(object?.json).toEqual({ a: [1] });
    expect([head?.status, head?.text]).toEqual([201, ""]);
    expect([broken?.status, broken?.json]).toMatchObject([500, { code: "INTERNAL" }]);
  });

  it("hear of callers that go away, and stream at their pace", async () => {
    let gone: string | undefined;
    let made = 0;
    const app = make({
      mounts: {
        "/slow": (request) => {
          request.signal.addEventListener("abort", () => (gone = "before the head"));
          return new Promise(() => {});
        },
        "/stream": () =>
          new Response(
            new ReadableStream(
              {
                pull: (controller) => {
                  made++;
                  controller.enqueue(new Uint8Array(64 * 1024));
                },
                cancel: () => void (gone = "in the body"),
              },
              { highWaterMark: 0 },
            ),
          ),
      },
    }).app;
    const opened = await adapter.open(app);
    const controller = new AbortController();
    const asked = opened.request("/slow", { signal: controller.signal }).catch(() => {});
    setTimeout(() => controller.abort(), 50);
    await vi.waitFor(() => expect(gone).toBe("before the head"));
    const stream = await opened.request("/stream");
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    expect(made).toBeLessThan(200);
    await reader.cancel();
    await vi.waitFor(() => expect(gone).toBe("in the body"));
    void asked;
    await opened.close();
  });

  it("live as long as the application around them", async () => {
    const { app, events } = make();
    await answers(adapter, app, ["/subapi/sub"]);
    expect(events).toEqual(["outer opens", "inner opens", "inner closes", "outer closes"]);
  });

  it("have the middleware of the application around them", async () => {
    const { app } = make({ middleware: [cors({ origins: ["https://a.test"] })] });
    const headers = { origin: "https://a.test" };
    const [sub, web] = await answers(adapter, app, ["/subapi/sub", { headers }], ["/web", { headers }]);
    expect(sub?.headers.get("access-control-allow-origin")).toBe("https://a.test");
    expect(web?.headers.get("access-control-allow-origin")).toBe("https://a.test");
  });
});

it("are stopped again where one of them does not start", async () => {
  const events: string[] = [];
  const part = (name: string, fails: boolean) =>
    createApp({
      items: {
        list: procedure
          .use({
            life: dependency.scope("app").resolve(async function* () {
              if (fails) {
                throw new Error(`${name} does not start`);
              }
              events.push(`${name} opens`);
              yield 1;
              events.push(`${name} closes`);
            }),
          })
          .output(z.int())
          .query(({ life }) => life),
      },
    });
  const app = createApp({}, { mounts: { "/one": part("one", false), "/two": part("two", true) } });
  await expect(app.start()).rejects.toThrow("two does not start");
  expect(events).toEqual(["one opens", "one closes"]);
});

it.each(["admin", "/admin/", "/{id}", "/a//b"])("are not mounted at '%s'", (prefix) => {
  expect(() => createApp({}, { mounts: { [prefix]: () => new Response() } })).toThrow("TENON1022");
});
