import { type Logger, procedure, router } from "@tenon/core";
import pino from "pino";
import { afterEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { consoleLogger } from "../log/console-logger.ts";
import { requestId } from "../middleware/request-id.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const things = {
  list: procedure.output(z.string()).query(({ ctx }) => {
    ctx.log.info({ count: 1 }, "listed");
    ctx.log.warn("careful");
    return ctx.requestId ?? "";
  }),
  broken: procedure.output(z.string()).query(({ ctx }) => {
    ctx.after(() => {
      throw new Error("afterwards");
    });
    throw new Error("bang");
  }),
};
const make = (options: AppOptions = {}) =>
  createApp({ things: router(things) }, { middleware: [requestId()], ...options });

/** A pino that keeps its lines. */
function kept(): { logger: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line) => lines.push(JSON.parse(line)) });
  expectTypeOf(logger).toExtend<Logger>();
  return { logger, lines };
}

afterEach(() => void vi.restoreAllMocks());

behindEveryAdapter("ctx.log", (adapter) => {
  it("writes to the application's logger, with the request's id and the operation in every line", async () => {
    const { logger, lines } = kept();
    const [answer] = await answers(adapter, make({ logger }), ["/things"]);
    const request = { requestId: answer?.json, operation: "things.list" };
    expect(lines).toEqual([
      { level: 30, ...request, count: 1, msg: "listed" },
      { level: 40, ...request, msg: "careful" },
    ]);
    expect(answer?.json).toBe(answer?.headers.get("x-request-id"));
  });

  it("is where unhandled errors go that no onError hears of", async () => {
    const { logger, lines } = kept();
    const [answer] = await answers(adapter, make({ logger }), ["/things/broken"]);
    const request = { requestId: answer?.headers.get("x-request-id"), operation: "things.broken" };
    expect(lines).toMatchObject([
      { level: 50, ...request, err: { message: "bang" }, msg: "unhandled error" },
      { level: 50, ...request, err: { message: "afterwards" }, msg: "unhandled error" },
    ]);
  });

  it("leaves them to onError, which hears of the request, too", async () => {
    const { logger, lines } = kept();
    const heard: unknown[] = [];
    const app = make({
      logger,
      onError: (error, operation, request) =>
        void heard.push([(error as Error).message, operation, request?.requestId]),
    });
    const [answer] = await answers(adapter, app, ["/things/broken"]);
    const id = answer?.headers.get("x-request-id");
    expect([lines, heard]).toEqual([
      [],
      [
        ["bang", "things.broken", id],
        ["afterwards", "things.broken", id],
      ],
    ]);
  });
});

describe("the logger of an application that names none", () => {
  it("writes JSON lines to the console, whatever they hold", async () => {
    const lines: unknown[] = [];
    vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
    vi.spyOn(console, "warn").mockImplementation((line: string) => void lines.push(JSON.parse(line)));
    await make({ middleware: [] }).fetch(new Request("http://x/things"));
    const every = { operation: "things.list", time: expect.stringMatching(/^\d{4}-.*Z$/) };
    expect(lines).toEqual([
      { level: "info", ...every, count: 1, msg: "listed" },
      { level: "warn", ...every, msg: "careful" },
    ]);
    const circle: { self?: unknown; n: number } = { n: 1 };
    circle.self = circle;
    const log = consoleLogger({ app: "shop" });
    log.child({ job: 1n }).info({ err: new TypeError("no\nline", { cause: new Error("why") }) }, "failed");
    log.info(circle);
    expect(lines.slice(2)).toMatchObject([
      { app: "shop", job: "1", err: { type: "TypeError", message: "no\nline", cause: { message: "why" } } },
      { app: "shop", n: 1, unwritable: expect.stringContaining("circular") },
    ]);
  });
});
