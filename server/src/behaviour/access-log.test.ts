import { procedure, router, text } from "@tenon/core";
import { pino } from "pino";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { accessLog, type AccessLogEntry, type AccessLogOptions } from "../middleware/access-log.ts";
import { compress } from "../middleware/compress.ts";
import { requestId } from "../middleware/request-id.ts";
import { behindEveryAdapter } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

type Line = readonly [level: string, entry: AccessLogEntry & Record<string, unknown>];

/** A log that can be waited for: a reply is there before its line is. */
class Lines {
  readonly lines: Line[] = [];
  #wake: () => void = () => {};

  readonly logger: AccessLogOptions["logger"] = {
    info: (entry) => this.#add("info", entry),
    error: (entry) => this.#add("error", entry),
  };

  async take(count: number): Promise<readonly Line[]> {
    while (this.lines.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.lines.splice(0);
  }

  #add(level: string, entry: object): void {
    this.lines.push([level, entry as Line[1]]);
    this.#wake();
  }
}

function makeApp(lines: Lines, options: Partial<AccessLogOptions> = {}): App<unknown> {
  const things = {
    list: procedure.output(z.string()).query(() => "grün"),
    note: procedure.output(text()).query(() => "tea ".repeat(1000)),
    broken: procedure.output(z.string()).query(() => {
      throw new Error("secret");
    }),
    lines: procedure.output(z.int()).stream(async function* ({ signal }) {
      yield 1;
      yield 22;
      await new Promise<void>((resolve) => {
        if (signal.aborted) {
          resolve();
        }
        signal.addEventListener("abort", () => resolve());
      });
    }),
    few: procedure.output(z.int()).stream(async function* () {
      yield 1;
      yield 22;
    }),
  };
  const items = {
    read: procedure
      .input({ id: z.string() })
      .output(z.string())
      .query(({ input }) => input.id),
    remove: procedure
      .input({ id: z.string() })
      .output(z.void())
      .mutation(() => {}),
  };
  return createApp(
    { things: router(things), items: router(items) },
    {
      middleware: [accessLog({ logger: lines.logger, ...options }), requestId(), compress()],
      onError: () => {},
    },
  );
}

behindEveryAdapter("accessLog", (adapter) => {
  it("writes a line for each request: what answered, how, in what time, with how many bytes", async () => {
    const lines = new Lines();
    await withApp(adapter.open(makeApp(lines)), async (opened) => {
      const asked: [path: string, method: string, expected: object][] = [
        ["/things?token=secret", "GET", { path: "/things", operation: "things.list", status: 200, bytes: 7 }],
        ["/items/secret", "GET", { path: "/items/{id}", operation: "items.read", status: 200, bytes: 8 }],
        ["/items/x", "HEAD", { path: "/items/{id}", operation: "items.read", status: 200, bytes: 0 }],
        ["/items/x", "DELETE", { path: "/items/{id}", operation: "items.remove", status: 204, bytes: 0 }],
        ["/nowhere?token=secret", "GET", { path: "/nowhere", operation: undefined, status: 404 }],
        ["/things/broken", "GET", { path: "/things/broken", operation: "things.broken", status: 500 }],
      ];
      for (const [path, method, expected] of asked) {
        const reply = await exact(opened, path, { method });
        const [[level, entry] = []] = await lines.take(1);
        expect(entry).toEqual({
          bytes: reply.body.length,
          method,
          ms: expect.any(Number),
          requestId: reply.headers.get("x-request-id"),
          isAborted: false,
          ...expected,
        });
        expect(level).toBe(reply.status === 500 ? "error" : "info");
        expect(JSON.stringify(entry)).not.toContain("secret");
      }
    });
  });

  it("counts what was sent: streams to their end, compressed bytes", async () => {
    const lines = new Lines();
    await withApp(adapter.open(makeApp(lines)), async (opened) => {
      const accept = { accept: "application/jsonl" };
      const few = await exact(opened, "/things/few", { headers: accept });
      expect(few.text).toBe("1\n22\n");
      expect((await lines.take(1))[0]?.[1].bytes).toBe(5);
      const note = await exact(opened, "/things/note", { headers: { "accept-encoding": "gzip" } });
      expect(note.body.length).toBeLessThan(1000);
      expect((await lines.take(1))[0]?.[1].bytes).toBe(note.body.length);
    });
  });

  it("tells of callers that went away, when they have gone", async () => {
    const lines = new Lines();
    await withApp(adapter.open(makeApp(lines)), async (opened) => {
      const controller = new AbortController();
      const response = await opened.request("/things/lines", {
        headers: { accept: "application/jsonl", "accept-encoding": "identity" },
        signal: controller.signal,
      });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      await reader.read();
      expect(lines.lines).toEqual([]);
      controller.abort();
      await reader.cancel().catch(() => {});
      expect((await lines.take(1))[0]?.[1]).toMatchObject({
        operation: "things.lines",
        status: 200,
        isAborted: true,
      });
    });
  });

  it("says more, or less, where it is told to; a logger that throws is reported and takes no reply with it", async () => {
    const lines = new Lines();
    const chosen = makeApp(lines, {
      query: true,
      when: (context) => !context.url.pathname.endsWith("/few"),
      extra: (context) => ({ tenant: context.headers.get("x-tenant") }),
    });
    await withApp(adapter.open(chosen), async (opened) => {
      await exact(opened, "/things/few");
      await exact(opened, "/things?q=1", { headers: { "x-tenant": "acme" } });
      expect(await lines.take(1)).toMatchObject([
        ["info", { query: "q=1", tenant: "acme", path: "/things" }],
      ]);
    });
    const reported: unknown[] = [];
    const throws = (): never => {
      throw new Error("disk full");
    };
    const app = createApp(
      { things: router({ list: procedure.output(z.string()).query(() => "x") }) },
      {
        middleware: [accessLog({ logger: { info: throws, error: throws } })],
        onError: (error) => reported.push(error),
      },
    );
    await withApp(adapter.open(app), async (opened) => {
      expect((await exact(opened, "/things")).text).toBe('"x"');
    });
    expect(reported).toMatchObject([{ message: "disk full" }]);
  });
});

it("fits pino as it is", async () => {
  const written: string[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line: string) => void written.push(line) });
  const app = createApp(
    { things: router({ list: procedure.output(z.string()).query(() => "x") }) },
    { middleware: [accessLog({ logger })] },
  );
  await app.fetch(new Request("http://x/things"));
  expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      level: 30,
      msg: "request",
      method: "GET",
      path: "/things",
      operation: "things.list",
      status: 200,
      ms: expect.any(Number),
      bytes: 3,
      isAborted: false,
    },
  ]);
});
