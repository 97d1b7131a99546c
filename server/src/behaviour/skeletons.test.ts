import { cookie, dependency, file, form, procedure, query, router, sse } from "@tenon/core";
import { expect, it } from "vitest";
import { WebSocket as NodeWebSocket } from "ws";
import { z } from "zod";
import { createApp } from "../app.ts";
import { cors } from "../middleware.ts";
import { serve } from "../node.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";
import { socketPair } from "./socket-pair.ts";

const events: string[] = [];
let letGo = (): void => {};
const gate = new Promise<void>((resolve) => {
  letGo = resolve;
});

const things = {
  gated: procedure
    .route("GET /gated")
    .output({ n: z.int() })
    .stream(async function* () {
      yield { n: 1 };
      await gate;
      yield sse({ n: 2 }, { id: "two", event: "more", retry: 500 });
    }),
  endless: procedure
    .route("GET /endless")
    .output(z.int())
    .stream(async function* ({ signal }) {
      signal.addEventListener("abort", () => events.push("aborted"));
      try {
        for (let n = 0; ; n++) {
          yield n;
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      } finally {
        events.push("closed");
      }
    }),
  failing: procedure
    .route("GET /failing")
    .errors({ GONE: { status: 410 } })
    .input({ how: query(z.enum(["declared", "thrown", "wrong"])) })
    .output(z.int())
    .stream(async function* ({ input, errors }) {
      yield 1;
      if (input.how === "wrong") {
        yield "two" as never;
      }
      throw input.how === "declared" ? errors.GONE() : new Error("secret");
    }),
  resumed: procedure
    .route("GET /resumed")
    .input({ id: query(z.int().default(1)) })
    .errors({ UNKNOWN: { status: 404 } })
    .output({ at: z.date() })
    .stream(async function* ({ input, errors, lastEventId }) {
      if (input.id === 0) {
        return errors.UNKNOWN();
      }
      yield sse({ at: new Date(Number(lastEventId ?? 0)) }, { id: "1" });
      return undefined;
    }),
  upload: procedure
    .input({
      title: form(z.string().min(1)),
      meta: form.json(z.object({ tags: z.array(z.string()) })),
      picture: file(z.file().max(1000).mime(["image/png"])),
      extra: file(z.array(z.file()).default([])),
    })
    .output(z.unknown())
    .mutation(async ({ input }) => ({
      title: input.title,
      tags: input.meta.tags,
      picture: [input.picture.name, input.picture.type, await input.picture.text()],
      extra: input.extra.length,
    })),
  login: procedure
    .input({ name: form(z.string()), age: form(z.int()) })
    .output(z.unknown())
    .mutation(({ input }) => input),
  echo: procedure
    .input({ prefix: z.string().default(">") })
    .receive({ text: z.string() })
    .send({ text: z.string() })
    .socket(async ({ socket, input }) => {
      for await (const message of socket) {
        if (message.text === "bye") {
          return;
        }
        await socket.send({ text: `${input.prefix}${message.text}` });
      }
    }),
  visit: procedure
    .input({ seen: cookie(z.int().default(0)) })
    .output(z.int())
    .query(({ input, ctx }) => {
      ctx.cookies.set("seen", String(input.seen + 1));
      ctx.response.headers.set("X-Seen", String(input.seen));
      return input.seen;
    }),
  broken: procedure.output(z.void()).query(() => {
    throw new Error("secret");
  }),
};
const make = (origins: readonly string[] = []) =>
  createApp(
    { things: router(things) },
    { middleware: [cors({ origins, expose: ["x-seen"] })], onError: () => {} },
  );

behindEveryAdapter("streams", (adapter) => {
  it("lets the first item leave before the second is made", async () => {
    const opened = await adapter.open(make());
    const response = await opened.request("/things/gated");
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const reader = (response.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream() as never)
      .getReader();
    expect((await reader.read()).value).toBe('data: {"n":1}\n\n');
    letGo();
    expect((await reader.read()).value).toBe('event: more\nid: two\nretry: 500\ndata: {"n":2}\n\n');
    expect((await reader.read()).done).toBe(true);
    await opened.close();
  });

  it("comes as JSON lines where the caller prefers them, and not as anything else", async () => {
    const [lines, none] = await answers(
      adapter,
      make(),
      ["/things/gated", { headers: { accept: "application/jsonl" } }],
      ["/things/gated", { headers: { accept: "image/png" } }],
    );
    expect(lines?.headers.get("content-type")).toBe("application/jsonl");
    expect(lines?.text).toBe('{"n":1}\n{"n":2}\n');
    expect(none?.json).toMatchObject({ status: 406, code: "NOT_ACCEPTABLE" });
  });

  it("stops the generator when the caller goes away", async () => {
    events.length = 0;
    const opened = await adapter.open(make());
    const controller = new AbortController();
    const response = await opened.request("/things/endless", { signal: controller.signal });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.cancel();
    controller.abort();
    await expect.poll(() => [...events].sort()).toEqual(["aborted", "closed"]);
    await opened.close();
  });

  it("tells a failure before the first item by its status, whoever returns or throws it", async () => {
    const [unknown] = await answers(adapter, make(), ["/things/resumed?id=0"]);
    expect(unknown?.json).toMatchObject({ status: 404, code: "UNKNOWN" });
  });

  it("knows what a returning caller has seen, and says what to revive where that is accepted", async () => {
    const accept = "text/event-stream, application/vnd.tenon+json;q=0.9";
    const [plain, rich] = await answers(
      adapter,
      make(),
      ["/things/resumed", { headers: { "last-event-id": "5" } }],
      ["/things/resumed", { headers: { accept } }],
    );
    expect(plain?.text).toBe('id: 1\ndata: {"at":"1970-01-01T00:00:00.005Z"}\n\n');
    expect(rich?.headers.get("content-type")).toBe("text/event-stream; charset=utf-8; wire=rich");
    expect(rich?.text).toContain(
      'data: {"json":{"at":"1970-01-01T00:00:00.000Z"},"meta":{"values":{"at":["Date"]}',
    );
  });

  it("ends with an error event where it fails after its head", async () => {
    const [declared, thrown, wrong] = await answers(
      adapter,
      make(),
      ["/things/failing?how=declared"],
      ["/things/failing?how=thrown"],
      ["/things/failing?how=wrong"],
    );
    expect(declared?.text).toBe(
      'data: 1\n\nevent: error\ndata: {"type":"about:blank","title":"Gone","status":410,"code":"GONE"}\n\n',
    );
    expect(thrown?.text).toMatch(/^data: 1\n\nevent: error\ndata: .*"code":"INTERNAL"/);
    expect(thrown?.text).not.toContain("secret");
    expect(wrong?.text).toContain('"code":"INTERNAL"');
  });
});

behindEveryAdapter("forms", (adapter) => {
  const picture = new File(["png!"], "a.png", { type: "image/png" });
  const upload = (fields: Record<string, string | File>) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      body.append(name, value);
    }
    return { method: "POST", body };
  };

  it("takes files beside text and JSON parts", async () => {
    const meta = '{"tags":["a","b"]}';
    const [ok, rpc, simple, wrong, missing] = await answers(
      adapter,
      make(),
      ["/things/upload", upload({ title: "t", meta, picture, extra: new File(["x"], "x") })],
      ["/rpc/things.upload", { ...upload({ title: "t", meta, picture }), headers: { "tenon-rpc": "1" } }],
      ["/rpc/things.upload", upload({ title: "t", meta, picture })],
      [
        "/things/upload",
        upload({ title: "", meta: "{", picture: new File(["x"], "x.txt", { type: "text/plain" }) }),
      ],
      ["/things/upload", upload({ title: "t", meta })],
    );
    const read = { title: "t", tags: ["a", "b"], picture: ["a.png", "image/png", "png!"] };
    expect(ok?.json).toEqual({ ...read, extra: 1 });
    expect(rpc?.json).toEqual({ ...read, extra: 0 });
    expect(simple?.json).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
    expect(wrong?.json).toMatchObject({
      status: 422,
      errors: [
        { in: "body", path: ["title"], code: "too_small" },
        { in: "body", path: ["meta"] },
        { in: "body", path: ["picture"] },
      ],
    });
    expect(missing?.json).toMatchObject({ errors: [{ path: ["picture"], code: "missing" }] });
  });

  it("refuses a body without a boundary, another media type, and too many parts", async () => {
    const many = new FormData();
    for (let count = 0; count <= 1000; count++) {
      many.append("title", "t");
    }
    const [boundary, type, parts, cut] = await answers(
      adapter,
      make(),
      ["/things/upload", { method: "POST", headers: { "content-type": "multipart/form-data" }, body: "x" }],
      ["/things/upload", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }],
      ["/things/upload", { method: "POST", body: many }],
      [
        "/things/upload",
        {
          method: "POST",
          headers: { "content-type": "multipart/form-data; boundary=b" },
          body: '--b\r\ncontent-disposition: form-data; name="title"\r\n\r\nx',
        },
      ],
    );
    expect(boundary?.json).toMatchObject({ status: 400, code: "MALFORMED_BODY" });
    expect(type?.json).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
    expect(parts?.json).toMatchObject({ status: 413, code: "TOO_LARGE" });
    expect(cut?.json).toMatchObject({ status: 400, code: "MALFORMED_BODY" });
  });

  it("reads urlencoded fields by their types", async () => {
    const [ok, rpc, wrong] = await answers(
      adapter,
      make(),
      ["/things/login", { method: "POST", body: new URLSearchParams({ name: "a b&c", age: "7" }) }],
      ["/rpc/things.login", json({ name: "a b&c", age: 7 })],
      ["/things/login", { method: "POST", body: new URLSearchParams({ age: "old" }) }],
    );
    expect(ok?.json).toEqual({ name: "a b&c", age: 7 });
    expect(rpc?.json).toEqual(ok?.json);
    expect(wrong?.json).toMatchObject({
      errors: [
        { path: ["name"], code: "missing" },
        { path: ["age"], code: "type" },
      ],
    });
  });
});

