import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { dependency } from "../dependency/dependency-builder.ts";
import { security } from "../security/security.ts";
import { job } from "./job-builder.ts";
import { type Job, readJob } from "./job.ts";

describe("a job", () => {
  it("is frozen data, and each step of its builder a new one", () => {
    const base = job("a").input({ id: z.int() });
    const quick = base.timeout(5).concurrency(2).priority(-1);
    const one = readJob(base.handle(() => {}));
    const other = readJob(quick.schedule("0 3 * * *", { input: { id: 1 } }).handle(() => {}));
    expect(Object.isFrozen(one)).toBe(true);
    expect(one).toMatchObject({
      name: "a",
      timeout: 300_000,
      concurrency: 1,
      priority: 0,
      schedule: undefined,
    });
    expect(other).toMatchObject({
      timeout: 5,
      concurrency: 2,
      priority: -1,
      schedule: { cron: "0 3 * * *", timeZone: "UTC", input: { id: 1 } },
    });
    expect(one.retry).toMatchObject({ limit: 3, delay: 1000, backoff: "exponential", maxDelay: 3_600_000 });
  });

  it("takes the server's side of its schema, and gives what it validates to", () => {
    const codec = z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
    const made = job("a")
      .input({ at: codec, unit: z.string().default("day"), note: z.string().optional() })
      .use({ n: dependency.resolve(() => 1) })
      .handle(({ input, n, ctx, signal }) => {
        expectTypeOf(input).toEqualTypeOf<{ at: Date; unit: string; note?: string | undefined }>();
        expectTypeOf(n).toEqualTypeOf<number>();
        expectTypeOf(ctx.attempt).toEqualTypeOf<number>();
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      });
    expectTypeOf(made["~sent"]).toExtend<{
      at: Date;
      unit?: string | undefined;
      note?: string | undefined;
    }>();
    expectTypeOf(job("b").handle(({ input }) => input)).toExtend<Job<{}, {}>>();
    const union = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), at: z.date() }),
      z.object({ kind: z.literal("b") }),
    ]);
    const either = job("c")
      .input(union)
      .handle(({ input }) => input.kind);
    expectTypeOf(either["~sent"]).toEqualTypeOf<z.output<typeof union>>();
  });

  it.each(["", "7up", "a b", "a:b", "é", "x".repeat(101)])("is not called '%s'", (name) => {
    expect(() => job(name)).toThrow("TENON1038");
  });

  it.each([
    ["retry.limit", () => job("a").retry({ limit: -1 })],
    ["retry.delay", () => job("a").retry({ delay: 0.5 })],
    ["retry.maxDelay", () => job("a").retry({ maxDelay: Number.NaN })],
    ["timeout", () => job("a").timeout(0)],
    ["concurrency", () => job("a").concurrency(0)],
    ["priority", () => job("a").priority(1001)],
  ])("has no %s that makes no sense", (what, make) => {
    expect(make).toThrow(`TENON1038: the job 'a': ${what} is a whole number from`);
  });

  it("has one input", () => {
    expect(() => job("a").input({ a: z.int() }).input({ b: z.int() })).toThrow("TENON1003");
    expect(() => job("a").input({ a: 7 })).toThrow("TENON1002");
  });

  it.each([
    ["a transform", { a: z.string().transform((text) => text.length) }],
    ["a preprocess", { a: z.preprocess((value) => value, z.string()) }],
    ["a file", { a: z.object({ b: z.file() }) }],
    [
      "a union that loses keys",
      { a: z.union([z.array(z.object({ b: z.int() })), z.array(z.looseObject({ b: z.int() }))]) },
    ],
  ])("stores nothing that would come back as something else: %s", (_what, slot) => {
    expect(() => job("a").input(slot)).toThrow("TENON1040");
  });

  it("uses nothing that reads from a request, at whatever depth", () => {
    const token = security.bearer();
    const user = dependency.use({ token }).resolve(() => "ann");
    const page = dependency.input({ page: z.int() }).resolve(() => 1);
    const paged = dependency.guard(page).resolve(() => 1);
    expect(() => job("a").use({ user })).toThrow(
      /TENON1039: the job 'a' uses .* reads a credential from a request/,
    );
    // @ts-expect-error -- it reads `page`
    expect(() => job("a").use({ page })).toThrow(/TENON1039: .* reads 'page' from a request/);
    // @ts-expect-error -- what it uses does
    expect(() => job("a").use({ paged })).toThrow("TENON1039");
    // @ts-expect-error -- the name is reserved
    expect(() => job("a").use({ ctx: dependency.resolve(() => 1) })).toThrow("TENON1001");
  });
});
