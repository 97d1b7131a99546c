import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Busboy } from "@fastify/busboy";
import { file, form, procedure, router } from "@tenon/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { type Adapter, behindEveryAdapter, type Opened } from "./adapters.ts";
import { chunkedRequest, multipart, multipartRequest, type PartText } from "./multipart.ts";
import { type SpoolFolder, spoolFolder } from "./spool-folder.ts";

const MIB = 1024 * 1024;
const large = new Uint8Array(3 * MIB).map((_byte, index) => index % 251);
let folder: SpoolFolder;
let opened: Opened | undefined;

beforeEach(async () => {
  folder = await spoolFolder();
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  // Whatever happened in a test, nothing stays behind.
  expect(await folder.files()).toEqual([]);
  await folder.remove();
});

const things = {
  whole: procedure
    .input({ title: form(z.string().default("none")), data: file() })
    .output(z.unknown())
    .mutation(async ({ input: { title, data } }) => {
      const bytes = new Uint8Array(await data.arrayBuffer());
      let streamed = 0;
      for await (const chunk of data.stream()) {
        streamed += chunk.byteLength;
      }
      return {
        title,
        name: data.name,
        type: data.type,
        size: data.size,
        isFile: data instanceof File,
        isRecent: Math.abs(Date.now() - data.lastModified) < 60_000,
        last: bytes.at(-1),
        streamed,
        slice: (await data.slice(1, 4).arrayBuffer()).byteLength,
        text: data.size < 100 ? await data.text() : "",
      };
    }),
  save: procedure
    .input({ path: form(z.string()), data: file() })
    .output(z.unknown())
    .mutation(async ({ input: { path, data } }) => {
      await data.saveTo(path);
      await data.saveTo(pathToFileURL(`${path}.second`));
      return { size: (await data.arrayBuffer()).byteLength };
    }),
  discard: procedure
    .input({ data: file() })
    .output(z.unknown())
    .mutation(async ({ input }) => {
      await input.data.discard();
      await input.data.discard();
      return { left: (await folder.files()).length };
    }),
  fail: procedure
    .input({ data: file() })
    .output(z.unknown())
    .mutation(() => {
      throw new Error("secret");
    }),
  limited: procedure
    .input({ photo: file({ maxBytes: 2 * MIB, types: ["image/png", "text/*"] }) })
    .output(z.int())
    .mutation(({ input }) => input.photo.size),
  several: procedure
    .input({
      files: z
        .array(file({ maxBytes: 1000 }))
        .min(1)
        .max(3),
      one: z.optional(file()),
    })
    .output(z.unknown())
    .mutation(({ input }) => ({ files: input.files.map(({ name }) => name), one: input.one?.name })),
  strict: procedure
    .input(z.strictObject({ note: form(z.string()), data: z.optional(file()) }))
    .output(z.string())
    .mutation(({ input }) => input.note),
  model: procedure
    .input({
      person: form(z.strictObject({ name: z.string(), age: z.int().optional(), face: z.optional(file()) })),
    })
    .output(z.unknown())
    .mutation(({ input: { person } }) => ({ ...person, face: person.face?.size })),
  parts: procedure
    .input({
      meta: form.json(z.object({ tags: z.array(z.string()) })),
      data: z.optional(file()),
    })
    .output(z.unknown())
    .mutation(({ input }) => input),
};

function make(options: AppOptions = {}): App<unknown> {
  const routes = { things: router(things, { prefix: "" }) };
  return createApp(routes, { onError: () => {}, spool: folder.spool, ...options });
}

async function send(
  adapter: Adapter,
  path: string,
  init: RequestInit,
  options?: AppOptions,
): Promise<{ status: number; json: unknown }> {
  opened ??= await adapter.open(make(options));
  const response = await opened.request(path, init);
  return { status: response.status, json: await response.json() };
}

const post = (...parts: PartText[]): RequestInit => multipartRequest(multipart(...parts));
const data = (content: string | Uint8Array, type = "image/png"): PartText => ({
  name: "data",
  filename: "a.png",
  type,
  content,
});

