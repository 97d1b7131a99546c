import { comment, DefinitionError, procedure, router, sse } from "@tenon/core";
import type { OpenAPIObject } from "@tenon/core/openapi";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { fastapi, rawData } from "../fastapi.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const Name = z.object({ name: z.string() });
const routes = {
  names: router({
    watch: procedure.output(Name).stream(async function* () {
      yield comment("two\r\nlines");
      yield { name: "é, \n: b" };
      yield comment("and an end");
    }),
    lines: procedure.output(Name).stream(async function* () {
      yield comment("nobody hears of it");
      yield { name: "é, \n: b" };
    }),
    told: procedure.output(z.string()).stream(async function* () {
      yield "a";
      yield sse("b", { event: "named", id: "1", retry: 5 });
      yield rawData("<b>\n</b>", { event: "raw", id: "2" });
    }),
    quiet: procedure.output(z.string()).stream(
      async function* ({ signal }) {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        yield "nobody hears of it";
      },
      { keepAlive: 5 },
    ),
  }),
};
const semantics = fastapi({ jsonLines: ["names.lines"], unannotated: ["names.lines"] });

behindEveryAdapter("streams under FastAPI's semantics", (adapter) => {
  it("are written as FastAPI writes them", async () => {
    const [watched, lines, told] = await answers(
      adapter,
      createApp(routes, { semantics }),
      ["/names/watch", { headers: { accept: "application/jsonl" } }],
      ["/names/lines"],
      ["/names/told"],
    );
    expect(watched?.text).toBe(': two\n: lines\n\ndata: {"name":"é, \\n: b"}\n\n: and an end\n\n');
    expect(watched?.headers.get("vary")).toBeNull();
    expect(lines?.headers.get("content-type")).toBe("application/jsonl");
    expect(lines?.text).toBe('{"name": "\\u00e9, \\n: b"}\n');
    expect(told?.text).toBe(
      'data: "a"\n\nevent: named\ndata: "b"\nid: 1\nretry: 5\n\nevent: raw\ndata: <b>\ndata: </b>\nid: 2\n\n',
    );
  });

  it("say 'ping' where there is nothing else to say", async () => {
    const opened = await adapter.open(createApp(routes, { semantics }));
    const response = await opened.request("/names/quiet");
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toMatch(/^(: ping\n\n)+$/);
    await reader.cancel();
    await opened.close();
  });

  it("are Tenon's without them: callers choose, and all data is JSON", async () => {
    const [watched, lines, told] = await answers(
      adapter,
      createApp(routes),
      ["/names/watch", { headers: { accept: "application/jsonl" } }],
      ["/names/lines"],
      ["/names/told"],
    );
    expect(watched?.text).toBe('{"name":"é, \\n: b"}\n');
    expect(lines?.text).toBe(': nobody hears of it\n\ndata: {"name":"é, \\n: b"}\n\n');
    expect(told?.text).toBe(
      'data: "a"\n\nevent: named\nid: 1\nretry: 5\ndata: "b"\n\nevent: raw\nid: 2\ndata: "<b>\\n</b>"\n\n',
    );
  });
});

describe("FastAPI's semantics", () => {
  it("refuse an option that names a stream that there is none of", () => {
    expect(() => createApp(routes, { semantics: fastapi({ jsonLines: ["names.line"] }) })).toThrow(
      new DefinitionError(
        "UNKNOWN_OPERATION",
        "'names.line' of 'jsonLines' is no operation: write an id like 'items.read'",
      ),
    );
  });

  it("document texts of sockets as what they are", async () => {
    const talk = procedure
      .receive(z.string().meta({ id: "Said" }))
      .send(z.object({ at: z.int() }))
      .socket(() => {});
    const app = createApp({ chat: { talk } }, { semantics: fastapi() });
    const read = async (path: string): Promise<Record<string, never>> =>
      (await (await app.fetch(new Request(`http://localhost${path}`))).json()) as Record<string, never>;
    const { paths } = (await read("/openapi.json")) as unknown as OpenAPIObject;
    expect(paths?.["/chat/talk"]?.get?.["x-websocket"]).toMatchObject({ texts: "plain" });
    expect((await read("/asyncapi.json"))["channels"]?.["chat.talk"]).toMatchObject({
      messages: {
        received: { contentType: "text/plain" },
        sent: expect.not.objectContaining({ contentType: expect.anything() }),
      },
    });
  });
});
