import { connect } from "node:net";
import { describe } from "vitest";
import type { App } from "../app.ts";
import { serve } from "../node.ts";

/** An application behind one of the adapters. */
export interface Opened {
  readonly url: string;
  request(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** How an adapter is put in front of an application. */
export interface Adapter {
  readonly name: "node" | "fetch";
  open(app: App<unknown>): Promise<Opened>;
}

/** Every adapter: what holds, holds behind all of them. */
export const ADAPTERS: readonly Adapter[] = [
  {
    name: "node",
    async open(app) {
      const server = await serve(app, { port: 0, signals: false, grace: 1000 });
      return {
        url: server.url,
        request: (path, init) => fetch(server.url + path, { redirect: "manual", ...init }),
        close: () => server.stop(),
      };
    },
  },
  {
    name: "fetch",
    async open(app) {
      return {
        url: "http://localhost",
        request: (path, init) =>
          app.fetch(new Request(`http://localhost${path}`, { redirect: "manual", ...init })),
        close: () => app.stop(),
      };
    },
  },
];

/** One behaviour, behind every adapter. */
export function behindEveryAdapter(name: string, suite: (adapter: Adapter) => void): void {
  for (const adapter of ADAPTERS) {
    describe(`${name} (${adapter.name})`, () => suite(adapter));
  }
}

/** Answers one request after another on an application, and closes it. */
export async function answers(
  adapter: Adapter,
  app: App<unknown>,
  ...requests: readonly (readonly [path: string, init?: RequestInit])[]
): Promise<{ status: number; headers: Headers; text: string; json: unknown }[]> {
  const opened = await adapter.open(app);
  try {
    const results = [];
    for (const [path, init] of requests) {
      const response = await opened.request(path, init);
      const text = await response.text();
      results.push({ status: response.status, headers: response.headers, text, json: parse(text) });
    }
    return results;
  } finally {
    await opened.close();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON request. */
export function json(value: unknown, method = "POST", headers: Record<string, string> = {}): RequestInit {
  return { method, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** Sends bytes as they are, which no client library would, and gives everything that comes back. */
export function sendRaw(url: string, text: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text));
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      received += chunk;
    });
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}
