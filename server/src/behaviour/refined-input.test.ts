import { procedure, query, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const Range = z
  .object({ from: z.int(), to: z.int(), note: z.string().trim().optional() })
  .refine(({ from, to }) => from < to, { message: "to comes after from", path: ["to"] });
const taken = z.object({ id: z.int(), name: z.string() }).refine(async ({ name }) => {
  await Promise.resolve();
  return name !== "taken";
}, "the name is taken");

const ranges = {
  create: procedure
    .input(Range)
    .output(z.unknown())
    .mutation(({ input }) => input),
  list: procedure
    .input(Range)
    .output(z.unknown())
    .query(({ input }) => input),
  update: procedure
    .input(taken)
    .input({ dry: query(z.boolean().default(false)) })
    .output(z.unknown())
    .mutation(({ input }) => input),
};

behindEveryAdapter("rules about several keys", (adapter) => {
  it("hold wherever the keys come from, at both addresses", async () => {
    const app = createApp({ ranges: router(ranges) });
    const [body, fine, parameters, rpc, later, found] = await answers(
      adapter,
      app,
      ["/ranges", json({ from: 2, to: 1 })],
      ["/ranges", json({ from: 1, to: 2, note: " x " })],
      ["/ranges?from=2&to=1"],
      ["/rpc/ranges.list", json({ from: 2, to: 1 })],
      ["/ranges/7", json({ name: "taken" }, "PATCH")],
      ["/ranges/7?dry=yes", json({ name: "free" }, "PATCH")],
    );
    const issue = { code: "custom", message: "to comes after from", path: ["to"] };
    expect(body?.json).toMatchObject({ status: 422, errors: [{ ...issue, in: "body" }] });
    expect(fine?.json).toEqual({ from: 1, to: 2, note: "x" });
    expect(parameters?.json).toMatchObject({ errors: [{ ...issue, in: "query" }] });
    expect(rpc?.json).toMatchObject({ errors: [{ ...issue, in: "body" }] });
    expect(later?.json).toMatchObject({ errors: [{ in: "body", path: [], message: "the name is taken" }] });
    expect(found?.json).toEqual({ id: 7, name: "free", dry: true });
  });
});
