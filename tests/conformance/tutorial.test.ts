import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, createApp } from "@tenon/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { app as bookshop } from "../../examples/bookshop/src/app.ts";
import { documentedOperations } from "./documented.ts";
import { emittedDocument } from "./emitted-document.ts";
import type { Known } from "./generate-value.ts";
import { complaintsOf, type Replayed, replay, type Subject } from "./replay.ts";

const MINUTES = 60_000;
const SOURCES = fileURLToPath(new URL("../../examples/fastapi-tutorial/src/", import.meta.url));

/** What an application has to know, so that a request that is valid by its document is one. */
type Knowledge = Partial<Pick<Subject, "known" | "credentials" | "failing">>;

const named = (known: Known): Knowledge => ({ known: () => known });
const item = (id: string): Knowledge => named({ item_id: id });
const GUARDED = named({
  "x-token": "fake-super-secret-token",
  "x-key": "fake-super-secret-key",
});
const bearer = (good: string): Knowledge => ({
  credentials: { good: { oauth2: `Bearer ${good}` }, wrong: { oauth2: "Basic nobody" } },
});
const basic = (good: string): Knowledge => ({
  credentials: { good: { basic: `Basic ${btoa(good)}` }, wrong: { basic: "Basic nobody" } },
});

const KNOWLEDGE: Readonly<Record<string, Knowledge>> = {
  "additional-responses/tutorial001": item("foo"),
  "additional-responses/tutorial003": item("foo"),
  "bigger-applications/app/main": named({
    token: "jessica",
    "x-token": "fake-super-secret-token",
    item_id: "plumbus",
  }),
  "body-nested-models/tutorial009": {},
  "body-updates/tutorial001": item("foo"),
  "body-updates/tutorial002": item("foo"),
  "dependencies/tutorial006": GUARDED,
  "dependencies/tutorial008b": item("portal-gun"),
  "dependencies/tutorial008c": item("plumbus"),
  "dependencies/tutorial008d": item("plumbus"),
  "dependencies/tutorial012": GUARDED,
  "events/tutorial001": item("foo"),
  "extra-models/tutorial003": item("item1"),
  "handling-errors/tutorial001": item("foo"),
  "handling-errors/tutorial002": item("foo"),
  "query-params-str-validations/tutorial015": named({ id: "isbn-9781529046137" }),
  "response-model/tutorial004": item("foo"),
  "response-model/tutorial005": item("foo"),
  "response-model/tutorial006": item("foo"),
  "security/tutorial001": bearer("token"),
  "security/tutorial002": bearer("token"),
  "security/tutorial003": { ...bearer("johndoe"), ...named({ username: "johndoe", password: "secret" }) },
  "security/tutorial006": basic("john:secret"),
  "security/tutorial007": basic("stanleyjobson:swordfish"),
};

/** Documented as JSON, and read as bytes by nobody but the handler: what is no JSON is taken, too. */
const NOT_ASKED = ["path-operation-advanced-configuration/tutorial006"];

async function ask(app: App<unknown>, knowledge: Knowledge = {}): Promise<readonly Replayed[]> {
  const fetch = (request: Request): Promise<Response> => app.fetch(request);
  const document = await emittedDocument(fetch);
  return replay({ document, fetch, credentials: { good: {}, wrong: {} }, ...knowledge });
}

describe("every application of the tutorial with Tenon's own semantics, replayed from its document", () => {
  const paths = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((path) => /\/(tutorial[^/.]*|main)\.ts$/.test(path))
    .map((path) => path.replace(/\.ts$/, ""))
    .sort();
  const folder = mkdtempSync(join(tmpdir(), "tutorial-"));
  const before = process.cwd();

  beforeAll(() => {
    vi.stubEnv("ADMIN_EMAIL", "admin@example.com");
    // Some of them read files beside them, and write logs.
    process.chdir(folder);
    writeFileSync("image.png", "an image");
    writeFileSync("large-video-file.mp4", "a video");
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
    vi.unstubAllEnvs();
  });

  it("knows only applications that there are", () => {
    const unknown = [...Object.keys(KNOWLEDGE), ...NOT_ASKED].filter((path) => !paths.includes(path));
    expect(unknown).toEqual([]);
    expect(paths.length).toBeGreaterThan(150);
  });

  it.each(paths.filter((path) => !NOT_ASKED.includes(path)))(
    "%s answers everything as documented",
    async (path) => {
      const ported = (await import(`${SOURCES}${path}.ts`)) as { routes?: object; app?: App<unknown> };
      const { routes } = ported;
      if (routes === undefined) {
        throw new Error(`${path} exports no routes`);
      }
      const reported: string[] = [];
      const app = createApp(routes, {
        onError: (error) => reported.push(String(error)),
        // What its pages lead to.
        mounts: ported.app?.options.mounts ?? {},
      });
      const known = await knowledgeOf(path, app);
      const replayed = await ask(app, known);
      await app.stop();
      expect(complaintsOf(replayed)).toEqual([]);
      expect(reported).toEqual([]);
      const count = documentedOperations(await emittedDocument((request) => app.fetch(request))).length;
      expect(new Set(replayed.map(({ operation }) => operation)).size).toBe(count);
    },
    MINUTES,
  );

  /** Where a request needs what an earlier one gave. */
  async function knowledgeOf(path: string, app: App<unknown>): Promise<Knowledge | undefined> {
    if (path === "security/tutorial004" || path === "security/tutorial005") {
      const login = { username: "johndoe", password: "secret", scope: "me items" };
      const response = await app.fetch(
        new Request("http://conformance.test/token", { method: "POST", body: new URLSearchParams(login) }),
      );
      const { access_token } = (await response.json()) as { readonly access_token: string };
      return { ...bearer(access_token), ...named(login) };
    }
    if (path === "sql-databases/tutorial001") {
      return {
        known: async () => {
          const response = await app.fetch(
            new Request("http://conformance.test/heroes/", {
              method: "POST",
              headers: { "content-type": "application/json" },
              body: JSON.stringify({ name: "Dead Pond", secret_name: "Dive Wilson" }),
            }),
          );
          const { id } = (await response.json()) as { readonly id: number };
          return { hero_id: id, id: null };
        },
      };
    }
    return KNOWLEDGE[path];
  }
});

describe("the bookshop, replayed from its document", () => {
  afterAll(() => bookshop.stop());

  it(
    "answers everything as documented",
    async () => {
      let count = 0;
      const known = async (operation: string): Promise<Known> => {
        const title = `Book ${++count}`;
        if (operation === "books.create" || operation === "books.list") {
          return { title };
        }
        const response = await bookshop.fetch(
          new Request("http://conformance.test/books", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ title, author: "Somebody" }),
          }),
        );
        const { id } = (await response.json()) as { readonly id: number };
        return operation === "books.watch" ? { after: id - 1 } : { id, title: `${title}, again` };
      };
      const fetch = async (request: Request): Promise<Response> => begun(await bookshop.fetch(request));
      const document = await emittedDocument(fetch);
      const replayed = await replay({ document, fetch, credentials: { good: {}, wrong: {} }, known });
      expect(complaintsOf(replayed)).toEqual([]);
    },
    2 * MINUTES,
  );
});

/** What a stream begins with: this one goes on for as long as somebody listens. */
async function begun(response: Response): Promise<Response> {
  const type = response.headers.get("content-type") ?? "";
  if (!/^(text\/event-stream|application\/jsonl)/.test(type) || response.body === null) {
    return response;
  }
  const reader = response.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new Response(value ?? null, response);
}
