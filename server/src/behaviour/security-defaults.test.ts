import { readdirSync, readFileSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket as NodeWebSocket } from "ws";
import { serve } from "../node.ts";
import { ADAPTERS, type Adapter, json, type Opened, sendRaw } from "./adapters.ts";
import { exact } from "./exact.ts";
import { chunkedRequest, multipart, multipartRequest } from "./multipart.ts";
import { makeTarget, type Target } from "./security-defaults-app.ts";

/** An application that says nothing about security, behind an adapter. */
interface Attacked extends Target {
  readonly opened: Opened;
  readonly adapter: Adapter;
}

/** One line of the table in docs/security.md, and the attack that proves it. */
interface Default {
  readonly subject: string;
  /** What only bytes on a connection can do. */
  readonly isRaw: boolean;
  readonly attack: string;
  /** What happens to it where the application says nothing. */
  readonly answer: string;
  /** How an application says otherwise. */
  readonly change: string;
  readonly attempt: (attacked: Attacked) => Promise<void>;
}

const defaults: Default[] = [];

type Line = readonly [
  attack: string,
  answer: string,
  change: string,
  attempt: Default["attempt"],
  over?: "connections",
];

/** Declares the attacks on one subject. */
function subject(name: string, ...lines: readonly Line[]): void {
  for (const [attack, answer, change, attempt, over] of lines) {
    defaults.push({ subject: name, attack, answer, change, attempt, isRaw: over === "connections" });
  }
}

const bearer = { authorization: "Bearer t" };
const status = async (reply: Promise<Response>): Promise<number> => {
  const response = await reply;
  await response.arrayBuffer();
  return response.status;
};

subject(
  "Bodies",
  [
    "a body without end, whatever length it declares",
    "413 past 1 MiB; a declared length is refused before a byte is read",
    "`limits: { body }`, `bodyLimit(bytes)`",
    async ({ opened, seen }) => {
      const large = JSON.stringify({ title: "x".repeat(1024 * 1024) });
      expect(await status(opened.request("/notes", { ...json(0), body: large }))).toBe(413);
      const { body, ...chunks } = chunkedRequest(new TextEncoder().encode(large));
      const init = { ...chunks, body: body as BodyInit, headers: { "content-type": "application/json" } };
      expect(await status(opened.request("/notes", init))).toBe(413);
      expect(seen.bodies).toEqual([]);
    },
  ],
  [
    "JSON nested until a parser's stack ends",
    "400 past 64 levels, where a schema could follow it down",
    "a schema that is not recursive",
    async ({ opened }) => {
      const nested = `{"tree":${'{"children":['.repeat(40)}${"]}".repeat(40)}}`;
      expect(await status(opened.request("/tree", { ...json(0), body: nested }))).toBe(400);
      const deep = `{"title":${"[".repeat(100_000)}`;
      expect(await status(opened.request("/notes", { ...json(0), body: deep }))).toBe(400);
    },
  ],
  [
    "a small compressed body that becomes a huge one",
    "415: no body is decompressed",
    "`decompress({ limit })`, which counts what comes out",
    async ({ opened }) => {
      const init = json({ title: "x" }, "POST", { "content-encoding": "gzip" });
      expect(await status(opened.request("/notes", init))).toBe(415);
    },
  ],
  [
    "JSON under a media type that any page may send without being asked (`text/plain`)",
    "415",
    "`body(schema, { types })`",
    async ({ opened, seen }) => {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]) {
        const init = { method: "POST", headers: { "content-type": type }, body: '{"title":"x"}' };
        expect(await status(opened.request("/notes", init)), type).toBe(415);
        expect(await status(opened.request("/rpc/open.create", init)), type).toBe(415);
      }
      expect(seen.bodies).toEqual([]);
    },
  ],
  [
    "`__proto__` and `constructor` in JSON, queries and forms",
    "plain keys at most; no prototype is changed",
    "–",
    async ({ opened, seen }) => {
      const poison = '{"title":"x","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}';
      await status(
        opened.request("/notes?__proto__[admin]=1&constructor[prototype][admin]=1", {
          ...json(0),
          body: poison,
        }),
      );
      const record = `{"values":${poison}}`;
      expect(await (await opened.request("/record", { ...json(0), body: record })).json()).not.toContain(
        "admin",
      );
      await status(
        opened.request("/upload", multipartRequest(multipart({ name: "__proto__[admin]", content: "1" }))),
      );
      expect(({} as { admin?: unknown }).admin).toBeUndefined();
      for (const body of seen.bodies as { admin?: unknown; values?: { admin?: unknown } }[]) {
        expect(body.admin ?? body.values?.admin).toBeUndefined();
      }
    },
  ],
  [
    "fields that the schema does not have: `isAdmin`",
    "dropped before the handler",
    "`z.strictObject` refuses them, `z.looseObject` keeps them",
    async ({ opened, seen }) => {
      await status(opened.request("/notes", json({ title: "x", isAdmin: true })));
      expect(seen.bodies).toEqual([{ title: "x" }]);
    },
  ],
  [
    'values of another type that happen to convert: `"1"`, `true`, `[1]` for a number',
    "422",
    "another schema",
    async ({ opened, seen }) => {
      for (const count of ["1", true, [1], 1.5, null]) {
        expect(await status(opened.request("/notes", json({ title: "x", count })))).toBe(422);
      }
      expect(seen.bodies).toEqual([]);
    },
  ],
  [
    "a text that makes a regular expression run for years",
    "length limits are checked first, and alone where they fail",
    "–: give every pattern a `.max`",
    async ({ opened }) => {
      const word = `${"a".repeat(5000)}!`;
      expect(await status(opened.request("/pattern", json({ word })))).toBe(422);
    },
  ],
  [
    "200,000 wrong items, for as many complaints",
    "422 with 50 issues and `truncated`; no value is repeated",
    "–",
    async ({ opened }) => {
      const tags = Array.from({ length: 200_000 }, () => "\u0416");
      const text = await (await opened.request("/notes", json({ title: "x", tags }))).text();
      const problem = JSON.parse(text) as { errors: unknown[]; truncated: boolean };
      expect([problem.errors.length, problem.truncated]).toEqual([50, true]);
      expect(text).not.toContain("\u0416");
    },
  ],
);

