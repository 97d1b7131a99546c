import { request } from "node:http";
import type { Opened } from "./adapters.ts";

/** A reply as it is on the wire: nothing was decompressed, followed or hidden. */
export interface Exact {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly text: string;
}

/** What is asked, with any header: `fetch` would decide some of them itself. */
export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Asks as no library would, and gives the reply as it came. */
export async function exact(opened: Opened, path: string, asking: Asking = {}): Promise<Exact> {
  return opened.url === "http://localhost"
    ? inProcess(opened, path, asking)
    : overSocket(opened, path, asking);
}

async function inProcess(opened: Opened, path: string, { body, ...init }: Asking): Promise<Exact> {
  const response = await opened.request(path, {
    ...init,
    ...(body === undefined ? {} : { body: body as BodyInit }),
  });
  return exactOf(response.status, response.headers, Buffer.from(await response.arrayBuffer()));
}

function overSocket(
  opened: Opened,
  path: string,
  { method = "GET", headers = {}, body }: Asking,
): Promise<Exact> {
  return new Promise((resolve, reject) => {
    const asked = request(opened.url + path, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const list = new Headers();
        for (let index = 0; index < response.rawHeaders.length; index += 2) {
          list.append(response.rawHeaders[index] as string, response.rawHeaders[index + 1] as string);
        }
        resolve(exactOf(response.statusCode as number, list, Buffer.concat(chunks)));
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

function exactOf(status: number, headers: Headers, body: Buffer): Exact {
  return { status, headers, body, text: body.toString() };
}

/** Opens an application for a few questions, and closes it. */
export async function withApp<T>(opening: Promise<Opened>, ask: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await opening;
  try {
    return await ask(opened);
  } finally {
    await opened.close();
  }
}
