import {
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError, dependency, type Download, download, type Middleware, procedure } from "@tenon/core";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { timeout } from "../middleware/timeout.ts";
import { type Adapter, answers, behindEveryAdapter, json } from "./adapters.ts";

const folder = mkdtempSync(join(tmpdir(), "tenon-downloads-"));
const path = join(folder, "report.txt");
const CHANGED = new Date("2026-01-02T03:04:05.600Z");
writeFileSync(path, "0123456789");
utimesSync(path, CHANGED, CHANGED);
writeFileSync(join(folder, "empty.bin"), "");
afterAll(() => rmSync(folder, { recursive: true }));

const files = {
  list: procedure.output(download("text/plain")).query(() => ({ path })),
  create: procedure.output(download()).mutation(() => ({ path })),
  empty: procedure.output(download()).query(() => ({ path: join(folder, "empty.bin") })),
  bytes: procedure.output(download()).query(() => ({
    body: new TextEncoder().encode("0123456789"),
    filename: "a.json",
    etag: 'W/"weak"',
    lastModified: CHANGED,
  })),
  blob: procedure.output(download("text/plain")).query(() => ({ body: new Blob(["0123456789"]) })),
  made: procedure.output(download()).query(() => ({ body: chunks("01234", "56789"), size: 10, etag: '"1"' })),
};

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const each of texts) {
    yield new TextEncoder().encode(each);
  }
}

/** How often this process has a file open. */
function descriptorsOf(file: string): number {
  return readdirSync("/proc/self/fd").filter((each) => {
    try {
      return readlinkSync(`/proc/self/fd/${each}`) === file;
    } catch {
      // The descriptor of the folder itself, which is closed by now.
      return false;
    }
  }).length;
}

/** A procedure that answers with one download. */
function appOf(make: () => Download & { type?: string }, report: unknown[] = []) {
  const routes = { list: procedure.output(download()).query(make) };
  return createApp({ routes }, { onError: (error) => report.push(String(error)) });
}

async function asked(adapter: Adapter, name: string, ...headers: Record<string, string>[]) {
  const app = createApp({ files });
  return answers(adapter, app, ...headers.map((each) => [`/files${name}`, { headers: each }] as const));
}

