import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { procedure } from "@tenon/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../index.ts";
import { staticFiles } from "../static.ts";
import { answers, behindEveryAdapter } from "./adapters.ts";

const folder = mkdtempSync(join(tmpdir(), "static-"));
const dir = join(folder, "public");
beforeAll(() => {
  mkdirSync(join(dir, "docs"), { recursive: true });
  mkdirSync(join(dir, ".well-known"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(dir, "sample.txt"), "This is a sample static file.");
  writeFileSync(join(dir, "styles.css"), "h1 {}");
  writeFileSync(join(dir, "app.3f2a91bc.js"), "1");
  writeFileSync(join(dir, "index.html"), "<title>Home</title>");
  writeFileSync(join(dir, "404.html"), "<title>Gone</title>");
  writeFileSync(join(dir, "docs", "index.html"), "<title>Docs</title>");
  writeFileSync(join(dir, "data.json"), "{}");
  writeFileSync(join(dir, "data.json.br"), "br");
  writeFileSync(join(dir, ".env"), "SECRET=1");
  writeFileSync(join(dir, ".well-known", "security.txt"), "Contact: us");
  symlinkSync(join(folder, "secret.txt"), join(dir, "link.txt"));
  symlinkSync(join(dir, "sample.txt"), join(dir, "inside.txt"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const routes = {
  items: {
    list: procedure.output(z.array(z.string())).query(() => []),
  },
};
const app = () =>
  createApp(routes, { mounts: { "/static": staticFiles({ dir, precompressed: true, maxAge: 60 }) } });
const site = () => createApp(routes, { mounts: { "/": staticFiles({ dir, fallback: "index.html" }) } });
const page = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };

behindEveryAdapter("static files", (adapter) => {
  it("have a type, validators, ranges and no name to be saved under", async () => {
    const [whole, part, head, css] = await answers(
      adapter,
      app(),
      ["/static/sample.txt"],
      ["/static/sample.txt", { headers: { range: "bytes=0-3" } }],
      ["/static/sample.txt", { method: "HEAD" }],
      ["/static/styles.css"],
    );
    expect([whole?.status, whole?.text]).toEqual([200, "This is a sample static file."]);
    expect(whole?.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(whole?.headers.get("etag")).toMatch(/^"/);
    expect(whole?.headers.get("last-modified")).not.toBeNull();
    expect(whole?.headers.get("accept-ranges")).toBe("bytes");
    expect(whole?.headers.get("content-disposition")).toBeNull();
    expect(whole?.headers.get("x-content-type-options")).toBe("nosniff");
    expect([part?.status, part?.text, part?.headers.get("content-range")]).toEqual([
      206,
      "This",
      "bytes 0-3/29",
    ]);
    expect([head?.status, head?.text, head?.headers.get("content-length")]).toEqual([200, "", "29"]);
    expect(css?.headers.get("content-type")).toBe("text/css; charset=utf-8");
    const [known] = await answers(adapter, app(), [
      "/static/sample.txt",
      { headers: { "if-none-match": whole?.headers.get("etag") as string } },
    ]);
    expect([known?.status, known?.text]).toEqual([304, ""]);
  });

  it("are fresh for as long as is said, and for a year where the name holds a hash", async () => {
    const [usual, hashed] = await answers(
      adapter,
      app(),
      ["/static/sample.txt"],
      ["/static/app.3f2a91bc.js"],
    );
    expect(usual?.headers.get("cache-control")).toBe("public, max-age=60");
    expect(hashed?.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it("come compressed where that is there and accepted", async () => {
    const [br, plain, never] = await answers(
      adapter,
      app(),
      ["/static/data.json", { headers: { "accept-encoding": "br" } }],
      ["/static/data.json", { headers: { "accept-encoding": "identity" } }],
      ["/static/data.json", { headers: { "accept-encoding": "br;q=0" } }],
    );
    // fetch would decode it: the type and the tag say which file it is.
    expect(br?.headers.get("vary")).toBe("accept-encoding");
    expect(br?.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(br?.headers.get("etag")).not.toBe(plain?.headers.get("etag"));
    expect([plain?.text, never?.text]).toEqual(["{}", "{}"]);
    expect(plain?.headers.get("vary")).toBe("accept-encoding");
  });

  it.each([
    "/static/missing.txt",
    "/static/../secret.txt",
    "/static/%2e%2e/secret.txt",
    "/static/..%2fsecret.txt",
    "/static/..%5csecret.txt",
    "/static/link.txt",
    "/static/.env",
    "/static/sample.txt/",
    "/static/sample.txt/x",
    "/static//sample.txt",
    "/static/%00",
    "/static/C:%2f",
    `/static/${"x".repeat(5000)}`,
  ])("do not lead to %s", async (path) => {
    const [missing] = await answers(adapter, app(), [path]);
    expect([404, 400]).toContain(missing?.status);
    expect(missing?.text).not.toContain("secret");
    expect(missing?.text).not.toContain(folder);
  });

  it("come in the coding that is preferred", async () => {
    writeFileSync(join(dir, "both.json"), "{}");
    writeFileSync(join(dir, "both.json.br"), "br");
    writeFileSync(join(dir, "both.json.gz"), "gzip");
    const etag = async (accepted: string) => {
      const headers = { "accept-encoding": accepted };
      const [reply] = await answers(adapter, app(), ["/static/both.json", { method: "HEAD", headers }]);
      return /(br|gzip)?"$/.exec(reply?.headers.get("etag") ?? "")?.[1];
    };
    expect(await etag("gzip, br")).toBe("br");
    expect(await etag("gzip;q=1, br;q=0.1")).toBe("gzip");
    expect(await etag("br;q=0, gzip")).toBe("gzip");
    expect(await etag("identity")).toBeUndefined();
  });

  it("send to the folder that has a page, below wherever they are", async () => {
    const placed = createApp(routes, { basePath: "/api", mounts: { "/static": staticFiles({ dir }) } });
    const [folderOf, asked, none] = await answers(
      adapter,
      placed,
      ["/static/docs?a=1"],
      ["/api/static/docs"],
      ["/static/.well-known"],
    );
    expect([folderOf?.status, folderOf?.headers.get("location")]).toEqual([308, "/api/static/docs/?a=1"]);
    expect(asked?.headers.get("location")).toBe("/api/static/docs/");
    expect(none?.status).toBe(404);
  });

  it("follow links inside, show folders by their index, and serve what is well known", async () => {
    const [inside, index, docs, known] = await answers(
      adapter,
      app(),
      ["/static/inside.txt"],
      ["/static/"],
      ["/static/docs/"],
      ["/static/.well-known/security.txt"],
    );
    expect(inside?.text).toBe("This is a sample static file.");
    expect([index?.text, docs?.text]).toEqual(["<title>Home</title>", "<title>Docs</title>"]);
    expect(known?.text).toBe("Contact: us");
  });

  it("are there to be read, and in no document", async () => {
    const [there, missing, document] = await answers(
      adapter,
      app(),
      ["/static/sample.txt", { method: "POST" }],
      ["/static/missing.txt", { method: "POST" }],
      ["/openapi.json"],
    );
    expect([there?.status, there?.headers.get("allow"), missing?.status]).toEqual([405, "GET, HEAD", 404]);
    expect(Object.keys((document as { json: { paths: object } }).json.paths)).toEqual(["/items"]);
  });
});

behindEveryAdapter("a front end", (adapter) => {
  it("has its page where a browser navigates, and the operations before it", async () => {
    const [root, deep, item, script, code, never, post, wrong, head] = await answers(
      adapter,
      site(),
      ["/", page],
      ["/dash/set", page],
      ["/items", page],
      ["/missing.js", page],
      ["/dash/set"],
      ["/dash/set", { headers: { accept: "text/html;q=0, */*" } }],
      ["/dash", { method: "POST", ...page }],
      ["/items", { method: "DELETE", ...page }],
      ["/dash", { method: "HEAD", ...page }],
    );
    expect([root?.text, deep?.text]).toEqual(["<title>Home</title>", "<title>Home</title>"]);
    expect(deep?.headers.get("vary")).toBe("accept");
    expect(item?.json).toEqual([]);
    expect([script, code, never, post].map((reply) => reply?.status)).toEqual([404, 404, 404, 404]);
    expect(code?.json).toMatchObject({ code: "ROUTE_NOT_FOUND" });
    expect(wrong?.status).toBe(405);
    expect([head?.status, head?.text]).toEqual([200, ""]);
  });

  it("may have a page for what is gone instead", async () => {
    const gone = createApp(routes, { mounts: { "/": staticFiles({ dir, notFound: "404.html" }) } });
    const [missing] = await answers(adapter, gone, ["/nowhere", page]);
    expect([missing?.status, missing?.text]).toEqual([404, "<title>Gone</title>"]);
    expect(missing?.headers.get("content-type")).toBe("text/html; charset=utf-8");
  });
});

behindEveryAdapter("several front ends", (adapter) => {
  it("answer each for what is below it", async () => {
    const admin = join(folder, "admin");
    mkdirSync(admin, { recursive: true });
    writeFileSync(join(admin, "index.html"), "<title>Admin</title>");
    const both = createApp(routes, {
      mounts: {
        "/": staticFiles({ dir, fallback: "index.html" }),
        "/admin": staticFiles({ dir: admin, fallback: "index.html" }),
      },
    });
    const [home, inside, near] = await answers(
      adapter,
      both,
      ["/users", page],
      ["/admin/users", page],
      ["/administration", page],
    );
    expect([home?.text, inside?.text, near?.text]).toEqual([
      "<title>Home</title>",
      "<title>Admin</title>",
      "<title>Home</title>",
    ]);
  });
});

it("need their pages when the application starts, unless they may come later", async () => {
  const missing = { dir, fallback: "none.html" };
  const start = (options: Parameters<typeof staticFiles>[0]) =>
    createApp(routes, { mounts: { "/": staticFiles(options) } }).start();
  await expect(start(missing)).rejects.toThrow("there is no page 'none.html'");
  await expect(start({ ...missing, optional: true })).resolves.toBeUndefined();
  await expect(start({ dir: join(folder, "none"), optional: true })).resolves.toBeUndefined();
});

it("need their folder when the application starts", async () => {
  const app = createApp(routes, { mounts: { "/static": staticFiles({ dir: join(folder, "none") }) } });
  await expect(app.start()).rejects.toThrow("staticFiles: there is no folder");
});
