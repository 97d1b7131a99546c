import { createClient } from "@tenon/client";
import { serve } from "@tenon/server/node";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { type App, app } from "./app.ts";
import { meter, model } from "./chat.ts";
import { calculate, type Model, parrot } from "./model.ts";

const user = (content: string) => ({ messages: [{ role: "user" as const, content }] });
const quick = app.override(model, parrot(0));
const api = createClient<App>({ url: "http://localhost", fetch: (request) => quick.fetch(request) });
beforeAll(() => quick.start());
afterAll(() => quick.stop());

async function collect<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of stream) {
    items.push(item);
  }
  return items;
}

describe("the assistant", () => {
  it("says a word at a time, and how many there were", async () => {
    const [start, ...rest] = await collect(api.chat.send.stream(user("hello there")));
    expect(start).toEqual({ event: "start", data: { id: expect.any(String) } });
    expect(rest).toEqual([
      { event: "text", data: { text: "You " } },
      { event: "text", data: { text: "said: " } },
      { event: "text", data: { text: "hello " } },
      { event: "text", data: { text: "there" } },
      { event: "end", data: { reason: "done", words: 4 } },
    ]);
  });

  it("uses a tool, and says so", async () => {
    const said = await collect(api.chat.send.stream(user("What is 6 * 7?")));
    expect(said.filter(({ event }) => event.startsWith("tool"))).toEqual([
      { event: "tool_call", data: { id: "call-1", name: "calculate", input: { expression: "6 * 7" } } },
      { event: "tool_result", data: { id: "call-1", output: "42" } },
    ]);
    const text = said.map((each) => (each.event === "text" ? each.data.text : "")).join("");
    expect(text).toBe("Let me see. It is 42.");
    expect([calculate("2 - 5"), calculate("999999999*999999999")]).toEqual(["-3", "999999998000000001"]);
  });

  it("stops at the length that was asked for", async () => {
    const said = await collect(api.chat.send.stream({ ...user("one two three"), maxWords: 2 }));
    expect(said.at(-1)).toEqual({ event: "end", data: { reason: "length", words: 2 } });
  });

  it("gives its types to the client", () => {
    const stream = api.chat.send.stream(user("x"));
    expectTypeOf(stream).toExtend<
      AsyncIterable<{ event: "start" | "text" | "tool_call" | "tool_result" | "end" }>
    >();
  });

  it("answers with the status of a failure where nothing was said yet", async () => {
    const messages = [{ role: "assistant" as const, content: "Well?" }];
    await expect(collect(api.chat.send.stream({ messages }))).rejects.toMatchObject({
      code: "NOTHING_ASKED",
      status: 400,
    });
    await expect(collect(api.chat.send.stream({ messages: [] }))).rejects.toMatchObject({ status: 422 });
  });

  it("stops the model when its caller goes away, over HTTP", async () => {
    let isStopped = false;
    const endless: Model = async function* (_turns, signal) {
      try {
        while (true) {
          yield { kind: "text", text: "and " };
          await new Promise((resolve) => setImmediate(resolve));
          signal.throwIfAborted();
        }
      } finally {
        isStopped = true;
      }
    };
    const counted = { words: 0 };
    const server = await serve(app.override(model, endless).override(meter, counted), {
      port: 0,
      signals: false,
    });
    const remote = createClient<App>({ url: server.url });
    let heard = 0;
    for await (const { event } of remote.chat.send.stream({ ...user("go on"), maxWords: 10_000 })) {
      heard += event === "text" ? 1 : 0;
      if (heard === 3) {
        break;
      }
    }
    await expect.poll(() => isStopped).toBe(true);
    const words = counted.words;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(counted.words).toBe(words);
    await server.stop();
  });
});
