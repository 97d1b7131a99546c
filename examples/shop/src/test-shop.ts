import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@tenon/client";
import { CookieJar } from "@tenon/client/testing";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { emittedDocument } from "../../../tests/conformance/emitted-document.ts";
import { validated } from "../../../tests/conformance/validate-response.ts";
import { createEmptyDatabase, TEST_SERVER } from "../../../tests/databases/empty-database.ts";
import { type App, app } from "./app.ts";
import { type Config, config, readConfig } from "./config.ts";
import { SAMPLE_PASSWORD } from "./data/sample.ts";
import { type Letter, mailer } from "./mail/mailer.ts";

/** Somebody with a browser of their own, who keeps cookies. */
export interface Visitor {
  readonly api: ReturnType<typeof createClient<App>>;
  readonly cookies: CookieJar;
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** A shop under test. */
export interface TestShop {
  readonly app: App;
  readonly config: Config;
  readonly letters: Letter[];
  readonly errors: unknown[];
  /** A new visitor, from an address of their own. */
  visit(headers?: Readonly<Record<string, string>>): Visitor;
  /** Somebody of the sample. */
  signIn(email: string): Promise<Visitor>;
}

/** Describes behaviour of a shop on each database at hand. Whatever it answers is held against its document. */
export function describeShop(
  subject: string,
  tests: (shop: () => TestShop) => void,
  change: (app: App) => App = (same) => same,
): void {
  describe.each(TEST_SERVER === undefined ? ["PGlite"] : ["PGlite", "PostgreSQL"])(
    `${subject} on %s`,
    (name) => {
      const complaints: string[] = [];
      let shop: TestShop;
      let close: () => Promise<void>;
      beforeAll(async () => {
        const database = name === "PGlite" ? undefined : await createEmptyDatabase(TEST_SERVER!);
        const folder = await mkdtemp(join(tmpdir(), "shop-"));
        const own = readConfig({
          SHOP_PICTURE_FOLDER: folder,
          SHOP_TOKEN_SECRET: "a secret of the tests, of 32 bytes and more",
          ...(database && { SHOP_DATABASE_URL: database.url }),
        });
        shop = await open(own, change, (complaint) => complaints.push(complaint));
        close = async () => {
          await shop.app.stop();
          await rm(folder, { recursive: true });
          await database?.remove();
        };
      });
      afterEach(() => {
        expect(complaints.splice(0)).toEqual([]);
        expect(shop.errors.splice(0)).toEqual([]);
      });
      afterAll(() => close());
      tests(() => shop);
    },
  );
}

// Addresses are limited by the process, whichever shop they visit.
let visitors = 0;

async function open(
  own: Config,
  change: (app: App) => App,
  complain: (complaint: string) => void,
): Promise<TestShop> {
  const letters: Letter[] = [];
  const errors: unknown[] = [];
  const tested = change(
    app
      .override(config, own)
      .override(mailer, { send: async (letter: Letter) => void letters.push(letter) })
      .with({ onError: (error) => errors.push(error) }),
  );
  await tested.start();
  const document = await emittedDocument((request) => tested.fetch(request, { ip: "192.0.2.0" }));
  const visit: TestShop["visit"] = (headers = {}) => {
    const cookies = new CookieJar();
    const ip = `198.18.${visitors >> 8}.${visitors++ & 255}`;
    const send = validated((request) => tested.fetch(request, { ip }), document, complain);
    const fetch = async (request: Request): Promise<Response> => {
      const kept = cookies.header(new URL(request.url).pathname);
      if (kept !== undefined) {
        request.headers.set("cookie", kept);
      }
      const response = await send(request);
      cookies.take(response);
      return response;
    };
    return {
      api: createClient<App>({ url: "https://shop.example", fetch, headers }),
      cookies,
      fetch: (path, init) => fetch(new Request(new URL(path, "https://shop.example"), init)),
    };
  };
  const signIn: TestShop["signIn"] = async (email) => {
    const visitor = visit();
    await visitor.api.session.create({ email, password: SAMPLE_PASSWORD });
    return visitor;
  };
  return { app: tested, config: own, letters, errors, visit, signIn };
}