behindEveryAdapter("a file that is received whole", (adapter) => {
  it("stays in memory while it is small", async () => {
    const answer = await send(adapter, "/whole", post({ name: "title", content: "t" }, data("small")));
    expect(answer.json).toEqual({
      title: "t",
      name: "a.png",
      type: "image/png",
      size: 5,
      isFile: true,
      isRecent: true,
      last: 108,
      streamed: 5,
      slice: 3,
      text: "small",
    });
    expect(folder.opened()).toBe(0);
  });

  it("is spooled to a temporary file when it is large, and reads the same from there", async () => {
    for (const init of [post(data(large)), chunkedRequest(multipart(data(large)))]) {
      const answer = await send(adapter, "/whole", init);
      expect(answer.json).toMatchObject({
        name: "a.png",
        type: "image/png",
        size: large.length,
        isFile: true,
        last: large.at(-1),
        streamed: large.length,
        slice: 3,
      });
    }
    expect(folder.opened()).toBe(2);
    await expect.poll(() => folder.files()).toEqual([]);
  });

  it("is saved as a whole, from memory and from disk, in place of what is there", async () => {
    for (const content of [new Uint8Array([1, 2]), large]) {
      const path = join(folder.path, "..", `saved-${crypto.randomUUID()}`);
      await writeFile(path, "before");
      const answer = await send(adapter, "/save", post({ name: "path", content: path }, data(content)));
      expect(answer.json).toEqual({ size: content.length });
      for (const saved of [path, `${path}.second`]) {
        expect(Buffer.compare(await readFile(saved), Buffer.from(content))).toBe(0);
        expect((await stat(saved)).mode & 0o777).toBe(0o666 & ~process.umask());
        await (await import("node:fs/promises")).rm(saved);
      }
    }
  });

  it("can be discarded before the request ends", async () => {
    expect((await send(adapter, "/discard", post(data(large)))).json).toEqual({ left: 0 });
  });

  it("leaves nothing behind when the handler fails, or a later part is refused", async () => {
    expect((await send(adapter, "/fail", post(data(large)))).status).toBe(500);
    const title = { name: "title", content: new Uint8Array(2 * MIB) };
    expect((await send(adapter, "/whole", post(data(large), title))).status).toBe(413);
    const cut = multipart(data(large)).slice(0, 2 * MIB);
    expect((await send(adapter, "/whole", multipartRequest(cut))).status).toBe(400);
    await expect.poll(() => folder.files()).toEqual([]);
  });

  it("fails opaquely where the disk is full, and gives up what it had taken", async () => {
    const reported: unknown[] = [];
    let removed = 0;
    const full = {
      write: async () => {
        throw new Error("ENOSPC: no space left on device");
      },
      finish: async () => new Blob(),
      saveTo: async () => {},
      remove: async () => {
        removed++;
      },
    };
    const spool = { open: async () => full, close: async () => {} };
    const options = { spool, onError: (error: unknown) => reported.push(error) };
    const answer = await send(adapter, "/whole", post(data(large)), options);
    expect(answer.json).toMatchObject({ status: 500, code: "INTERNAL" });
    expect(JSON.stringify(answer.json)).not.toContain("ENOSPC");
    expect(reported).toEqual([expect.objectContaining({ message: expect.stringContaining("ENOSPC") })]);
    await expect.poll(() => removed).toBe(1);
  });

  it("stays in memory within a limit where there is no file system", async () => {
    const options = { spool: false as const, limits: { upload: { memoryOnly: 2 * MIB } } };
    expect((await send(adapter, "/whole", post(data(large.subarray(0, 1.5 * MIB))), options)).status).toBe(
      200,
    );
    expect((await send(adapter, "/whole", post(data(large)), options)).json).toMatchObject({
      status: 413,
      detail: `the files are larger than ${2 * MIB} bytes together`,
    });
  });

  it("is told from its neighbours when eight callers send at once", async () => {
    opened = await adapter.open(make());
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const content = new Uint8Array(2 * MIB + index).fill(index);
        const init = index % 2 === 0 ? post(data(content)) : chunkedRequest(multipart(data(content)));
        const response = await (opened as Opened).request("/whole", init);
        return (await response.json()) as { size: number; last: number };
      }),
    );
    expect(answers.map(({ size, last }) => [size, last])).toEqual(
      Array.from({ length: 8 }, (_, index) => [2 * MIB + index, index]),
    );
    expect(folder.opened()).toBe(8);
    await expect.poll(() => folder.files()).toEqual([]);
  });
});