subject(
  "Uploads",
  [
    "a file without end",
    "413 past 10 MiB a file, 50 MiB a request",
    "`file({ maxBytes })`, `limits: { upload }`",
    async ({ opened, seen }) => {
      const picture = { name: "picture", filename: "a", content: new Uint8Array(10 * 1024 * 1024 + 1) };
      expect(await status(opened.request("/upload", multipartRequest(multipart(picture))))).toBe(413);
      expect(seen.files).toEqual([]);
    },
  ],
  [
    "a form of countless parts",
    "413 past 1000",
    "`limits: { upload: { parts } }`",
    async ({ opened }) => {
      const parts = Array.from({ length: 1001 }, () => ({ name: "note", content: "" }));
      expect(await status(opened.request("/upload", multipartRequest(multipart(...parts))))).toBe(413);
    },
  ],
  [
    "a text part without end",
    "413 past 1 MiB",
    "`limits: { upload: { text } }`",
    async ({ opened }) => {
      const note = { name: "note", content: "x".repeat(1024 * 1024 + 1) };
      expect(await status(opened.request("/upload", multipartRequest(multipart(note))))).toBe(413);
    },
  ],
  [
    "somebody else on the machine who reads what is being uploaded",
    "temporary files are the server's alone, and gone with the request",
    "`spool`",
    async ({ opened, seen }) => {
      const modes: number[] = [];
      seen.whileUploading = () => {
        for (const folder of readdirSync(tmpdir()).filter((name) => name.startsWith("tenon-uploads-"))) {
          const facts = statSync(join(tmpdir(), folder), { throwIfNoEntry: false });
          modes.push(...(facts?.isDirectory() === true ? [facts.mode & 0o077] : []));
        }
      };
      const picture = { name: "picture", filename: "a", content: new Uint8Array(2 * 1024 * 1024) };
      await status(opened.request("/upload", multipartRequest(multipart(picture))));
      expect(modes.length).toBeGreaterThan(0);
      expect(new Set(modes)).toEqual(new Set([0]));
    },
  ],
  [
    "a file name that is a path",
    "a name is never a path: what is before its last slash is gone, nothing is written under it",
    "–",
    async ({ opened, seen }) => {
      for (const filename of ["../../etc/passwd", "/etc/passwd", "..\\\\..\\\\passwd", "C:\\\\x\\\\passwd"]) {
        const picture = { name: "picture", filename, content: "x" };
        await status(opened.request("/upload", multipartRequest(multipart(picture))));
      }
      expect(seen.files.map(({ name }) => name)).toEqual(["passwd", "passwd", "passwd", "passwd"]);
    },
  ],
);

