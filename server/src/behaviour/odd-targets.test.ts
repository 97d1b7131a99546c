import { file, form, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { serve } from "../node.ts";
import { answers, behindEveryAdapter, sendRaw } from "./adapters.ts";

const things = {
  list: procedure.output(z.string()).query(() => "list"),
  read: procedure
    .input({ id: z.string() })
    .output(z.string())
    .query(({ input }) => input.id),
  where: procedure
    .route("GET /where")
    .output(z.string())
    .query(({ ctx }) => `${ctx.url.host}${ctx.url.pathname}`),
  upload: procedure
    .input({ note: form(z.string().optional()), picture: file(z.array(z.file()).default([])) })
    .output(z.unknown())
    .status(200)
    .mutation(async ({ input }) => ({ note: input.note, files: input.picture.map(({ name }) => name) })),
};
const root = { list: procedure.output(z.string()).query(() => "root") };
const make = () =>
  createApp({ things: router(things), root: router(root, { prefix: "" }) }, { onError: () => {} });

behindEveryAdapter("odd targets", (adapter) => {
  it("redirects to the address without its slash, query included, and never off the site", async () => {
    const [slash, post, query, twice, page] = await answers(
      adapter,
      make(),
      ["/things/?a=1&b=%2F"],
      ["/things/upload/", { method: "POST" }],
      ["/things/?"],
      ["/things//"],
      ["/docs/", { method: "POST" }],
    );
    expect([slash?.status, slash?.headers.get("location")]).toEqual([308, "/things?a=1&b=%2F"]);
    expect([post?.status, post?.headers.get("location")]).toEqual([308, "/things/upload"]);
    expect(query?.headers.get("location")).toMatch(/^\/things\??$/);
    expect([twice?.status, page?.status]).toEqual([404, 404]);
  });

  it("answers a page's other methods with 405, and its HEAD without a body", async () => {
    const [post, head] = await answers(
      adapter,
      make(),
      ["/openapi.json", { method: "POST" }],
      ["/openapi.json", { method: "HEAD" }],
    );
    expect([post?.status, post?.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect([head?.status, head?.text]).toEqual([200, ""]);
  });

  it("tells case apart, and takes empty query names as they are", async () => {
    const [upper, empty, only] = await answers(adapter, make(), ["/Things"], ["/things?=x&&="], ["/things?"]);
    expect([upper?.status, empty?.json, only?.json]).toEqual([404, "list", "list"]);
  });

  it("takes multipart names as they are, and parts without one as nothing", async () => {
    const part = (disposition: string, body: string): string =>
      `--b\r\ncontent-disposition: ${disposition}\r\n\r\n${body}\r\n`;
    const send = (...parts: string[]): [string, RequestInit] => [
      "/things/upload",
      {
        method: "POST",
        headers: { "content-type": "multipart/form-data; boundary=b" },
        body: `${parts.join("")}--b--\r\n`,
      },
    ];
    const [files, nameless, prototypes, long] = await answers(
      adapter,
      make(),
      send(
        part('form-data; name="picture"; filename="a\\"b.png"', "x"),
        part("form-data; name=\"picture\"; filename*=UTF-8''%c3%a4.png", "x"),
        part('form-data; name="picture"; filename="../../etc/passwd"', "x"),
      ),
      send(
        part("form-data", "lost"),
        part('form-data; name=""', "lost"),
        part('form-data; name="note"', "n"),
      ),
      send(part('form-data; name="__proto__"', "x"), part('form-data; name="constructor"', "x")),
      send(part(`form-data; name="${"n".repeat(5000)}"`, "x")),
    );
    expect(files?.json).toEqual({ files: ['a"b.png', "ä.png", "passwd"] });
    expect(nameless?.json).toEqual({ note: "n", files: [] });
    expect(prototypes?.json).toEqual({ files: [] });
    expect(long?.status).toBe(200);
  });
});

it("reads targets that no client library sends", async () => {
  const server = await serve(make(), { port: 0, signals: false });
  const ask = async (line: string, headers = "host: x\r\n") =>
    await sendRaw(server.url, `${line} HTTP/1.1\r\n${headers}connection: close\r\n\r\n`);
  const body = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);
  expect(await ask("OPTIONS *")).toMatch(/^HTTP\/1\.1 204 /);
  expect(await ask("GET *")).toMatch(/^HTTP\/1\.1 404 /);
  expect(body(await ask("GET http://evil.example/things/where"))).toBe('"evil.example/things/where"');
  expect(await ask("GET http://evil.example/things/")).toMatch(/location: \/things\r\n/i);
  expect(await ask("GET http://evil.example//evil.example/")).toMatch(/^HTTP\/1\.1 404 /);
  expect(await ask("GET //evil.example/")).toMatch(/^HTTP\/1\.1 404 /);
  expect(body(await ask("GET /things/where", "host: a b\r\n"))).toBe('"localhost/things/where"');
  expect(await ask("GET /things/%2e%2e")).toMatch(/"\.\."$/);
  expect(await ask("GET /things/a#b")).toMatch(/^HTTP\/1\.1 400 /);
  expect(await ask(`GET /things/${"x".repeat(20_000)}`)).toMatch(/^HTTP\/1\.1 431 /);
  await server.stop();
});
