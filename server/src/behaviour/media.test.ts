import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { binary, dependency, html, procedure, raw, redirect, router, security, text } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const PNG = new Uint8Array([137, 80, 78, 71]);
const TYPED = "application/vnd.tenon+json, application/json;q=0.9";

const pages = {
  home: procedure
    .input({ name: z.string().default("you") })
    .output(html())
    .query(({ input }) => `<p>${input.name}</p>`),
  robots: procedure.output(text()).query(() => "Disallow: ä"),
  csv: procedure.output(text("text/csv; charset=us-ascii")).query(() => "a,b"),
  old: procedure.output(redirect(308)).query(() => "/pages/home?name=ä"),
  away: procedure.output(redirect()).mutation(() => new URL("https://example.com/a b")),
  either: procedure
    .input({ id: z.int() })
    .output({ 200: { id: z.int() }, 302: redirect(302), 203: html() })
    .query(({ input: { id }, reply }) =>
      id === 302 ? reply(302, "../x") : id === 203 ? reply(203, "<p>") : reply(200, { id }),
    ),
  broken: procedure
    .input({ to: z.string() })
    .output(redirect())
    .query(({ input }) => input.to),
  wrong: procedure.output(html()).query(() => 7 as never),
};

const bytes = {
  whole: procedure.output(binary("image/png")).query(() => PNG),
  blob: procedure.output(binary("image/png")).query(() => new Blob([PNG])),
  made: procedure.output(binary("image/png")).query(async function* () {
    yield PNG.subarray(0, 2);
    yield PNG.subarray(2);
  }),
  pulled: procedure.output(binary("image/png")).query(() => new Blob([PNG]).stream()),
  upload: procedure.output(binary("image/png")).mutation(() => PNG),
  strings: procedure.output(binary("image/png")).query(() => ["text"] as never),
  xml: procedure.output(raw("application/xml")).query(
    () =>
      new Response("<a/>", {
        headers: { "content-type": "application/xml; charset=utf-8", "x-own": "1", "content-length": "4" },
      }),
  ),
  silent: procedure.output(raw("application/xml")).query(() => new Response(null)),
  other: procedure
    .output(raw("application/xml"))
    .query(() => new Response("{}", { headers: { "content-type": "application/json" } })),
  status: procedure.output(raw("application/xml")).query(() => new Response("<a/>", { status: 404 })),
};

