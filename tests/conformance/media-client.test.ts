import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type PathsOf } from "@tenon/client";
import { binary, download, html, procedure, raw, redirect, type Redirected, text } from "@tenon/core";
import { createApp } from "@tenon/server";
import { serve } from "@tenon/server/node";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";

const folder = mkdtempSync(join(tmpdir(), "tenon-media-"));
const path = join(folder, "report.txt");
writeFileSync(path, "0123456789");
const LARGE = 4 * 1024 * 1024;

const media = {
  page: procedure.output(html()).query(() => "<p>ä"),
  note: procedure.output(text()).query(() => "[1]"),
  picture: procedure.output(binary("image/png")).query(() => new Uint8Array([1, 2, 3])),
  report: procedure
    .input({ id: z.int() })
    .errors({ NOT_FOUND: { status: 404 } })
    .output(download("text/plain; charset=utf-8"))
    .query(({ input, errors }) => (input.id === 404 ? errors.NOT_FOUND() : { path })),
  feed: procedure
    .output(raw("application/xml"))
    .query(() => new Response("<a/>", { headers: { "content-type": "application/xml" } })),
  large: procedure.output(binary("application/octet-stream")).query(async function* () {
    for (let sent = 0; sent < LARGE; sent += 65_536) {
      yield new Uint8Array(65_536);
    }
  }),
  moved: procedure.output(redirect(308)).query(() => "/media/page"),
  either: procedure
    .input({ id: z.int() })
    .output({ 200: { id: z.int() }, 303: redirect() })
    .query(({ input, reply }) => (input.id === 1 ? reply(200, input) : reply(303, "/media/page"))),
};
const app = createApp({ media });
type App = typeof app;

let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve(app, { port: 0, signals: false, grace: 100 });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const clients = [
  ["in process", () => createClient<App>({ fetch: (request) => app.fetch(request) })],
  ["over the network", () => createClient<App>({ url: server.url })],
] as const;

describe.each(clients)("the typed client %s", (_name, connect) => {
  it("gets text as text, even where it looks like JSON", async () => {
    const api = connect();
    const page = await api.media.page();
    expectTypeOf(page).toEqualTypeOf<string>();
    expect(page).toBe("<p>ä");
    expect(await api.media.note()).toBe("[1]");
    expect(await api.GET("/media/page")).toEqual({ ok: true, status: 200, data: "<p>ä" });
  });

  it("gets bytes and files as a Blob of their media type", async () => {
    const api = connect();
    const picture = await api.media.picture();
    expectTypeOf(picture).toEqualTypeOf<Blob>();
    expect([picture.type, new Uint8Array(await picture.arrayBuffer())]).toEqual([
      "image/png",
      new Uint8Array([1, 2, 3]),
    ]);
    const report = await api.media.report.safe({ id: 1 });
    expect(report).toMatchObject({ ok: true, status: 200 });
    if (report.ok) {
      expectTypeOf(report.data).toEqualTypeOf<Blob>();
      expect(await report.data.text()).toBe("0123456789");
    }
    const rest = await api.GET("/media/report", { query: { id: 1 } });
    expect(rest.ok && (await rest.data.text())).toBe("0123456789");
  });

  it("gets the response itself where it asks for that, and failures as failures", async () => {
    const api = connect();
    const large = await api.media.large.raw();
    expectTypeOf(large).toEqualTypeOf<Response>();
    let size = 0;
    for await (const chunk of large.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
    }
    expect(size).toBe(LARGE);
    const report = await api.media.report.raw({ id: 1 });
    expect(report.headers.get("content-disposition")).toBe("attachment; filename=report.txt");
    await report.body?.cancel();
    await expect(api.media.report.raw({ id: 404 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const feed = await api.media.feed();
    expectTypeOf(feed).toEqualTypeOf<Response>();
    expect([feed.status, await feed.text()]).toEqual([200, "<a/>"]);
  });

  it("is told of a redirect, and does not follow it", async () => {
    const api = connect();
    const moved = await api.media.moved();
    expectTypeOf(moved).toEqualTypeOf<Redirected<308>>();
    expect(moved).toEqual({ status: 308, location: "/media/page" });
    const rest = await api.GET("/media/moved");
    expect(rest).toEqual({ ok: true, status: 308, data: { status: 308, location: "/media/page" } });
    const either = await api.media.either.safe({ id: 2 });
    if (either.ok && either.status === 303) {
      expectTypeOf(either.data).toEqualTypeOf<Redirected<303>>();
    }
    expect(either).toMatchObject({ ok: true, status: 303, data: { location: "/media/page" } });
    expect(await api.media.either({ id: 1 })).toEqual({ id: 1 });
  });
});

it("has types for clients of the document", () => {
  type Paths = PathsOf<App>;
  expectTypeOf<Paths["/media/picture"]["get"]["responses"][200]["content"]["*/*"]>().toEqualTypeOf<Blob>();
  expectTypeOf<Paths["/media/moved"]["get"]["responses"]>().toHaveProperty(308);
});