behindEveryAdapter("limits of a form", (adapter) => {
  const photo = (content: string | Uint8Array, type: string, filename = "p"): PartText => ({
    name: "photo",
    filename,
    type,
    content,
  });

  it("refuses a file that is larger or of another type than declared", async () => {
    const [fits, pattern, tooLarge, chunked, type, nameless] = await Promise.all([
      send(adapter, "/limited", post(photo("x", "image/png"))),
      send(adapter, "/limited", post(photo("xy", "text/plain; charset=utf-8"))),
      send(adapter, "/limited", post(photo(large, "image/png"))),
      send(adapter, "/limited", chunkedRequest(multipart(photo(large, "image/png")))),
      send(adapter, "/limited", post(photo("x", "image/gif"))),
      send(adapter, "/limited", post(photo("x", "image/gif", ""))),
    ]);
    expect([fits?.json, pattern?.json]).toEqual([1, 2]);
    const limit = `the file 'photo' is larger than ${2 * MIB} bytes`;
    expect(tooLarge?.json).toMatchObject({ status: 413, code: "TOO_LARGE", detail: limit });
    expect(chunked?.json).toMatchObject({ status: 413, code: "TOO_LARGE", detail: limit });
    const media = "the file 'photo' must be image/png or text/*";
    expect(type?.json).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE", detail: media });
    expect(nameless?.json).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE", detail: media });
  });

  it("refuses too much in total, declared or not, and too many parts", async () => {
    const options = { limits: { upload: { total: 2.5 * MIB, file: 4 * MIB, parts: 3 } } };
    expect((await send(adapter, "/whole", post(data(large)), options)).status).toBe(413);
    expect((await send(adapter, "/whole", chunkedRequest(multipart(data(large))))).status).toBe(413);
    const many = Array.from({ length: 4 }, () => ({ name: "other", content: "" }));
    expect((await send(adapter, "/whole", post(...many))).json).toMatchObject({
      status: 413,
      detail: "the body holds more than 3 parts",
    });
  });

  it("lets a declared size raise the usual total, and an operation's own total win", async () => {
    const big = procedure
      .input({ data: file({ maxBytes: 3 * MIB }) })
      .output(z.int())
      .mutation(({ input }) => input.data.size);
    const routes = {
      free: router({ big }, { prefix: "/free" }),
      bound: router({ big }, { prefix: "/bound", bodyLimit: 2 * MIB }),
    };
    opened = await adapter.open(
      createApp(routes, { spool: folder.spool, limits: { upload: { total: MIB, text: 1000 } } }),
    );
    expect(await send(adapter, "/free/big", post(data(large.subarray(0, 3 * MIB - 1))))).toEqual({
      status: 200,
      json: 3 * MIB - 1,
    });
    expect((await send(adapter, "/bound/big", post(data(large)))).status).toBe(413);
  });

  it("refuses a text and a JSON part beyond the limit, while they arrive", async () => {
    const long = new Uint8Array(MIB + 1).fill(97);
    expect(
      (await send(adapter, "/whole", post({ name: "title", content: long }, data("x")))).json,
    ).toMatchObject({
      status: 413,
      detail: `the part 'title' is larger than ${MIB} bytes`,
    });
    expect((await send(adapter, "/parts", post({ name: "meta", content: long }))).status).toBe(413);
  });

  it("refuses a form that is compressed", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=b", "content-encoding": "br" };
    const init = { method: "POST", headers, body: multipart(data("x")) };
    expect((await send(adapter, "/whole", init)).json).toMatchObject({ status: 415 });
  });

  it("names what is missing where a multipart body is empty", async () => {
    const init = multipartRequest(new Uint8Array());
    expect((await send(adapter, "/whole", init)).json).toMatchObject({ status: 422, code: "INVALID_INPUT" });
  });

  it("parses no further once a limit is passed, though the rest is there", async () => {
    const write = vi.spyOn(Busboy.prototype, "write");
    const body = new TextEncoder().encode("--b\r\n\r\n\r\n".repeat(500_000));
    const reply = await send(adapter, "/whole", multipartRequest(body));
    expect(reply.json).toMatchObject({ status: 413 });
    const parsed = write.mock.calls.reduce((sum, [chunk]) => sum + (chunk as Uint8Array).byteLength, 0);
    write.mockRestore();
    expect(parsed).toBeGreaterThan(0);
    expect(parsed).toBeLessThan(200_000);
  });

  it("refuses what is no UTF-8, has no boundary, has no end, or holds no part", async () => {
    const bodies: [Uint8Array<ArrayBuffer>, string][] = [
      [multipart({ name: "title", content: new Uint8Array([0xff]) }), "multipart/form-data; boundary=b"],
      [multipart(data("x")), "multipart/form-data"],
      [multipart(data("x")), "multipart/form-data; boundary="],
      [multipart(data("x")).slice(0, -6), "multipart/form-data; boundary=b"],
      [new TextEncoder().encode("--b\r\ncontent-dispo"), "multipart/form-data; boundary=b"],
      [new TextEncoder().encode("nothing like it"), "multipart/form-data; boundary=b"],
      [multipart(data("x")), "multipart/form-data; boundary=other"],
    ];
    for (const [body, type] of bodies) {
      const init = { method: "POST", headers: { "content-type": type }, body };
      expect((await send(adapter, "/whole", init)).json).toMatchObject({
        status: 400,
        code: "MALFORMED_BODY",
      });
    }
  });
});

