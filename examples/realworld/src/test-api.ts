import { afterAll, afterEach, beforeAll, describe, expect, vi } from "vitest";
import { createEmptyDatabase, TEST_SERVER } from "../../../tests/databases/empty-database.ts";
import { emittedDocument } from "../../../tests/conformance/emitted-document.ts";
import { validated } from "../../../tests/conformance/validate-response.ts";
import { app } from "./app.ts";

/**
 * Describes behaviour of the running app on each database at hand; the sample data are in it.
 * Whatever the app answers, in process or over HTTP, is held against its document.
 */
export function describeApi(subject: string, tests: () => void): void {
  describe.each(TEST_SERVER === undefined ? ["PGlite"] : ["PGlite", "PostgreSQL"])(
    `${subject} on %s`,
    (name) => {
      const complaints: string[] = [];
      let remove: (() => Promise<void>) | undefined;
      beforeAll(async () => {
        const database = name === "PGlite" ? undefined : await createEmptyDatabase(TEST_SERVER!);
        remove = database?.remove;
        vi.stubEnv("DATABASE_URL", database?.url);
        vi.stubEnv("PGLITE_DIRECTORY", undefined);
        vi.stubEnv("JWT_SECRET", "a secret of the tests, of 32 bytes and more");
        await app.start();
        const inProcess = app.fetch.bind(app);
        const document = await emittedDocument(inProcess);
        const complain = (complaint: string): void => void complaints.push(complaint);
        vi.spyOn(app, "fetch").mockImplementation(validated(inProcess, document, complain));
        const overHttp = validated(globalThis.fetch, document, complain);
        vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) =>
          overHttp(new Request(input, init)),
        );
      });
      afterEach(() => expect(complaints.splice(0)).toEqual([]));
      afterAll(async () => {
        vi.restoreAllMocks();
        vi.unstubAllGlobals();
        await app.stop();
        vi.unstubAllEnvs();
        await remove?.();
      });
      tests();
    },
  );
}

/** What a call says besides its method and address. */
export interface Saying {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the app answered. */
export interface Answered {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- the tests say what is in it
  readonly body: any;
  readonly headers: Headers;
}

/** Calls the app as curl would: `call("GET /api/articles?limit=1", { token })`. */
export async function call(address: `${string} /${string}`, saying: Saying = {}): Promise<Answered> {
  const [method = "", target = ""] = address.split(" ");
  const { token, body, headers } = saying;
  const response = await app.fetch(
    new Request(`http://conduit.test${target}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Token ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

/** Only what most tests compare. */
export async function answer(address: `${string} /${string}`, saying?: Saying): Promise<[number, unknown]> {
  const { status, body } = await call(address, saying);
  return [status, body];
}

/** Somebody who is signed in. */
export interface Person {
  readonly username: string;
  readonly email: string;
  readonly token: string;
}

export const PASSWORD = "correct horse";

let people = 0;

/** Registers somebody new. */
export async function register(name: string): Promise<Person> {
  const user = { username: `${name}-${++people}`, email: `person-${people}@example.com`, password: PASSWORD };
  const { body } = await call("POST /api/users", { body: { user } });
  return body.user;
}

/** Publishes an article; answers with it. */
export async function publish(
  author: Person,
  title: string,
  more: object = {},
): Promise<{ slug: string; updatedAt: string }> {
  const article = { title, description: "About it", body: "All of it", ...more };
  const { body } = await call("POST /api/articles", { token: author.token, body: { article } });
  return body.article;
}
