import { Readable } from "node:stream";
import { createClient, type FileSource, upload } from "@tenon/client";
import { file, form, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { serve } from "@tenon/server/node";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";

const Meta = z.object({ tags: z.array(z.string()), at: z.date() });
const Described = z.object({ name: z.string(), type: z.string(), text: z.string() });
let seen: (value: unknown) => void = () => {};

const describeFile = async (value: File): Promise<z.infer<typeof Described>> => ({
  name: value.name,
  type: value.type,
  text: await value.text(),
});

namespace files {
  export const send = procedure
    .input({
      folder: z.string(),
      title: form(z.string().optional()),
      words: form(z.array(z.string()).default([])),
      meta: form.json(Meta.optional()),
      one: file({ maxBytes: 100_000 }),
      more: z.array(file()).default([]),
    })
    .route("POST /files/{folder}")
    .output({
      folder: z.string(),
      title: z.string().optional(),
      words: z.array(z.string()),
      meta: Meta.optional(),
      files: z.array(Described),
    })
    .mutation(async ({ input: { one, more, ...rest } }) => ({
      ...rest,
      files: await Promise.all([one, ...more].map(describeFile)),
    }));
  export const optional = procedure
    .input({ note: form(z.string()), one: z.optional(file()) })
    .output({ note: z.string(), size: z.int().optional() })
    .mutation(({ input }) => ({ note: input.note, size: input.one?.size }));
  export const model = procedure
    .input({ person: form(z.object({ name: z.string(), age: z.int(), face: file() })) })
    .output({ name: z.string(), age: z.int(), face: Described })
    .mutation(async ({ input: { person } }) => ({ ...person, face: await describeFile(person.face) }));
  export const follow = procedure
    .input({ title: form(z.string()), video: file.stream({ maxBytes: 50_000_000 }) })
    .output({ title: z.string(), name: z.string(), type: z.string(), size: z.int() })
    .mutation(async ({ input: { title, video } }) => {
      let size = 0;
      for await (const chunk of video) {
        size += chunk.byteLength;
        seen(size);
      }
      return { title, name: video.name, type: video.type, size };
    });
}

const app = createApp({ files: router(files, { prefix: "" }) }, { onError: () => {} });
type App = typeof app;
let running: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  running = await serve(app, { port: 0, signals: false });
});
afterAll(() => running.stop());

const ways = [
  ["over a connection", () => createClient<App>({ url: running.url })],
  ["in process", () => createClient<App>({ fetch: (request) => app.fetch(request) })],
] as const;

