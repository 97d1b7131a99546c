import { Thrown } from "../call/thrown.ts";
import type { ClientAuth, Lazy } from "../client-options.ts";
import { type Client, createClient } from "../create-client.ts";
import { CookieJar } from "./cookie-jar.ts";
import { InProcessSocket, type OpenInProcess } from "./in-process-socket.ts";
import { openTestSocket, type TestSocket } from "./test-socket.ts";

/** What a test client needs of an application; every application of `@tenon/server` has it. */
export interface TestedApp {
  readonly "~routes": unknown;
  fetch(
    request: Request,
    options?: { readonly ip?: string; readonly platform?: unknown; readonly upgrade?: OpenInProcess },
  ): Promise<Response>;
  with(options: { onError: (error: unknown, operation: string | undefined) => void }): TestedApp;
  start(): Promise<void>;
  stop(): Promise<void>;
  settled(): Promise<void>;
}

/** Options of a test client. */
export interface TestClientOptions {
  /** Sent with every request, and with the handshake of sockets, as callers outside of browsers can. */
  headers?: Lazy<Readonly<Record<string, string>>>;
  auth?: ClientAuth;
  /** Cookies to begin with. */
  cookies?: Readonly<Record<string, string>>;
  /** The origin of requests; `http://localhost` by default. */
  url?: string;
  /** The address of the caller, as the application sees it. */
  ip?: string;
  /** What the run time would pass in. */
  platform?: unknown;
  /** False where an error that the caller is told an opaque 500 about is not thrown in the test. */
  rethrow?: boolean;
}

/** An application under test: started, called in process, stopped by `await using`. */
export interface TestClient<App extends TestedApp> {
  /** The typed client. Its sockets open in process, too, and a refusal rejects with the problem. */
  readonly api: Client<App>;
  /** One request as it is, by a path or whole. */
  fetch(request: string | Request, init?: RequestInit): Promise<Response>;
  /** One socket as it is, by a path: what another client than the typed one would do. Frames are not read. */
  socket(path: string): Promise<TestSocket>;
  readonly cookies: CookieJar;
  /** Errors that no call has thrown: those of background work, and all of them with `rethrow: false`. */
  readonly errors: readonly unknown[];
  /** Resolves when no background work runs and no job waits for its turn. Throws what any of it has thrown. */
  settled(): Promise<void>;
  /** Stops the application. Throws what background work has thrown. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an application for a test and calls it without a network, with the same validation, middleware and dependencies:
 *
 *     await using test = await testClient(app.override(database, fake));
 *     const item = await test.api.items.read({ id: 7 });
 *
 * The application itself is not touched. What it would only log is thrown where it was caused.
 */
export async function testClient<App extends TestedApp>(
  app: App,
  options: TestClientOptions = {},
): Promise<TestClient<App>> {
  const { headers, auth, url = "http://localhost", ip = "127.0.0.1", platform, rethrow = true } = options;
  const errors: unknown[] = [];
  const tested = app.with({ onError: (error) => errors.push(error) });
  const cookies = new CookieJar(options.cookies);

  const send = async (request: Request, upgrade?: OpenInProcess): Promise<Response | Thrown> => {
    const response = await tested.fetch(withCookies(request, cookies), {
      ip,
      ...(platform === undefined ? {} : { platform }),
      ...(upgrade && { upgrade }),
    });
    cookies.take(response);
    const cause = rethrow && response.status === 500 ? await causeOf(response, errors) : undefined;
    return cause ?? response;
  };
  const withHeaders = async (request: Request): Promise<Request> => {
    for (const [name, value] of Object.entries((await lazily(headers)) ?? {})) {
      if (!request.headers.has(name)) {
        request.headers.set(name, value);
      }
    }
    return request;
  };
  const ask = async (request: Request, upgrade: OpenInProcess): Promise<Response | Thrown> =>
    send(await withHeaders(request), upgrade);
  class TestWebSocket extends InProcessSocket {
    constructor(address: string) {
      super(address, ask);
    }
  }
  // What is thrown is told of once; the others stay where they can be read.
  const rethrowFirst = (): void => {
    const [first] = rethrow ? errors.splice(0) : [];
    if (first !== undefined) {
      throw first;
    }
  };
  const stop = async (): Promise<void> => {
    await tested.stop();
    rethrowFirst();
  };

  await tested.start();
  return {
    api: createClient<App>({
      url,
      fetch: async (request: Request) => {
        const answer = await send(request);
        if (answer instanceof Thrown) {
          // oxlint-disable-next-line typescript/only-throw-error -- the call unwraps it
          throw answer;
        }
        return answer;
      },
      WebSocket: TestWebSocket,
      ...(headers && { headers }),
      ...(auth && { auth }),
    } as never) as never,
    fetch: async (request, init) => {
      const made = new Request(typeof request === "string" ? new URL(request, url) : request, init);
      const answer = await send(await withHeaders(made));
      if (answer instanceof Thrown) {
        throw answer.error;
      }
      return answer;
    },
    socket: (path) => openTestSocket(new URL(path, url).href, ask),
    cookies,
    errors,
    settled: async () => {
      await tested.settled();
      rethrowFirst();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function withCookies(request: Request, cookies: CookieJar): Request {
  const kept = cookies.header(new URL(request.url).pathname);
  if (kept === undefined) {
    return request;
  }
  const said = request.headers.get("cookie");
  const carrying = new Request(request);
  carrying.headers.set("cookie", said === null ? kept : `${kept}; ${said}`);
  return carrying;
}

function lazily<T>(value: Lazy<T> | undefined): T | undefined | Promise<T> {
  return typeof value === "function" ? (value as () => T | Promise<T>)() : value;
}

/** The reply names its error by an id that the error carries, too; a reply in a form of the app's own has only the last one. */
async function causeOf(response: Response, errors: unknown[]): Promise<Thrown | undefined> {
  const problem = (await response
    .clone()
    .json()
    .catch(() => undefined)) as { instance?: unknown } | null | undefined;
  const instance = problem?.instance;
  const index =
    instance === undefined
      ? errors.length - 1
      : errors.findIndex((error) => (error as { instance?: unknown } | null)?.instance === instance);
  if (index < 0) {
    return undefined;
  }
  const [error] = errors.splice(index, 1) as [Error];
  // What was thrown and is no error, or no declared one, is wrapped for the log.
  return new Thrown(error.name === "UndeclaredError" ? (error.cause ?? error) : error);
}