behindEveryAdapter("parts of a form", (adapter) => {
  const item = (filename: string): PartText => ({ name: "files", filename, type: "image/png", content: "x" });

  it("gives lists in their order, within their lengths, and nothing for what is absent", async () => {
    const [some, none, many, both] = await Promise.all([
      send(adapter, "/several", post(item("1"), item("2"), item("3"))),
      send(adapter, "/several", post()),
      send(adapter, "/several", post(item("1"), item("2"), item("3"), item("4"))),
      send(
        adapter,
        "/several",
        post(item("1"), { ...item("a"), name: "one" }, { ...item("b"), name: "one" }),
      ),
    ]);
    expect(some?.json).toEqual({ files: ["1", "2", "3"] });
    expect(none?.json).toMatchObject({
      status: 422,
      errors: [{ in: "body", path: ["files"], code: "missing" }],
    });
    expect(many?.json).toMatchObject({ status: 422, errors: [{ path: ["files"], code: "too_big" }] });
    expect(both?.json).toMatchObject({ status: 422, errors: [{ path: ["one"], code: "repeated" }] });
  });

  it("takes a file that was not chosen for absent", async () => {
    const empty = { name: "one", filename: "", type: "application/octet-stream", content: "" };
    expect((await send(adapter, "/several", post(item("1"), empty))).json).toEqual({ files: ["1"] });
    const required = { ...empty, name: "data" };
    expect((await send(adapter, "/whole", post(required))).json).toMatchObject({
      errors: [{ path: ["data"], code: "missing" }],
    });
  });

  it("names a text where a file belongs, and a file where a text belongs", async () => {
    const parts = [
      { name: "title", filename: "t.txt", type: "text/plain", content: large },
      { name: "data", content: "text" },
    ];
    expect((await send(adapter, "/whole", post(...parts))).json).toMatchObject({
      status: 422,
      errors: [
        { in: "body", path: ["title"], code: "type", expected: "string" },
        { in: "body", path: ["data"], code: "type", expected: "file" },
      ],
    });
    expect(folder.opened()).toBe(0);
  });

  it("drops parts that nobody declared, without keeping them, unless the input is strict", async () => {
    const unknown = { name: "unknown", filename: "u", type: "image/png", content: large };
    const proto = { name: "__proto__", content: "x" };
    const note = { name: "note", content: "n" };
    expect((await send(adapter, "/whole", post(unknown, proto, data("x")))).status).toBe(200);
    expect((await send(adapter, "/strict", post(note))).json).toBe("n");
    expect((await send(adapter, "/strict", post(note, unknown, proto))).json).toMatchObject({
      status: 422,
      errors: [
        { in: "body", path: ["unknown"], code: "unknown_key" },
        { in: "body", path: ["__proto__"], code: "unknown_key" },
      ],
    });
    expect(folder.opened()).toBe(0);
  });

  it("gathers the fields of a model, and refuses others where it is strict", async () => {
    const name = { name: "name", content: "Ada" };
    const age = { name: "age", content: "36" };
    const face = { name: "face", filename: "f.png", type: "image/png", content: "xyz" };
    expect((await send(adapter, "/model", post(name, age, face))).json).toEqual({
      name: "Ada",
      age: 36,
      face: 3,
    });
    const wrong = post({ ...age, content: "old" }, { name: "extra", content: "" });
    expect((await send(adapter, "/model", wrong)).json).toMatchObject({
      errors: [
        { path: ["name"], code: "missing" },
        { path: ["age"], code: "type" },
        { path: ["extra"], code: "unknown_key" },
      ],
    });
  });

  it("reads JSON parts by their type, with or without a file name", async () => {
    const meta = (type: string | undefined, content: string, filename?: string): PartText => ({
      name: "meta",
      content,
      ...(type === undefined ? {} : { type }),
      ...(filename === undefined ? {} : { filename }),
    });
    for (const part of [
      meta(undefined, '{"tags":["a"]}'),
      meta("application/json", '{"tags":["a"]}', "blob"),
      meta("application/merge-patch+json; charset=utf-8", '{"tags":["a"]}'),
    ]) {
      expect((await send(adapter, "/parts", post(part))).json).toEqual({ meta: { tags: ["a"] } });
    }
    expect((await send(adapter, "/parts", post(meta("text/html", "{}")))).json).toMatchObject({
      status: 415,
      detail: "the part 'meta' must be application/json",
    });
    expect((await send(adapter, "/parts", post(meta(undefined, "{")))).json).toMatchObject({
      status: 422,
      errors: [{ in: "body", path: ["meta"], code: "format", format: "json" }],
    });
    const twice = [meta(undefined, '{"tags":["a"]}'), meta(undefined, '{"tags":["b"]}')];
    expect((await send(adapter, "/parts", post(...twice))).json).toMatchObject({
      status: 422,
      errors: [{ in: "body", path: ["meta"], code: "repeated" }],
    });
    const deep = "[".repeat(10_000);
    expect((await send(adapter, "/parts", post(meta(undefined, deep)))).status).toBe(400);
  });

  it("answers the canonical address by the same rules, and takes JSON there where no file is sent", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=b", "tenon-rpc": "1" };
    const parts = multipart(
      { name: "person[name]", content: "Ada" },
      { name: "person[face]", filename: "f", type: "image/png", content: "xyz" },
    );
    const multi = { method: "POST", headers, body: parts };
    expect((await send(adapter, "/rpc/things.model", multi)).json).toEqual({ name: "Ada", face: 3 });
    const wrong = { ...multi, body: multipart({ name: "person[age]", content: "old" }) };
    expect((await send(adapter, "/rpc/things.model", wrong)).json).toMatchObject({
      errors: [{ path: ["person", "name"] }, { path: ["person", "age"] }],
    });
    const json = (value: unknown): RequestInit => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(value),
    });
    const person = json({ person: { name: "Ada", age: 36 } });
    expect((await send(adapter, "/rpc/things.model", person)).json).toEqual({ name: "Ada", age: 36 });
    expect((await send(adapter, "/rpc/things.whole", json({ title: "t" }))).json).toMatchObject({
      status: 422,
      errors: [{ in: "body", path: ["data"], code: "missing" }],
    });
    const simple = { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" };
    expect((await send(adapter, "/rpc/things.whole", simple)).status).toBe(415);
  });
});