describe.each(ways)("a client that sends files %s", (_name, open) => {
  it("sends blobs and named bytes, beside texts, lists and JSON", async () => {
    const at = new Date(0);
    const answer = await open().files.send({
      more: [
        new Blob(["b"]),
        upload(new TextEncoder().encode("c"), { name: 'ü "c".txt', type: "text/plain" }),
      ],
      one: new File(["a"], "a.png", { type: "image/png" }),
      folder: "f",
      title: "t",
      words: ["1", "true"],
      meta: { tags: ["x"], at },
    });
    expect(answer).toEqual({
      folder: "f",
      title: "t",
      words: ["1", "true"],
      meta: { tags: ["x"], at },
      files: [
        { name: "a.png", type: "image/png", text: "a" },
        { name: "blob", type: "application/octet-stream", text: "b" },
        { name: 'ü "c".txt', type: "text/plain", text: "c" },
      ].map((each) => ({ ...each, name: each.name.replaceAll('"', "%22") })),
    });
  });

  it("sends web streams, Node streams and iterables as they are, in one body with blobs", async () => {
    async function* iterable(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode("it");
      yield new TextEncoder().encode("erable");
    }
    const answer = await open().files.send({
      folder: "f",
      one: upload(new Blob(["web"]).stream(), { name: "w.txt", type: "text/plain" }),
      more: [Readable.from([Buffer.from("no"), Buffer.from("de")]), iterable(), new File(["blob"], "b")],
      meta: { tags: [], at: new Date(5) },
    });
    expect(answer.meta).toEqual({ tags: [], at: new Date(5) });
    expect(answer.files.map(({ name, text }) => [name, text])).toEqual([
      ["w.txt", "web"],
      ["b", "blob"],
      ["blob", "node"],
      ["blob", "iterable"],
    ]);
  });

  it("sends JSON where an optional file is left out", async () => {
    expect(await open().files.optional({ note: "n" })).toEqual({ note: "n" });
    expect(await open().files.optional({ note: "n", one: new Blob(["abc"]) })).toEqual({
      note: "n",
      size: 3,
    });
  });

  it("sends the files of a model", async () => {
    const face = new File(["f"], "f.png", { type: "image/png" });
    const expected = { name: "Ada", age: 36, face: { name: "f.png", type: "image/png", text: "f" } };
    expect(await open().files.model({ person: { name: "Ada", age: 36, face } })).toEqual(expected);
    const rest = await open().POST("/model", { body: { name: "Ada", age: 36, face } });
    expect(rest).toMatchObject({ ok: true, data: expected });
  });

  it("sends files in the REST style", async () => {
    const body = { one: new Blob(["a"]), more: [new Blob(["b"]), new Blob(["c"])], title: "t" };
    const result = await open().POST("/files/{folder}", { path: { folder: "f" }, body });
    expect(result).toMatchObject({
      ok: true,
      data: { folder: "f", title: "t", files: [{ text: "a" }, { text: "b" }, { text: "c" }] },
    });
  });

  it("has the server read what is not made yet", async () => {
    let made = 0;
    const progress: number[] = [];
    seen = (size) => progress.push(size as number);
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let part = 1; part <= 5; part++) {
        made = part;
        yield new Uint8Array(1000);
        // The next part is made when the server has read this one.
        await expect.poll(() => progress).toContain(part * 1000);
      }
    }
    const video = upload(source(), { name: "v.mp4", type: "video/mp4" });
    expect(await open().files.follow({ title: "t", video })).toEqual({
      title: "t",
      name: "v.mp4",
      type: "video/mp4",
      size: 5000,
    });
    expect(made).toBe(5);
  });

  it("gets the problem of a file that is too large", async () => {
    const result = await open().files.send.safe({ folder: "f", one: new Blob([new Uint8Array(100_001)]) });
    expect(result).toMatchObject({ ok: false, error: { code: "TOO_LARGE", status: 413 } });
  });

  it("closes the source when the call is given up", async () => {
    const controller = new AbortController();
    let isClosed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          yield new Uint8Array(10_000);
        }
      } finally {
        isClosed = true;
      }
    }
    seen = () => controller.abort();
    const result = await open().files.follow.safe(
      { title: "t", video: source() },
      { signal: controller.signal },
    );
    expect(result).toMatchObject({ ok: false, error: { code: "ABORTED" } });
    await expect.poll(() => isClosed).toBe(true);
  });

  it("tells of a source that fails", async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw new Error("the disk is gone");
    }
    const result = await open().files.follow.safe({ title: "t", video: source() });
    expect(result.ok).toBe(false);
  });
});

it("types files as what can be sent", () => {
  type Api = ReturnType<typeof createClient<App>>;
  type Send = Parameters<Api["files"]["send"]>[0];
  expectTypeOf<Send["one"]>().toEqualTypeOf<FileSource>();
  expectTypeOf<Send["more"]>().toEqualTypeOf<FileSource[] | undefined>();
  expectTypeOf<Parameters<Api["files"]["follow"]>[0]["video"]>().toEqualTypeOf<FileSource>();
  // @ts-expect-error bytes would be base64: upload(bytes) says that they are a file
  expect((api: Api) => api.files.send({ folder: "f", one: new Uint8Array() })).toBeDefined();
});