subject(
  "Addresses",
  [
    "thousands of query parameters, or keys that collide",
    "400 past 1000",
    "–",
    async ({ opened }) => {
      const text = Array.from({ length: 1001 }, (_, index) => `k${index}=1`).join("&");
      expect(await status(opened.request(`/notes?${text}`))).toBe(400);
    },
  ],
  [
    "one parameter twice, to be read in two ways",
    "422",
    "`z.array(…)`",
    async ({ opened }) => {
      expect(await status(opened.request("/notes?limit=1&limit=100"))).toBe(422);
    },
  ],
  [
    "control characters, broken escapes and backslashes in a path",
    "400 or 404, and no handler",
    "–",
    async ({ opened }) => {
      for (const path of ["/notes%00", "/notes%zz", "/%5cnotes", "/notes%0d%0a"]) {
        expect([400, 404], path).toContain(await status(opened.request(path)));
      }
    },
  ],
  [
    "names of `Object.prototype` as paths or procedures",
    "404",
    "–",
    async ({ opened }) => {
      for (const path of ["/__proto__", "/constructor", "/toString", "/static/__proto__"]) {
        expect(await status(opened.request(path)), path).toBe(404);
      }
      const named = await opened.request("/named?name=constructor");
      expect([named.status, named.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
      for (const name of ["constructor", "open.constructor", "open.__proto__", "open.toString"]) {
        expect(await status(opened.request(`/rpc/${name}`, json({}))), name).toBe(404);
      }
    },
  ],
  [
    "a path out of a served folder, by `..`, escapes or symbolic links",
    "404",
    "–",
    async ({ opened }) => {
      const paths = ["..%2fsecret.txt", "%2e%2e%2fsecret.txt", "..%5csecret.txt", "link.txt", "%00", ".env"];
      for (const path of paths) {
        const response = await opened.request(`/static/${path}`);
        expect([400, 404], path).toContain(response.status);
        expect(await response.text()).not.toMatch(/secret|SECRET/);
      }
    },
  ],
  [
    "the same in bytes that no library would send",
    "400 or 404",
    "–",
    async ({ opened }) => {
      for (const path of [
        "/static/../secret.txt",
        "/static/..\\secret.txt",
        "/notes\\",
        "/n\u0416tes",
        "/\u0001",
      ]) {
        const reply = await sendRaw(
          opened.url,
          `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
        );
        expect(reply, path).toMatch(/^HTTP\/1\.1 40[04]/);
      }
    },
    "connections",
  ],
  [
    "a path out of the folder of a download",
    "never sent: 500, and reported",
    "–: `missing` says what is told instead",
    async ({ opened, seen }) => {
      for (const path of ["../secret.txt", "/etc/passwd", "link.txt"]) {
        const response = await opened.request(`/report?path=${encodeURIComponent(path)}`);
        expect(response.status, path).toBeGreaterThanOrEqual(400);
        expect(await response.text()).not.toContain("secret");
      }
      expect(seen.reported).toHaveLength(3);
    },
  ],
  [
    "a slash that turns a redirect into another site: `//evil.example/`",
    "no redirect; the only one there is goes to a path of the app",
    "–",
    async ({ opened }) => {
      const response = await opened.request("/notes/");
      expect([response.status, response.headers.get("location")]).toEqual([308, "/notes"]);
      for (const path of ["//evil.example/", "//notes/", "/%2fevil.example/"]) {
        expect((await opened.request(path)).headers.get("location"), path).toBeNull();
      }
    },
  ],
);

subject(
  "Replies",
  [
    "an error that tells of the inside",
    "500 without message or stack; `onError` has both, under the same `instance`",
    "declared errors",
    async ({ opened, seen }) => {
      const response = await opened.request("/broken");
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(text).not.toMatch(/hunter2|\.ts|node_modules| at /);
      expect(seen.reported).toEqual(["the password of the database is hunter2"]);
    },
  ],
  [
    "fields that a handler gives away by mistake: `hash`",
    "stripped at every depth; a reply that breaks its promise is a 500",
    "`json(schema, { trust: true })` skips the check",
    async ({ opened }) => {
      expect(await (await opened.request("/leaky")).json()).toEqual({ id: 1, friends: [{ id: 2 }] });
      const liar = await opened.request("/liar");
      expect(liar.status).toBe(500);
      expect(await liar.text()).not.toContain("secret");
    },
  ],
  [
    "line ends in what becomes a header, a cookie or a file name",
    "500, or encoded; no header is ever split",
    "–",
    async ({ opened }) => {
      const evil = encodeURIComponent("x\r\nset-cookie: sid=evil");
      for (const path of [
        `/head?said=${evil}`,
        `/head?name=${evil}&said=x`,
        `/named?name=${evil}`,
        `/moved?to=${evil}`,
      ]) {
        const response = await opened.request(path);
        expect(response.headers.getSetCookie(), path).toEqual([]);
      }
      const cookie = await opened.request(`/remember?value=${evil}`, { method: "POST" });
      expect(cookie.headers.getSetCookie().join()).not.toContain("sid=evil\r");
      expect(cookie.headers.getSetCookie().length).toBeLessThanOrEqual(1);
    },
  ],
  [
    "a second length, for a proxy to see another reply",
    "500: `Content-Length` and `Transfer-Encoding` are the server's own",
    "–",
    async ({ opened }) => {
      expect(await status(opened.request("/head?name=content-length&said=1"))).toBe(500);
      expect(await status(opened.request("/head?name=transfer-encoding&said=chunked"))).toBe(500);
    },
  ],
  [
    "a shared cache that keeps a reply to somebody's credentials",
    "`Cache-Control: private, no-store`",
    "`cache({ control })`, the handler's own header",
    async ({ opened }) => {
      const response = await opened.request("/account", { headers: bearer });
      expect(response.headers.get("cache-control")).toBe("private, no-store");
    },
  ],
  [
    "a script that reads a cookie, a cookie that travels in the clear or from other sites",
    "`HttpOnly`, `Secure`, `SameSite=Lax`, `Path=/`",
    "`ctx.cookies.set(name, value, attributes)`",
    async ({ opened }) => {
      const response = await opened.request("/remember?value=1", { method: "POST" });
      expect(response.headers.getSetCookie()).toEqual(["seen=1; Path=/; HttpOnly; Secure; SameSite=Lax"]);
    },
  ],
  [
    "files that a browser takes for something else",
    "`X-Content-Type-Options: nosniff`, and a name to be saved under",
    "–",
    async ({ opened }) => {
      const file = await opened.request("/static/page.txt");
      expect(file.headers.get("x-content-type-options")).toBe("nosniff");
      const named = await opened.request("/named?name=a.html");
      expect(named.headers.get("x-content-type-options")).toBe("nosniff");
      expect(named.headers.get("content-disposition")).toBe("attachment; filename=a.html");
    },
  ],
  [
    "what answers, and in which version",
    "not told: neither `Server` nor `X-Powered-By`",
    "–",
    async ({ opened }) => {
      const { headers } = await opened.request("/notes");
      expect([headers.get("server"), headers.get("x-powered-by")]).toEqual([null, null]);
    },
  ],
  [
    "scripts in the docs, and the docs in a frame",
    "everything is escaped; a policy without inline scripts, other origins or frames; no referrer",
    "`docs: false`",
    async ({ opened }) => {
      const response = await opened.request("/docs");
      expect(response.headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
      const html = await response.text();
      expect(html).not.toContain("<script>alert");
      expect(html).not.toMatch(/<img[^>]*onerror/);
    },
  ],
);

subject(
  "Callers",
  [
    "no credential, an empty one, one of another kind",
    "401 with the scheme's challenge, and no word on why",
    '`missing: "FORBIDDEN"`, `security.optional(…)`',
    async ({ opened }) => {
      for (const authorization of [undefined, "", "Bearer", "Bearer ", "Basic dDp0", "bearert"]) {
        const init = authorization === undefined ? {} : { headers: { authorization } };
        const response = await opened.request("/account", init);
        expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
        expect(await response.json()).toEqual({
          type: "about:blank",
          title: "Unauthorized",
          status: 401,
          code: "UNAUTHENTICATED",
        });
      }
    },
  ],
  [
    "work for a body that nobody admitted",
    "401 before a byte of it is looked at",
    "–",
    async ({ opened }) => {
      const init = { ...json(0), body: "x".repeat(2 * 1024 * 1024) };
      expect(await status(opened.request("/account", init))).toBe(401);
    },
  ],
);

subject(
  "Pages of other sites",
  [
    "a page of another site that reads replies",
    "it may not: no CORS header, no answer to its preflight",
    "`cors({ origins })`",
    async ({ opened }) => {
      const headers = { origin: "https://evil.example", "access-control-request-method": "PUT" };
      for (const init of [{ headers }, { method: "OPTIONS", headers }]) {
        const response = await opened.request("/notes", init);
        expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    },
  ],
  [
    "a page of another site that acts by the caller's cookie",
    "403 by `Sec-Fetch-Site`, or by `Origin` where an old browser sends that alone; at both addresses",
    "`origins` of the app; `csrf()` for what no security scheme protects",
    async ({ opened, seen }) => {
      const cookie = "sid=1";
      const type = { "content-type": "application/json" };
      for (const from of [
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
        { origin: "https://evil.example" },
        { origin: "null" },
      ]) {
        const init = { method: "POST", headers: { cookie, ...type, ...(from as Record<string, string>) } };
        expect(await status(opened.request("/transfer", init))).toBe(403);
        expect(await status(opened.request("/rpc/closed.transfer", { ...init, body: "{}" }))).toBe(403);
      }
      expect(seen.transfers).toBe(0);
    },
  ],
  [
    "a page of another site that opens a socket by the caller's cookie",
    "403",
    "`origins` of the app",
    async ({ opened, adapter }) => {
      const headers = { cookie: "sid=1", origin: "https://evil.example" };
      if (adapter.name === "node") {
        expect(await handshake(`${opened.url}/talk`, headers)).toBe(403);
      } else {
        const upgrade = { connection: "upgrade", upgrade: "websocket" };
        expect(await status(opened.request("/talk", { headers: { ...headers, ...upgrade } }))).toBe(403);
      }
    },
  ],
);

subject(
  "Who calls, and whom",
  [
    "a forged `X-Forwarded-For`, `Forwarded` or `X-Real-IP`",
    "not believed: `ctx.ip` is the connection's other end",
    "`trustProxy` of the app",
    async ({ opened }) => {
      const headers = {
        "x-forwarded-for": "1.2.3.4",
        "x-real-ip": "1.2.3.4",
        forwarded: "for=1.2.3.4;proto=https;host=evil.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
      };
      const { ip, origin } = (await (await opened.request("/whence", { headers })).json()) as {
        ip: string;
        origin: string;
      };
      expect(ip).not.toBe("1.2.3.4");
      expect(origin).toBe(opened.url);
    },
  ],
  [
    "a `Host` that somebody invented, in links and redirects",
    "redirects are paths; nothing that the app sends is made from it",
    "`trustedHost({ hosts })`",
    async ({ opened }) => {
      const reply = await exact(opened, "/notes/", { headers: { host: "evil.example" } });
      expect([reply.status, reply.headers.get("location")]).toEqual([308, "/notes"]);
      const document = await exact(opened, "/openapi.json", { headers: { host: "evil.example" } });
      expect(document.text).not.toContain("evil.example");
    },
  ],
);

subject(
  "Connections",
  [
    "two lengths of one body, for a proxy to see another request",
    "400, and the connection closes",
    "–",
    async ({ opened }) => {
      const head = "POST /notes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
      const both = `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nhost: x\r\n\r\n`;
      const twice = `${head}content-length: 4\r\ncontent-length: 5\r\n\r\n{}   `;
      for (const text of [both, twice]) {
        const reply = await sendRaw(opened.url, text);
        expect(reply.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 400"]);
      }
    },
    "connections",
  ],
  [
    "heads without end",
    "431 past 16 KiB",
    "Node's `--max-http-header-size`",
    async ({ opened }) => {
      const text = `GET /notes HTTP/1.1\r\nhost: x\r\nx: ${"x".repeat(17_000)}\r\n\r\n`;
      expect(await sendRaw(opened.url, text)).toMatch(/^HTTP\/1\.1 431/);
    },
    "connections",
  ],
  [
    "heads and bodies that arrive a byte a minute, connections that say nothing",
    "20 s for a head, 2 minutes for a whole request, 5 s between two",
    "`serve(app, { requestTimeout })`",
    async ({ app }) => {
      const running = await serve(app, { port: 0, signals: false });
      const { server } = running;
      expect([server.headersTimeout, server.requestTimeout, server.keepAliveTimeout]).toEqual([
        20_000, 120_000, 5_000,
      ]);
      expect((server.address() as AddressInfo).address).toBe("127.0.0.1");
      await running.stop();
    },
    "connections",
  ],
  [
    "a handler that never ends, with all that it holds",
    "503 after 30 s, and its `signal` aborts",
    "`limits: { timeout }`, `timeout(ms)`",
    async ({ app }) => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
      try {
        const reply = app.fetch(new Request("http://localhost/waits"));
        await vi.advanceTimersByTimeAsync(29_000);
        const early = await Promise.race([reply, Promise.resolve("waiting")]);
        await vi.advanceTimersByTimeAsync(2_000);
        expect([early, (await reply).status]).toEqual(["waiting", 503]);
      } finally {
        vi.useRealTimers();
      }
    },
  ],
  [
    "messages of a socket without end",
    "closed with 1009 past 1 MiB, with 1008 where one does not fit",
    "–",
    async ({ opened }) => {
      for (const [message, code] of [
        ["x".repeat(1024 * 1024 + 1), 1009],
        ["{}", 1008],
      ] as const) {
        const socket = new NodeWebSocket(`${opened.url.replace("http", "ws")}/echo`);
        socket.on("error", () => {});
        socket.once("open", () => socket.send(message));
        expect(await new Promise((resolve) => socket.once("close", resolve))).toBe(code);
      }
    },
    "connections",
  ],
);

function handshake(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new NodeWebSocket(url.replace("http", "ws"), { headers });
    socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.once("open", () => reject(new Error("the socket opened")));
    socket.once("error", () => {});
  });
}

describe.each(ADAPTERS)("an application that says nothing about security ($name)", (adapter) => {
  let target: Target;
  let opened: Opened;
  beforeAll(async () => {
    target = makeTarget();
    opened = await adapter.open(target.app);
  });
  afterAll(async () => {
    await opened.close();
    target.remove();
  });
  beforeEach(() => {
    for (const list of [target.seen.bodies, target.seen.reported, target.seen.files]) {
      list.length = 0;
    }
  });

  it.each(defaults.filter(({ isRaw }) => !isRaw || adapter.name === "node"))(
    "$subject: $attack",
    ({ attempt }) => attempt({ ...target, opened, adapter }),
  );
});

describe("docs/security.md", () => {
  it("has each of these in its table, and nothing else", () => {
    const page = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");
    const table = page.split("<!-- security-defaults.test.ts -->")[1]?.trim().split("\n\n")[0] ?? "";
    const cells = table.split("\n").map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const rows = defaults.map(({ subject: name, attack, answer, change }, index) => [
      defaults[index - 1]?.subject === name ? "" : `**${name}**`,
      attack,
      answer,
      change,
    ]);
    expect(cells.slice(2)).toEqual(rows);
  });
});