behindEveryAdapter("cross-origin", (adapter) => {
  it("names the origin on every reply, errors included, and closes itself by default", async () => {
    const origin = "https://a.example";
    const preflight = { method: "OPTIONS", headers: { origin, "access-control-request-method": "GET" } };
    const [ok, broken, missing, pre] = await answers(
      adapter,
      make([origin]),
      ["/things/visit", { headers: { origin } }],
      ["/things/broken", { headers: { origin } }],
      ["/nope", { headers: { origin } }],
      ["/things/visit", preflight],
    );
    for (const answer of [ok, broken, missing]) {
      expect(answer?.headers.get("access-control-allow-origin")).toBe(origin);
      expect(answer?.headers.get("vary")).toContain("origin");
    }
    expect([ok?.status, broken?.status, missing?.status, pre?.status]).toEqual([200, 500, 404, 204]);
    expect(pre?.headers.get("access-control-allow-methods")).toContain("GET");
    const [closed] = await answers(adapter, make(), ["/things/visit", { headers: { origin } }]);
    expect(closed?.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("reads and sets cookies with secure defaults, and sends the handler's headers", async () => {
    const [first] = await answers(adapter, make(), ["/things/visit", { headers: { cookie: "seen=4" } }]);
    expect(first?.json).toBe(4);
    expect(first?.headers.get("set-cookie")).toBe("seen=5; Path=/; HttpOnly; Secure; SameSite=Lax");
    expect(first?.headers.get("x-seen")).toBe("4");
  });
});

it("echoes over a socket on Node, and closes with policy on a message that does not fit", async () => {
  const server = await serve(make(), { port: 0, signals: false });
  const url = server.url.replace("http", "ws");
  const open = async (path: string) => {
    const socket = new NodeWebSocket(url + path);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return socket;
  };
  const socket = await open("/things/echo?prefix=!");
  socket.send('{"text":"hi"}');
  expect(
    String(
      (
        await new Promise<[Buffer]>((resolve) => socket.once("message", (data: Buffer) => resolve([data])))
      )[0],
    ),
  ).toBe('{"text":"!hi"}');
  socket.send('{"text":"bye"}');
  expect(await new Promise((resolve) => socket.once("close", resolve))).toBe(1000);

  const wrong = await open(`/rpc/things.echo?input=${encodeURIComponent('{"prefix":"?"}')}`);
  wrong.send("nonsense");
  expect(await new Promise((resolve) => wrong.once("close", resolve))).toBe(1008);

  const refused = new NodeWebSocket(`${url}/things/nope`);
  const status = await new Promise((resolve) => {
    refused.once("unexpected-response", (_request, response) => resolve(response.statusCode));
    refused.once("error", () => {});
  });
  expect(status).toBe(404);
  await server.stop();
});

it("echoes over a socket behind fetch", async () => {
  const { client, server } = socketPair();
  const app = make();
  const response = await app.fetch(
    new Request("http://x/things/echo", { headers: { upgrade: "websocket" } }),
    {
      upgrade: () => ({
        socket: server,
        response: new Response(null, { status: 200, headers: { "x-upgraded": "1" } }),
      }),
    },
  );
  expect(response.headers.get("x-upgraded")).toBe("1");
  client.send('{"text":"hi"}');
  expect(await client.next()).toBe('{"text":">hi"}');
  client.send('{"text":"bye"}');
  expect(await client.closed).toBe(1000);
});

it("asks for an upgrade where a socket is asked for without one", async () => {
  const response = await make().fetch(new Request("http://x/things/echo"));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "MALFORMED_REQUEST" });
});

it("finishes open requests and background work before it stops, and takes no new ones", async () => {
  const log: string[] = [];
  let proceed = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    proceed = resolve;
  });
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const pool = dependency.scope("app").resolve(async function* () {
    yield 1;
    log.push("pool closes");
  });
  const app = createApp({
    work: {
      list: procedure
        .use({ pool })
        .output(z.string())
        .query(async ({ ctx }) => {
          ctx.after(async () => {
            await new Promise((resolve) => setTimeout(resolve, 20));
            log.push("background");
          });
          proceed();
          await held;
          return "done";
        }),
    },
  });
  const server = await serve(app, { port: 0, signals: false });
  const answer = fetch(`${server.url}/work`).then((response) => response.json());
  await arrived;
  const stopped = server.stop();
  await expect(fetch(`${server.url}/work`)).rejects.toThrow();
  release();
  expect(await answer).toBe("done");
  await stopped;
  expect(log).toEqual(["background", "pool closes"]);
});

it("answers 503 where the handler takes longer than the limit, and aborts it", async () => {
  let isAborted = false;
  const app = createApp(
    {
      slow: {
        list: procedure.output(z.void()).query(async ({ signal }) => {
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          isAborted = true;
        }),
      },
    },
    { limits: { timeout: 20 } },
  );
  const response = await app.fetch(new Request("http://x/slow"));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: "TIMEOUT" });
  await expect.poll(() => isAborted).toBe(true);
});
