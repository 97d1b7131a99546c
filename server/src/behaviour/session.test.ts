import { dependency, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import { memorySessions } from "../middleware/session-store.ts";
import { session, type SessionOptions, type Sessions } from "../middleware/session.ts";
import { behindEveryAdapter, type Opened } from "./adapters.ts";
import { exact, withApp } from "./exact.ts";

interface Data {
  user: string;
  visits: number;
}

const OLD = "an old secret, which has been in use for long";
const NEW = "a new secret, which has been made just now.";

function makeApp(sessions: Sessions<Data>): App<unknown> {
  const current = dependency.resolve(({ ctx }) => sessions.of(ctx));
  const account = {
    read: procedure
      .use({ current })
      .output({ user: z.string().nullable(), isNew: z.boolean() })
      .query(({ current: own }) => ({ user: own.get("user") ?? null, isNew: own.isNew })),
    signIn: procedure
      .use({ current })
      .input({ user: z.string() })
      .output(z.void())
      .mutation(({ current: own, input }) => {
        own.regenerate();
        own.set("user", input.user);
      }),
    signOut: procedure
      .use({ current })
      .output(z.void())
      .mutation(({ current: own }) => own.clear()),
    fail: procedure
      .use({ current })
      .output(z.void())
      .mutation(({ current: own }) => {
        own.set("visits", 1);
        throw new Error("secret");
      }),
    late: procedure
      .use({ current })
      .output(z.string())
      .stream(async function* ({ current: own }) {
        yield "one";
        try {
          own.set("visits", 2);
        } catch (error) {
          yield (error as Error).message;
        }
      }),
    plain: procedure.output(z.string()).query(() => "x"),
  };
  return createApp({ account: router(account) }, { middleware: [sessions], onError: () => {} });
}

/** A caller that keeps its cookie. */
class Browser {
  cookie: string | undefined;
  readonly #opened: Opened;

  constructor(opened: Opened) {
    this.#opened = opened;
  }

  async ask(
    path: string,
    body?: object,
  ): Promise<{ status: number; json: unknown; headers: Headers; text: string }> {
    const reply = await exact(this.#opened, `/account${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = reply.headers.get("set-cookie");
    if (set !== null) {
      this.cookie = set.includes("Max-Age=0") ? undefined : set.split(";")[0];
    }
    const json: unknown = reply.text.startsWith("{") ? JSON.parse(reply.text) : undefined;
    return { status: reply.status, json, headers: reply.headers, text: reply.text };
  }
}

const kinds: readonly [name: string, options: () => Partial<SessionOptions>][] = [
  ["in the cookie", () => ({})],
  ["in a store", () => ({ store: memorySessions() })],
];

behindEveryAdapter("session", (adapter) => {
  for (const [name, more] of kinds) {
    const withBrowser = (options: Partial<SessionOptions>, use: (browser: Browser) => Promise<void>) =>
      withApp(
        adapter.open(makeApp(session<Data>({ secrets: [NEW], ...more(), ...options }))),
        async (opened) => use(new Browser(opened)),
      );

    it(`remembers a caller from request to request, until it signs out: ${name}`, () =>
      withBrowser({}, async (browser) => {
        expect((await browser.ask("")).json).toEqual({ user: null, isNew: true });
        expect(browser.cookie).toBeUndefined();
        const { headers } = await browser.ask("/signIn", { user: "ada" });
        expect(headers.get("set-cookie")).toMatch(
          /^__Host-session=[\w.-]+; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
        );
        expect(headers.get("cache-control")).toBe("private, no-store");
        const read = await browser.ask("");
        expect(read.json).toEqual({ user: "ada", isNew: false });
        expect([read.headers.get("vary"), read.headers.get("set-cookie")]).toEqual(["cookie", null]);
        await browser.ask("/signOut", {});
        expect(browser.cookie).toBeUndefined();
        expect((await browser.ask("")).json).toEqual({ user: null, isNew: true });
      }));

    it(`takes nothing that it has not signed: ${name}`, () =>
      withBrowser({}, async (browser) => {
        await browser.ask("/signIn", { user: "ada" });
        const [payload = "", signature = ""] = (browser.cookie as string)
          .slice("__Host-session=".length)
          .split(".");
        const forged = btoa(
          JSON.stringify({ until: 99_999_999_999, data: { user: "eve" }, id: "eve" }),
        ).replaceAll("=", "");
        for (const value of [
          `${forged}.${signature}`,
          `${payload}.${signature.slice(1)}`,
          payload,
          `${payload}.`,
          `.${signature}`,
          "",
          "…",
          `${payload}.${signature}.${signature}`,
        ]) {
          browser.cookie = `__Host-session=${encodeURIComponent(value)}`;
          expect([value, (await browser.ask("")).json]).toEqual([value, { user: null, isNew: true }]);
        }
      }));

    it(`keeps what was set before a failure, and nothing after the first byte: ${name}`, () =>
      withBrowser({}, async (browser) => {
        const failed = await browser.ask("/fail", {});
        expect([failed.status, browser.cookie === undefined]).toEqual([500, false]);
        expect((await browser.ask("/late")).text).toContain("change it before the first byte leaves");
      }));
  }

  it("knows sessions of an old secret, and signs with the new one", async () => {
    let cookie: string | undefined;
    await withApp(adapter.open(makeApp(session<Data>({ secrets: [OLD] }))), async (opened) => {
      const browser = new Browser(opened);
      await browser.ask("/signIn", { user: "ada" });
      cookie = browser.cookie;
    });
    await withApp(adapter.open(makeApp(session<Data>({ secrets: [NEW, OLD] }))), async (opened) => {
      const browser = new Browser(opened);
      browser.cookie = cookie;
      expect((await browser.ask("")).json).toEqual({ user: "ada", isNew: false });
      await browser.ask("/fail", {});
      cookie = browser.cookie;
    });
    await withApp(adapter.open(makeApp(session<Data>({ secrets: [NEW] }))), async (opened) => {
      const browser = new Browser(opened);
      browser.cookie = cookie;
      expect((await browser.ask("")).json).toEqual({ user: "ada", isNew: false });
    });
    await withApp(adapter.open(makeApp(session<Data>({ secrets: [OLD] }))), async (opened) => {
      const browser = new Browser(opened);
      browser.cookie = cookie;
      expect((await browser.ask("")).json).toEqual({ user: null, isNew: true });
    });
  });

  it("gives another id to whoever signs in, and forgets the one before", async () => {
    const store = memorySessions();
    await withApp(adapter.open(makeApp(session<Data>({ secrets: [NEW], store }))), async (opened) => {
      const browser = new Browser(opened);
      await browser.ask("/fail", {});
      const before = browser.cookie as string;
      await browser.ask("/signIn", { user: "ada" });
      expect(browser.cookie).not.toBe(before);
      const thief = new Browser(opened);
      thief.cookie = before;
      expect((await thief.ask("")).json).toEqual({ user: null, isNew: true });
      const after = browser.cookie as string;
      await browser.ask("/signOut", {});
      thief.cookie = after;
      expect((await thief.ask("")).json).toEqual({ user: null, isNew: true });
    });
  });

  it("renews a session of a caller that keeps coming, and ends one that has run out", async () => {
    const { Signer } = await import("../middleware/signer.ts");
    const signer = new Signer("__Host-session", [NEW]);
    const now = Math.floor(Date.now() / 1000);
    const sealed = (until: number) => signer.seal({ until, data: { user: "ada" } });
    await withApp(adapter.open(makeApp(session<Data>({ secrets: [NEW], maxAge: 1000 }))), async (opened) => {
      const ask = async (until: number) => {
        const browser = new Browser(opened);
        browser.cookie = `__Host-session=${await sealed(until)}`;
        const { json, headers } = await browser.ask("");
        return [json, headers.has("set-cookie")];
      };
      expect(await ask(now + 900)).toEqual([{ user: "ada", isNew: false }, false]);
      expect(await ask(now + 100)).toEqual([{ user: "ada", isNew: false }, true]);
      expect(await ask(now - 1)).toEqual([{ user: null, isNew: true }, false]);
    });
  });

  it("costs nothing where nobody asks, and a value of another cookie is none of its own", () =>
    withApp(adapter.open(makeApp(session<Data>({ secrets: [NEW] }))), async (opened) => {
      const browser = new Browser(opened);
      const plain = await browser.ask("/plain");
      expect([plain.headers.get("set-cookie"), plain.headers.get("vary")]).toEqual([null, null]);
      const { Signer } = await import("../middleware/signer.ts");
      const other = await new Signer("other", [NEW]).seal({ until: 99_999_999_999, data: { user: "eve" } });
      browser.cookie = `__Host-session=${other}`;
      expect((await browser.ask("")).json).toEqual({ user: null, isNew: true });
    }));
});

it("holds no more sessions than it may", async () => {
  const store = memorySessions({ maxSessions: 2 });
  for (const id of ["a", "b", "c"]) {
    await store.set(id, { id }, 99_999_999_999);
  }
  expect([await store.get("a"), await store.get("c")]).toEqual([undefined, { id: "c" }]);
});

it("refuses what would be no protection, at the start", () => {
  expect(() => session({ secrets: [] })).toThrow("secrets of at least 32 characters");
  expect(() => session({ secrets: ["short"] })).toThrow(/TENON\d+: session/);
  expect(() => session({ secrets: [NEW], cookie: { secure: false } })).toThrow("__Host- asks for secure");
  expect(() => session({ secrets: [NEW], cookie: { name: "sid", secure: false } })).not.toThrow();
});

it("says where it is missing", async () => {
  const sessions = session<Data>({ secrets: [NEW] });
  const errors: unknown[] = [];
  const app = createApp(
    {
      a: router({
        list: procedure.output(z.string()).query(({ ctx }) => sessions.of(ctx).get("user") ?? ""),
      }),
    },
    { onError: (error) => errors.push(error) },
  );
  expect((await app.fetch(new Request("http://x/a"))).status).toBe(500);
  expect(String(errors[0])).toContain("put the middleware of 'session' around the app");
});