behindEveryAdapter("outputs that are no JSON", (adapter) => {
  it("sends text with its media type and charset", async () => {
    const [home, robots, csv] = await answers(
      adapter,
      createApp({ pages }),
      ["/pages/home?name=me"],
      ["/pages/robots"],
      ["/pages/csv"],
    );
    expect([home?.status, home?.text, home?.headers.get("content-type")]).toEqual([
      200,
      "<p>me</p>",
      "text/html; charset=utf-8",
    ]);
    expect([robots?.text, robots?.headers.get("content-type")]).toEqual([
      "Disallow: ä",
      "text/plain; charset=utf-8",
    ]);
    expect(csv?.headers.get("content-type")).toBe("text/csv; charset=us-ascii");
  });

  it("redirects with a location and nothing else, and tells the typed client instead of sending it on", async () => {
    const [old, away, typed, canonical] = await answers(
      adapter,
      createApp({ pages }),
      ["/pages/old"],
      ["/pages/away", { method: "POST" }],
      ["/pages/old", { headers: { accept: TYPED } }],
      ["/rpc/pages.away", json({}, "POST", { accept: TYPED })],
    );
    expect([old?.status, old?.headers.get("location"), old?.text]).toEqual([
      308,
      "/pages/home?name=%C3%A4",
      "",
    ]);
    expect(old?.headers.get("content-type")).toBeNull();
    expect([away?.status, away?.headers.get("location")]).toEqual([303, "https://example.com/a%20b"]);
    expect([typed?.status, typed?.headers.get("location"), typed?.json]).toEqual([
      308,
      null,
      { json: { status: 308, location: "/pages/home?name=%C3%A4" } },
    ]);
    expect(typed?.headers.get("vary")).toBe("accept");
    expect(canonical?.json).toEqual({ json: { status: 303, location: "https://example.com/a%20b" } });
  });

  it("lets several media share a procedure, each under its status", async () => {
    const replies = await answers(
      adapter,
      createApp({ pages }),
      ["/pages/either?id=1"],
      ["/pages/either?id=302"],
      ["/pages/either?id=203"],
    );
    expect(replies.map(({ status, text, headers }) => [status, text, headers.get("content-type")])).toEqual([
      [200, '{"id":1}', "application/json"],
      [302, "", null],
      [203, "<p>", "text/html; charset=utf-8"],
    ]);
  });

  it("never redirects to what is no URL, or would start another header", async () => {
    const reported: unknown[] = [];
    const app = createApp({ pages }, { onError: (error) => reported.push(String(error)) });
    for (const to of ["/a\r\nset-cookie: x=1", "/a\0", "/\\evil.example", "http://", "/a b"]) {
      const [reply] = await answers(adapter, app, [`/pages/broken?to=${encodeURIComponent(to)}`]);
      // A control character in a path is refused earlier; in a query it is data.
      expect([to, reply?.status, reply?.headers.get("location")]).toEqual([to, 500, null]);
    }
    expect(reported).toHaveLength(5);
  });

  it("sends bytes, whatever they are made of", async () => {
    const opened = await adapter.open(createApp({ bytes }));
    try {
      for (const name of ["whole", "blob", "made", "pulled"]) {
        const response = await opened.request(`/bytes/${name}`);
        expect([name, response.status, response.headers.get("content-type")]).toEqual([
          name,
          200,
          "image/png",
        ]);
        expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG);
        const head = await opened.request(`/bytes/${name}`, { method: "HEAD" });
        expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
          200,
          name === "whole" || name === "blob" ? "4" : null,
          "",
        ]);
      }
    } finally {
      await opened.close();
    }
  });

  it("sends a Response under raw alone, with the status and the media type that it promises", async () => {
    const reported: string[] = [];
    const app = createApp({ bytes }, { onError: (error) => reported.push(String(error)) });
    const [xml, silent, other, status] = await answers(
      adapter,
      app,
      ["/bytes/xml"],
      ["/bytes/silent"],
      ["/bytes/other"],
      ["/bytes/status"],
    );
    expect([xml?.text, xml?.headers.get("content-type"), xml?.headers.get("x-own")]).toEqual([
      "<a/>",
      "application/xml; charset=utf-8",
      "1",
    ]);
    expect([silent?.status, silent?.text, silent?.headers.get("content-type")]).toEqual([
      200,
      "",
      "application/xml",
    ]);
    expect([other?.status, status?.status]).toEqual([500, 500]);
    expect(reported[0]).toContain(
      "it promises 200 application/xml, and its Response is 200 application/json",
    );
    expect(reported[1]).toContain("its Response is 404");
  });

  it("answers for a stream of Node's that fails before anyone reads it, and asks HEAD nothing of it", async () => {
    const opened: Readable[] = [];
    const gone = {
      list: procedure.output(binary("video/mp4")).query(() => {
        const stream = createReadStream("there is no such file");
        opened.push(stream);
        return stream;
      }),
    };
    const app = createApp({ gone }, { onError: () => {} });
    const [read, head] = await answers(adapter, app, ["/gone"], ["/gone", { method: "HEAD" }]);
    expect([read?.status, head?.status]).toEqual([500, 200]);
    // Both are let go of, whether they were read or not; an unheard error would have ended the process.
    await expect.poll(() => opened.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it("refuses a Response where JSON is promised, and names raw()", async () => {
    const reported: string[] = [];
    const slots = { any: z.any(), unknown: z.unknown(), open: z.object({}), item: z.object({ id: z.int() }) };
    const routes = Object.fromEntries(
      Object.entries(slots).map(([name, slot]) => [
        name,
        procedure.output(slot).query(() => new Response("x") as never),
      ]),
    );
    const app = createApp({ routes }, { onError: (error) => reported.push(String(error)) });
    const replies = await answers(
      adapter,
      app,
      ...Object.keys(slots).map((name) => [`/routes/${name}`] as const),
    );
    expect(replies.map(({ status }) => status)).toEqual([500, 500, 500, 500]);
    expect(reported.filter((each) => each.includes("raw("))).toHaveLength(4);
  });

  it("answers 500 for a value that its medium does not promise", async () => {
    const reported: string[] = [];
    const app = createApp({ pages, bytes }, { onError: (error) => reported.push(String(error)) });
    const replies = await answers(adapter, app, ["/pages/wrong"], ["/bytes/strings"]);
    expect(replies.map(({ status }) => status)).toEqual([500, 500]);
    expect(reported[0]).toContain("return a string");
    expect(reported[1]).toContain("return bytes");
  });

  it("gives a stream that fails before its first byte the status of its problem", async () => {
    const closed: unknown[] = [];
    const session = dependency.resolve(async function* () {
      try {
        yield 1;
      } catch (error) {
        closed.push((error as { code?: string }).code ?? "other");
        throw error;
      }
    });
    const fails = {
      early: procedure
        .use({ session })
        .errors({ GONE: { status: 410 } })
        .output(binary("image/png"))
        .query(async function* ({ errors, session }) {
          if (session === 1) {
            throw errors.GONE();
          }
          yield PNG;
        }),
    };
    const [reply] = await answers(adapter, createApp({ fails }), ["/fails/early"]);
    expect(reply?.status).toBe(410);
    expect(reply?.json).toMatchObject({ code: "GONE" });
    expect(closed).toEqual(["GONE"]);
  });

  it("breaks the framing off where a stream fails after its first byte, and reports it once", async () => {
    const reported: string[] = [];
    const events: string[] = [];
    const session = dependency.resolve(async function* () {
      try {
        yield 1;
      } catch (error) {
        events.push("closed with the failure");
        throw error;
      }
    });
    const fails = {
      late: procedure
        .use({ session })
        .output(binary("image/png"))
        .query(async function* () {
          yield PNG;
          throw new Error("disk");
        }),
      text: procedure.output(binary("image/png")).query(async function* () {
        yield PNG;
        yield "text" as never;
      }),
    };
    const app = createApp({ fails }, { onError: (error) => reported.push(String(error)) });
    const opened = await adapter.open(app);
    for (const name of ["late", "text"]) {
      const response = await opened.request(`/fails/${name}`);
      expect(response.status).toBe(200);
      await expect(response.arrayBuffer()).rejects.toThrow();
    }
    await opened.close();
    expect(reported).toHaveLength(2);
    expect(reported[0]).toContain("disk");
    expect(reported[1]).toContain("no Uint8Array");
    expect(events).toEqual(["closed with the failure"]);
  });

  it("makes chunks at the caller's pace, and closes source and dependencies when the caller leaves", async () => {
    let made = 0;
    let leave: (what: string) => void = () => {};
    const left = new Promise<string>((resolve) => {
      leave = resolve;
    });
    const events: string[] = [];
    const session = dependency.resolve(async function* () {
      try {
        yield 1;
      } finally {
        events.push("dependency");
        leave("closed");
      }
    });
    const chunk = new Uint8Array(256 * 1024);
    const endless = {
      list: procedure
        .use({ session })
        .output(binary("application/octet-stream"))
        .query(async function* ({ signal }) {
          try {
            for (;;) {
              made++;
              yield chunk;
            }
          } finally {
            events.push(`source, aborted ${signal.aborted}`);
          }
        }),
    };
    const opened = await adapter.open(createApp({ endless }));
    const response = await opened.request("/endless");
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    // What a connection can hold, and no more: of an endless source nothing else could be afforded.
    expect(made).toBeLessThan(200);
    await reader.cancel();
    expect(await left).toBe("closed");
    expect(events).toEqual(["source, aborted true", "dependency"]);
    await opened.close();
  });

  it("starts no stream for HEAD, of bytes or of items, and asks for credentials all the same", async () => {
    let started = 0;
    const quiet = {
      bytes: procedure.output(binary("image/png")).query(async function* () {
        started++;
        yield PNG;
      }),
      items: procedure.output(z.int()).stream(async function* () {
        started++;
        yield 1;
      }),
      secret: procedure
        .use({ token: security.bearer() })
        .input({ from: z.int().default(0) })
        .output(z.int())
        .stream(async function* () {
          started++;
          yield 1;
        }),
    };
    const bearer = { authorization: "Bearer t" };
    const [ofBytes, ofItems, refused, invalid, allowed] = await answers(
      adapter,
      createApp({ quiet: router(quiet) }),
      ["/quiet/bytes", { method: "HEAD" }],
      ["/quiet/items", { method: "HEAD" }],
      ["/quiet/secret", { method: "HEAD" }],
      ["/quiet/secret?from=x", { method: "HEAD", headers: bearer }],
      ["/quiet/secret", { method: "HEAD", headers: { ...bearer, accept: "application/jsonl" } }],
    );
    expect([refused?.status, invalid?.status, allowed?.status]).toEqual([401, 422, 200]);
    expect(allowed?.headers.get("content-type")).toBe("application/jsonl");
    expect([ofBytes?.status, ofItems?.status, started]).toEqual([200, 200, 0]);
    expect(ofItems?.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  });
});
