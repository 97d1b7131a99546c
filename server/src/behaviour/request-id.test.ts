import { procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { requestId, type RequestIdOptions } from "../middleware/request-id.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const things = router({ list: procedure.output(z.string()).query(({ ctx }) => ctx.requestId ?? "") });
const make = (options?: RequestIdOptions) => createApp({ things }, { middleware: [requestId(options)] });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

behindEveryAdapter("requestId", (adapter) => {
  it("gives each request an id of its own, in the handler and in the reply, failures included", async () => {
    const sent = { headers: { "x-request-id": "the-callers-own" } };
    const [one, other, missing] = await answers(
      adapter,
      make(),
      ["/things", sent],
      ["/things"],
      ["/nothing"],
    );
    const ids = [one, other, missing].map((answer) => answer?.headers.get("x-request-id"));
    expect([one?.json, other?.json]).toEqual(ids.slice(0, 2));
    expect(new Set(ids).size).toBe(3);
    ids.forEach((id) => expect(id).toMatch(UUID));
  });

  it("takes over what a trusted caller sends, where it is well formed", async () => {
    const app = make({ trust: true });
    const send = (id: string) => ["/things", { headers: { "x-request-id": id } }] as const;
    const got = await answers(adapter, app, send("order-4711:2"), send("short"), send("no spaces please"));
    expect(got[0]?.json).toBe("order-4711:2");
    expect(got.slice(1).map(({ json }) => UUID.test(String(json)))).toEqual([true, true]);
  });

  it("makes ids as it is told, under another name", async () => {
    let count = 0;
    const [answer] = await answers(adapter, make({ header: "x-trace", generate: () => `trace-${++count}` }), [
      "/things",
    ]);
    expect([answer?.json, answer?.headers.get("x-trace")]).toEqual(["trace-1", "trace-1"]);
    expect(answer?.headers.has("x-request-id")).toBe(false);
  });
});

it("refuses a header that is none", () => {
  expect(() => requestId({ header: "no header" })).toThrow("requestId:");
});
