import { ApiError, dependency, type Middleware, procedure, router } from "@tenon/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

type ReplyHead = Awaited<ReturnType<Parameters<Middleware["handle"]>[1]>>;

const INJECTION = "a\r\nset-cookie: sid=evil";

const things = {
  header: procedure
    .route("GET /header")
    .output({ 200: z.string(), 201: z.string() })
    .query(({ reply }) => reply(201, "x", { headers: { "x-note": INJECTION } })),
  error: procedure
    .route("GET /error")
    .errors({ NOPE: { status: 409 } })
    .output(z.string())
    .query(({ errors }) => errors.NOPE({ headers: { "x-note": INJECTION } })),
  length: procedure
    .route("GET /length")
    .output(z.string())
    .query(({ ctx }) => {
      ctx.response.headers.set("Content-Length", "1");
      return "long";
    }),
  nothing: procedure
    .route("GET /nothing")
    .output(z.unknown())
    .query(() => undefined),
  frozen: procedure
    .route("GET /frozen")
    .output(z.string())
    .query(() => {
      throw Object.freeze(new Error("frozen"));
    }),
  inherited: procedure
    .route("GET /inherited")
    .output(z.string())
    .query(() => {
      throw new ApiError("constructor", 418, undefined);
    }),
  typed: procedure
    .route("GET /typed")
    .errors({ NOPE: { status: 409 } })
    .output(z.string())
    .query(({ ctx, errors }) => {
      ctx.response.headers.set("content-type", "text/csv");
      ctx.response.headers.set("x-kept", "1");
      return errors.NOPE();
    }),
  good: procedure
    .route("GET /good")
    .output(z.string())
    .query(() => "good"),
};

function make(options: AppOptions = {}) {
  const reported: unknown[] = [];
  const app = createApp(
    { things: router(things) },
    { onError: (error) => void reported.push(error), ...options },
  );
  return { app, reported };
}

const broken = (handle: Middleware["handle"]): AppOptions => ({ middleware: [{ name: "broken", handle }] });

const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
beforeEach(() => {
  uncaught.length = 0;
  process.on("unhandledRejection", note).on("uncaughtException", note);
});
afterEach(() => {
  process.off("unhandledRejection", note).off("uncaughtException", note);
  expect(uncaught).toEqual([]);
});

behindEveryAdapter("a reply that cannot be written", (adapter) => {
  it.each(["header", "error", "length"])("is an opaque 500 for a wrong header: %s", async (path) => {
    const { app, reported } = make();
    const [answer, after] = await answers(adapter, app, [`/things/${path}`], ["/things/good"]);
    expect(answer?.json).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(answer?.headers.get("set-cookie")).toBeNull();
    expect(reported).toHaveLength(1);
    expect(after?.json).toBe("good");
  });

  it.each<[string, Middleware["handle"]]>([
    ["a header with a line end", async (_context, next) => addHeader(await next(), INJECTION)],
    ["a header with a line end, at once", (_context, next) => addHeader(next() as ReplyHead, INJECTION)],
    ["a status that is none", async (_context, next) => Object.assign(await next(), { status: 99 })],
    ["nothing", () => undefined as never],
    ["nothing, later", async () => undefined as never],
  ])("is an opaque 500 where middleware gives %s", async (_name, handle) => {
    const { app, reported } = make(broken(handle));
    const [answer] = await answers(adapter, app, ["/things/good"]);
    expect(answer?.json).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(reported).toHaveLength(1);
  });

  it("is an opaque 500 where the app's envelope throws", async () => {
    const envelope = {
      schema: z.unknown(),
      map: () => {
        throw new Error("no envelope");
      },
    };
    const { app, reported } = make({ envelope });
    const [answer] = await answers(adapter, app, ["/nowhere"]);
    expect(answer?.status).toBe(500);
    expect(reported).toHaveLength(1);
  });

  it("is an opaque 500 where the app cannot start", async () => {
    const reported: unknown[] = [];
    const pool = dependency.scope("app").resolve((): number => {
      throw new Error("no connection");
    });
    const list = procedure
      .use({ pool })
      .output(z.int())
      .query(({ pool }) => pool);
    const app = createApp({ things: { list } }, { onError: (error) => void reported.push(error) });
    // The Node adapter refuses to listen; here requests come first.
    const response = await app.fetch(new Request("http://x/things"));
    expect(await response.json()).toMatchObject({ code: "INTERNAL" });
    expect(reported).toHaveLength(1);
  });

  it("does not break over what was thrown", async () => {
    const { app, reported } = make();
    const [frozen, inherited] = await answers(adapter, app, ["/things/frozen"], ["/things/inherited"]);
    expect([frozen?.status, inherited?.status]).toEqual([500, 500]);
    expect(reported).toHaveLength(2);
  });

  it("sends nothing for JSON that says nothing", async () => {
    const [answer] = await answers(adapter, make().app, ["/things/nothing"]);
    expect([answer?.status, answer?.text]).toEqual([200, ""]);
    expect(answer?.headers.get("content-type")).toBeNull();
  });

  it("keeps a problem a problem, whatever the handler said about its own body", async () => {
    const [answer] = await answers(adapter, make().app, ["/things/typed"]);
    expect(answer?.headers.get("content-type")).toBe("application/problem+json");
    expect(answer?.headers.get("x-kept")).toBe("1");
  });

  it("has no body where middleware makes it one that has none", async () => {
    const app = make(broken(async (_context, next) => Object.assign(await next(), { status: 204 }))).app;
    const [answer] = await answers(adapter, app, ["/things/good"]);
    expect([answer?.status, answer?.text, answer?.headers.get("content-length")]).toEqual([204, "", null]);
  });

  it("is an opaque 500 where middleware asks for it twice, and the handler runs once", async () => {
    let calls = 0;
    const list = procedure.output(z.int()).query(() => ++calls);
    const app = createApp(
      { things: { list } },
      {
        onError: () => {},
        ...broken(async (_context, next) => {
          await next();
          return await next();
        }),
      },
    );
    const [answer] = await answers(adapter, app, ["/things"]);
    expect(answer?.json).toMatchObject({ status: 500 });
    expect(calls).toBe(1);
  });

  it("closes a stream that middleware gave up", async () => {
    const events: string[] = [];
    const session = dependency.resolve(async function* () {
      try {
        yield 1;
      } finally {
        events.push("closed");
      }
    });
    const list = procedure
      .use({ session })
      .route("GET /")
      .output(z.int())
      .stream(async function* () {
        yield 1;
      });
    const app = createApp(
      { things: { list } },
      {
        onError: () => {},
        ...broken(async (_context, next) => {
          await next();
          throw new Error("after");
        }),
      },
    );
    const [answer] = await answers(adapter, app, ["/things"]);
    expect(answer?.status).toBe(500);
    await expect.poll(() => events).toEqual(["closed"]);
  });
});

function addHeader<Head extends { headers: string[] }>(reply: Head, value: string): Head {
  reply.headers.push("x-note", value);
  return reply;
}