behindEveryAdapter("downloads", (adapter) => {
  it("sends a file by its path, with its name, its length and what identifies it", async () => {
    const [reply] = await asked(adapter, "", {});
    expect([reply?.status, reply?.text]).toEqual([200, "0123456789"]);
    const headers = Object.fromEntries(reply?.headers ?? []);
    expect(headers).toMatchObject({
      "content-type": "text/plain",
      "content-length": "10",
      "content-disposition": "attachment; filename=report.txt",
      "x-content-type-options": "nosniff",
      "accept-ranges": "bytes",
      "last-modified": "Fri, 02 Jan 2026 03:04:05 GMT",
    });
    expect(headers["etag"]).toMatch(/^"a-[\da-f]+"$/);
  });

  it.each([
    ["the first byte", "bytes=0-0", 206, "0", "bytes 0-0/10"],
    ["the middle", "bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["the last byte", "bytes=-1", 206, "9", "bytes 9-9/10"],
    ["from some byte on", "bytes=7-", 206, "789", "bytes 7-9/10"],
    ["an end beyond the end", "bytes=8-99", 206, "89", "bytes 8-9/10"],
    ["a suffix longer than the file", "bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["parts that join", "bytes=0-1,2-3", 206, "0123", "bytes 0-3/10"],
    ["parts that do not join", "bytes=0-0,9-9", 200, "0123456789", null],
    ["another unit", "items=0-1", 200, "0123456789", null],
    ["what cannot be read", "bytes=x", 200, "0123456789", null],
    ["an end before its start", "bytes=4-2", 416, undefined, "bytes */10"],
    ["a start beyond the end", "bytes=10-", 416, undefined, "bytes */10"],
    ["a suffix of nothing", "bytes=-0", 416, undefined, "bytes */10"],
  ])("answers a range: %s", async (_name, range, status, text, contentRange) => {
    for (const name of ["", "/bytes", "/blob"]) {
      const [reply] = await asked(adapter, name, { range });
      expect([name, reply?.status, reply?.headers.get("content-range")]).toEqual([
        name,
        status,
        contentRange,
      ]);
      if (text === undefined) {
        expect(reply?.json).toMatchObject({ code: "RANGE_NOT_SATISFIABLE" });
        expect(reply?.headers.get("content-disposition")).toBeNull();
      } else {
        expect(reply?.text).toBe(text);
        expect(reply?.headers.get("content-length")).toBe(String(text.length));
      }
    }
  });

  it("has no range of an empty file but sends its nothing", async () => {
    const [whole, range] = await asked(adapter, "/empty", {}, { range: "bytes=0-" });
    expect([whole?.status, whole?.text, whole?.headers.get("content-length")]).toEqual([200, "", "0"]);
    expect([range?.status, range?.headers.get("content-range")]).toEqual([416, "bytes */0"]);
  });

  it("sends nothing that the caller has already", async () => {
    const [first] = await asked(adapter, "", {});
    const etag = first?.headers.get("etag") as string;
    const since = first?.headers.get("last-modified") as string;
    const replies = await asked(
      adapter,
      "",
      { "if-none-match": etag },
      { "if-none-match": `"other", W/${etag}` },
      { "if-none-match": "*" },
      { "if-modified-since": since },
      { "if-none-match": etag, range: "bytes=0-0" },
      { "if-none-match": '"other"' },
      { "if-none-match": '"other"', "if-modified-since": since },
      { "if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT" },
    );
    expect(replies.map(({ status, text }) => [status, text.length])).toEqual([
      [304, 0],
      [304, 0],
      [304, 0],
      [304, 0],
      [304, 0],
      [200, 10],
      [200, 10],
      [200, 10],
    ]);
    expect(replies[0]?.headers.get("etag")).toBe(etag);
    expect(replies[0]?.headers.get("content-type")).toBeNull();
  });

  it("sends a part only of the version that the caller has", async () => {
    const [first] = await asked(adapter, "", {});
    const etag = first?.headers.get("etag") as string;
    const range = "bytes=0-0";
    const replies = await asked(
      adapter,
      "",
      { range, "if-range": etag },
      { range, "if-range": '"other"' },
      { range, "if-range": `W/${etag}` },
      { range, "if-range": "Fri, 02 Jan 2026 03:04:05 GMT" },
      { range, "if-range": "Fri, 02 Jan 2026 03:04:06 GMT" },
    );
    expect(replies.map(({ status }) => status)).toEqual([206, 200, 200, 206, 200]);
    // A weak tag says that two versions mean the same, not that their bytes fit together.
    const [weak, dated] = await asked(
      adapter,
      "/bytes",
      { range, "if-range": 'W/"weak"' },
      { range, "if-range": CHANGED.toUTCString() },
    );
    expect([weak?.status, dated?.status]).toEqual([200, 206]);
  });

  it("says on 304 what the reply would vary by", async () => {
    const [whole, known] = await asked(adapter, "/bytes", {}, { "if-none-match": 'W/"weak"' });
    expect([known?.status, known?.headers.get("vary")]).toEqual([304, whole?.headers.get("vary")]);
    expect(known?.headers.get("vary")).toBe("accept");
  });

  it("does not make a stream for a caller who has it already, and closes it", async () => {
    let closed = 0;
    const body = new ReadableStream<Uint8Array>({ cancel: () => void closed++ });
    const app = appOf(() => ({ body, etag: '"1"' }));
    const [known] = await answers(adapter, app, ["/routes", { headers: { "if-none-match": '"1"' } }]);
    expect([known?.status, known?.headers.get("etag"), closed]).toEqual([304, '"1"', 1]);
    const [made] = await asked(adapter, "/made", { "if-none-match": '"2"' });
    expect([made?.status, made?.text]).toEqual([200, "0123456789"]);
  });

  it("answers 412 to a caller who asks for another version", async () => {
    const [first] = await asked(adapter, "", {});
    const etag = first?.headers.get("etag") as string;
    const conditions: readonly (readonly [Record<string, string>, number])[] = [
      [{ "if-match": etag }, 200],
      [{ "if-match": `"other", ${etag}` }, 200],
      [{ "if-match": "*" }, 200],
      [{ "if-match": '"other"' }, 412],
      [{ "if-match": `W/${etag}` }, 412],
      [{ "if-match": '"other"', "if-none-match": etag }, 412],
      [{ "if-match": '"other"', range: "bytes=99-" }, 412],
      [{ "if-match": etag, range: "bytes=0-0" }, 206],
      [{ "if-match": etag, "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT" }, 200],
      [{ "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT" }, 412],
      [{ "if-unmodified-since": CHANGED.toUTCString() }, 200],
      [{ "if-unmodified-since": "yesterday" }, 200],
    ];
    const replies = await asked(adapter, "", ...conditions.map(([headers]) => headers));
    expect(replies.map(({ status }) => status)).toEqual(conditions.map(([, status]) => status));
    expect(replies[3]?.json).toMatchObject({ code: "PRECONDITION_FAILED", status: 412 });
    // A weak tag identifies no bytes.
    const [weak] = await asked(adapter, "/bytes", { "if-match": 'W/"weak"' });
    expect(weak?.status).toBe(412);
    const [post] = await answers(adapter, createApp({ files }), [
      "/files",
      { method: "POST", headers: { "if-match": '"other"' } },
    ]);
    expect(post?.status).toBe(201);
  });

  it("answers HEAD with the same headers, whatever range is asked for, and no body", async () => {
    for (const name of ["", "/bytes", "/blob", "/made"]) {
      const [get, head] = await answers(
        adapter,
        createApp({ files }),
        [`/files${name}`],
        [`/files${name}`, { method: "HEAD", headers: { range: "bytes=0-0" } }],
      );
      expect([name, head?.status, head?.text]).toEqual([name, 200, ""]);
      const relevant = (headers: Headers | undefined) =>
        [...(headers ?? [])].filter(([key]) => !["date", "keep-alive", "connection"].includes(key));
      expect(relevant(head?.headers)).toEqual(relevant(get?.headers));
    }
  });

  it("has conditions and ranges at GET alone", async () => {
    const [made, canonical] = await answers(
      adapter,
      createApp({ files }),
      ["/files", { method: "POST", headers: { range: "bytes=0-0", "if-none-match": "*" } }],
      ["/rpc/files.list", json({}, "POST", { range: "bytes=0-0", "if-none-match": "*" })],
    );
    expect([made?.status, made?.text, made?.headers.get("content-type")]).toEqual([
      201,
      "0123456789",
      "text/plain",
    ]);
    expect([canonical?.status, canonical?.text]).toEqual([200, "0123456789"]);
  });

  it("sends a stream under a name, and holds it to the length that it names", async () => {
    const [whole, part] = await asked(adapter, "/made", {}, { range: "bytes=0-0" });
    expect([whole?.text, whole?.headers.get("content-length"), whole?.headers.get("etag")]).toEqual([
      "0123456789",
      "10",
      '"1"',
    ]);
    expect([part?.status, part?.headers.get("accept-ranges")]).toEqual([200, null]);
    for (const [size, sentence] of [
      [3, "more bytes"],
      [11, "fewer bytes"],
    ] as const) {
      const reported: unknown[] = [];
      const opened = await adapter.open(appOf(() => ({ body: chunks("01", "23"), size }), reported));
      await expect(opened.request("/routes").then((response) => response.arrayBuffer())).rejects.toThrow();
      await opened.close();
      expect(String(reported[0])).toContain(sentence);
    }
  });

  it("writes any name, and never another header", async () => {
    const names: readonly (readonly [string, string])[] = [
      ["naïve €.txt", `attachment; filename="na?ve ?.txt"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt`],
      ['a"b\\c.txt', 'attachment; filename="a\\"b\\\\c.txt"'],
    ];
    for (const [filename, expected] of names) {
      const [reply] = await answers(
        adapter,
        appOf(() => ({ path, filename })),
        ["/routes"],
      );
      expect(reply?.headers.get("content-disposition")).toBe(expected);
    }
    const [inline, split] = [
      await answers(
        adapter,
        appOf(() => ({ path, disposition: "inline" })),
        ["/routes"],
      ),
      await answers(
        adapter,
        appOf(() => ({ path, filename: "a\r\nset-cookie: x=1" })),
        ["/routes"],
      ),
    ];
    expect(inline[0]?.headers.get("content-disposition")).toBe("inline; filename=report.txt");
    expect(split[0]?.headers.get("set-cookie")).toBeNull();
  });

  it("takes a media type from the name, unless one is said", async () => {
    const types = await Promise.all(
      [{ filename: "a.svg" }, { filename: "a.unheard-of" }, { type: "image/x-own", filename: "a.svg" }].map(
        async (more) => {
          const [reply] = await answers(
            adapter,
            appOf(() => ({ path, ...more })),
            ["/routes"],
          );
          return reply?.headers.get("content-type");
        },
      ),
    );
    expect(types).toEqual(["image/svg+xml", "application/octet-stream", "image/x-own"]);
  });

  it("answers 500 where there is no such file, unless the procedure says what else", async () => {
    const reported: unknown[] = [];
    const [gone] = await answers(
      adapter,
      appOf(() => ({ path: join(folder, "none") }), reported),
      ["/routes"],
    );
    const [directory] = await answers(
      adapter,
      appOf(() => ({ path: folder }), reported),
      ["/routes"],
    );
    expect([gone?.status, directory?.status]).toEqual([500, 500]);
    expect([String(reported[0]), String(reported[1])]).toEqual([
      expect.stringContaining("ENOENT"),
      expect.stringContaining("is no file"),
    ]);
    const routes = {
      read: procedure
        .input({ id: z.string() })
        .errors({ NOT_FOUND: { status: 404, data: { id: z.string() } } })
        .output(download())
        .query(({ input: { id }, errors }) => ({
          root: folder,
          path: id,
          missing: errors.NOT_FOUND({ id }),
        })),
    };
    const [there, missing] = await answers(
      adapter,
      createApp({ routes }),
      ["/routes/report.txt"],
      ["/routes/none"],
    );
    expect([there?.status, missing?.status, missing?.json]).toEqual([
      200,
      404,
      expect.objectContaining({ data: { id: "none" } }),
    ]);
  });

  it("does not leave its root: by dots, by an absolute path, by a link", async () => {
    const inside = mkdtempSync(join(folder, "root-"));
    symlinkSync(path, join(inside, "link.txt"));
    writeFileSync(join(inside, "..fine.txt"), "ok");
    const reported: unknown[] = [];
    for (const each of ["../report.txt", path, "link.txt", "a/../../report.txt", "x\0"]) {
      const [reply] = await answers(
        adapter,
        appOf(() => ({ root: inside, path: each }), reported),
        ["/routes"],
      );
      expect([each, reply?.status]).toEqual([each, 500]);
    }
    const [fine] = await answers(
      adapter,
      appOf(() => ({ root: inside, path: "..fine.txt" })),
      ["/routes"],
    );
    expect(fine?.text).toBe("ok");
  });

  it("breaks off where a file becomes shorter while it is sent, and reports it", async () => {
    const large = join(folder, `large-${adapter.name}.bin`);
    writeFileSync(large, new Uint8Array(8 * 1024 * 1024));
    const reported: unknown[] = [];
    const opened = await adapter.open(appOf(() => ({ path: large }), reported));
    const response = await opened.request("/routes");
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    truncateSync(large, 0);
    const drain = async (): Promise<void> => {
      while (!(await reader.read()).done) {
        // Nothing to do with what is left.
      }
    };
    await expect(drain()).rejects.toThrow();
    await opened.close();
    expect(String(reported[0])).toContain("became shorter");
  });

  it("serves many parts of one file at once, each with its own bytes", async () => {
    const parted = join(folder, `parted-${adapter.name}.bin`);
    const bytes = Uint8Array.from({ length: 700_000 }, (_each, index) => (index * 31) % 251);
    writeFileSync(parted, bytes);
    const opened = await adapter.open(appOf(() => ({ path: parted })));
    const size = 35_001;
    const parts = await Promise.all(
      Array.from({ length: 20 }, async (_each, index) => {
        const range = `bytes=${index * size}-${(index + 1) * size - 1}`;
        const response = await opened.request("/routes", { headers: { range } });
        return [response.status, Buffer.from(await response.arrayBuffer())] as const;
      }),
    );
    await opened.close();
    expect(new Set(parts.map(([status]) => status))).toEqual(new Set([206]));
    expect(Buffer.concat(parts.map(([, part]) => part)).equals(bytes)).toBe(true);
  });

  it("reads a file at the caller's pace, and closes it when the caller leaves", async () => {
    const large = join(folder, `left-${adapter.name}.bin`);
    writeFileSync(large, "");
    truncateSync(large, 256 * 1024 * 1024);
    const opened = await adapter.open(appOf(() => ({ path: large })));
    const before = process.memoryUsage().arrayBuffers;
    const response = await opened.request("/routes");
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    expect(descriptorsOf(large)).toBe(1);
    // Who does not read makes nobody else read: nothing of 256 MiB is held but what a connection holds.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    await reader.cancel();
    await expect.poll(() => descriptorsOf(large)).toBe(0);
    await opened.close();
  });

  it("closes a file that nobody is sent: too late, or replaced by a middleware, or by a failed commit", async () => {
    const unsent = join(folder, `unsent-${adapter.name}.bin`);
    writeFileSync(unsent, "0123456789");
    const failing = dependency.resolve(async function* () {
      yield 1;
      throw new Error("the commit failed");
    });
    const refuse: Middleware = {
      name: "refuse",
      errors: { CLOSED: { status: 409 } },
      async handle(_context, next) {
        await next();
        throw new ApiError("CLOSED", 409, undefined);
      },
    };
    const closing = procedure.output(download());
    const routes = {
      late: closing.wrap(timeout(20)).query(async ({ signal }) => {
        await new Promise((aborted) => signal.addEventListener("abort", aborted));
        return { path: unsent };
      }),
      replaced: closing.wrap(refuse).query(() => ({ path: unsent })),
      failed: closing.use({ failing }).query(() => ({ path: unsent })),
    };
    const app = createApp({ routes }, { onError: () => {} });
    const opened = await adapter.open(app);
    const statuses = [];
    for (const name of Object.keys(routes)) {
      statuses.push((await opened.request(`/routes/${name}`)).status);
    }
    expect(statuses).toEqual([503, 409, 500]);
    await expect.poll(() => descriptorsOf(unsent)).toBe(0);
    await opened.close();
  });

  it("refuses what is no download, and a tag without quotes", async () => {
    const reported: unknown[] = [];
    const wrong: unknown[] = [
      null,
      {},
      { path, body: new Uint8Array() },
      { path: 7 },
      { body: "x" },
      { path, etag: "x" },
    ];
    for (const each of wrong) {
      const [reply] = await answers(
        adapter,
        appOf(() => each as never, reported),
        ["/routes"],
      );
      expect(reply?.status).toBe(500);
    }
    expect(reported).toHaveLength(wrong.length);
    expect(reported.every((each) => String(each).startsWith("OutputError"))).toBe(true);
  });
});

it("closes every file that it opened: read, refused, conditional, left", async () => {
  const count = (): number => descriptorsOf(path);
  const app = createApp({ files }, { onError: () => {} });
  const send = (headers: Record<string, string>, method = "GET"): Promise<Response> =>
    app.fetch(new Request("http://host/files", { method, headers }));
  await (await send({})).text();
  for (let round = 0; round < 10; round++) {
    await (await send({})).text();
    await (await send({}, "HEAD")).text();
    await (await send({ "if-none-match": "*" })).text();
    await (await send({ range: "bytes=99-" })).text();
    await (await send({ range: "bytes=1-2" })).text();
    await (await send({})).body?.cancel();
  }
  await expect.poll(count).toBe(0);
});
