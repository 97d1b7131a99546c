import { ApiError, type Middleware, procedure, router, security } from "@tenon/core";
import { describe as describeDocument } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const named = (name: string, events: string[]): Middleware => ({
  name,
  async handle(context, next) {
    events.push(`${name} in`);
    const reply = await next();
    events.push(`${name} out ${reply.status}`);
    reply.headers.push(`x-${name}`, "1");
    context.response.headers.set(`x-${name}-late`, "2");
    return reply;
  },
});

const limit: Middleware = {
  name: "limit",
  errors: { SLOW_DOWN: { status: 429, data: z.object({ wait: z.int() }) } },
  applies: ({ method }) => method === "POST",
  handle: (context, next) =>
    context.headers.has("x-often") ? new ApiError("SLOW_DOWN", 429, { wait: 3 }) : next(),
};

behindEveryAdapter("middleware", (adapter) => {
  it("goes around each other in order, the procedure's own innermost, and sees every reply", async () => {
    const events: string[] = [];
    const things = {
      list: procedure
        .wrap(named("own", events))
        .output(z.void())
        .query(() => {
          events.push("handler");
        }),
    };
    const app = createApp(
      { things: router(things) },
      { middleware: [named("outer", events), named("inner", events)] },
    );
    const [found, lost] = await answers(adapter, app, ["/things"], ["/nope"]);
    expect(events).toEqual([
      "outer in",
      "inner in",
      "own in",
      "handler",
      "own out 204",
      "inner out 204",
      "outer out 204",
      "outer in",
      "inner in",
      "inner out 404",
      "outer out 404",
    ]);
    expect(found?.headers.get("x-own")).toBe("1");
    expect([found?.headers.get("x-own-late"), found?.headers.get("x-outer-late")]).toEqual(["2", "2"]);
    expect([lost?.headers.get("x-inner"), lost?.headers.get("x-own")]).toEqual(["1", null]);
  });

  it("answers with its declared errors, only where it applies, and nothing undeclared", async () => {
    const things = {
      list: procedure.output(z.void()).query(() => {}),
      create: procedure.output(z.void()).mutation(() => {}),
    };
    const broken: Middleware = {
      name: "broken",
      handle: (context, next) => {
        if (context.headers.has("x-break")) {
          throw new ApiError("SECRET", 418, undefined);
        }
        return next();
      },
    };
    const app = createApp({ things: router(things) }, { middleware: [limit, broken], onError: () => {} });
    const often = { "x-often": "1" };
    const [refused, free, undeclared] = await answers(
      adapter,
      app,
      ["/things", { method: "POST", headers: often }],
      ["/things", { headers: often }],
      ["/things", { headers: { "x-break": "1" } }],
    );
    expect(refused?.json).toMatchObject({ status: 429, code: "SLOW_DOWN", data: { wait: 3 } });
    expect(free?.status).toBe(204);
    expect(undeclared?.json).toMatchObject({ status: 500, code: "INTERNAL" });
  });

  it("keeps replies to credentials out of caches, unless the handler says otherwise", async () => {
    const token = security.optional(security.bearer());
    const things = {
      mine: procedure
        .use({ token })
        .output(z.string())
        .query(() => "x"),
      shared: procedure
        .use({ token })
        .output(z.string())
        .query(({ ctx }) => {
          ctx.response.headers.set("Cache-Control", "public, max-age=60");
          return "x";
        }),
    };
    const [mine, shared] = await answers(
      adapter,
      createApp({ things: router(things) }),
      ["/things/mine"],
      ["/things/shared"],
    );
    expect(mine?.headers.get("cache-control")).toBe("private, no-store");
    expect(shared?.headers.get("cache-control")).toBe("public, max-age=60");
  });
});

it("is in the document where it applies", () => {
  const things = {
    list: procedure.output(z.void()).query(() => {}),
    create: procedure
      .wrap({ ...limit, name: "own", errors: { TEAPOT: { status: 418 } } })
      .output(z.void())
      .mutation(() => {}),
  };
  const app = createApp({ things: router(things) }, { middleware: [limit] });
  const document = describeDocument(app.operations, {
    info: { title: "x", version: "1" },
    middleware: [limit],
  });
  expect(Object.keys(document.paths?.["/things"]?.post?.responses ?? {})).toEqual(
    expect.arrayContaining(["418", "429"]),
  );
  expect(Object.keys(document.paths?.["/things"]?.get?.responses ?? {})).not.toContain("429");
});
