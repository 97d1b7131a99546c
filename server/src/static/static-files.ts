import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Exchange } from "../exchange/exchange.ts";
import { addVary, deleteHeader, type Reply, setHeader } from "../exchange/reply.ts";
import type { MountedApp } from "../mount/mounts.ts";
import { consoleLogger } from "../log/console-logger.ts";
import { RequestContext, type Supervisor } from "../request/request-context.ts";
import { decodeSegment } from "../request/target.ts";
import { sendDownload } from "../response/encode-download.ts";
import { frameworkError } from "../response/problem.ts";
import { typeOfName } from "../response/type-of-name.ts";
import { acceptedCodings, wantsPage } from "./preference.ts";

/** How a folder is served. */
export interface StaticOptions {
  /** The folder; it has to be there when the application starts, and so have the two pages below. */
  dir: string;
  /** True where the folder may not be there yet: while a front end is written, and not built. False by default. */
  optional?: boolean;
  /** The file of a folder, for paths that end with a slash; false for none. */
  index?: string | false;
  /** The page of a single-page application: in place of a 404 where a browser navigates. `index.html`, for example. */
  fallback?: string;
  /** The page of a 404 where a browser navigates. */
  notFound?: string;
  /** Names that begin with a dot are served too; `.well-known` always is. */
  dotFiles?: boolean;
  /** Serves `app.js.br` or `app.js.gz` for `app.js`, where it is there and accepted. */
  precompressed?: boolean;
  /** Seconds that a file is fresh for without asking again; 0 by default. Names that hold a hash are fresh for a year. */
  maxAge?: number;
}

const CODINGS: Readonly<Record<string, string>> = { br: ".br", gzip: ".gz" };

// `app.3f2a91bc.js`, `index-BZx0a9_q.css`: what build tools name by content.
const HASHED = /[.-](?=[\w-]*\d)[\w-]{8,}\.\w+$/;

/**
 * Serves a folder: `createApp(routes, { mounts: { "/static": staticFiles({ dir: "public" }) } })`. Files have types by their names,
 * entity tags, ranges and conditions (RFC 9110); nothing outside of the folder is served, by whatever path or symbolic link. Mounted
 * at `/` it answers for paths that no operation has: the pages of a front end.
 */
export function staticFiles(options: StaticOptions): MountedApp {
  return {
    handle: (exchange) => answer(options, exchange),
    start: async () => {
      const { dir, optional = false, fallback, notFound } = options;
      const facts = await stat(dir).catch(() => undefined);
      if (facts?.isDirectory() !== true) {
        if (optional) {
          return;
        }
        throw new Error(`staticFiles: there is no folder '${dir}'`);
      }
      for (const page of [fallback, notFound]) {
        if (page !== undefined && !(await isFile(join(dir, page))) && !optional) {
          throw new Error(`staticFiles: there is no page '${page}' in '${dir}'`);
        }
      }
    },
    endStreams: () => {},
    stop: () => Promise.resolve(),
  };
}

async function answer(options: StaticOptions, exchange: Exchange): Promise<Reply> {
  const { method } = exchange;
  const isReading = method === "GET" || method === "HEAD";
  const context = new RequestContext(exchange, SUPERVISOR);
  const path = fileOf(context.path, options);
  const found = path === undefined ? undefined : await send(options, context, path, 200);
  if (found !== undefined) {
    if (isReading) {
      return found;
    }
    await release(found);
    throw frameworkError("METHOD_NOT_ALLOWED", undefined, { headers: { allow: "GET, HEAD" } });
  }
  if (isReading && path !== undefined && (await isFolder(options, path))) {
    // What its page refers to is relative to the folder.
    const location = `${exchange.basePath}${context.path}/${exchange.target.slice(context.path.length)}`;
    return { kind: "empty", status: 308, headers: ["location", location] };
  }
  if (isReading && wantsPage(exchange) && !/\.\w+$/.test(context.path)) {
    const page =
      (options.fallback === undefined ? undefined : await send(options, context, options.fallback, 200)) ??
      (options.notFound === undefined ? undefined : await send(options, context, options.notFound, 404));
    if (page !== undefined) {
      addVary(page.headers, "accept");
      return page;
    }
  }
  throw frameworkError("ROUTE_NOT_FOUND");
}

/** Tells whether a path without a slash at its end is that of a folder with a page. */
async function isFolder({ dir, index = "index.html" }: StaticOptions, path: string): Promise<boolean> {
  return index !== false && path !== "" && !path.endsWith(`/${index}`) && isFile(join(dir, path, index));
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** The path of a file below the folder; undefined for what names none. */
function fileOf(path: string, { index = "index.html", dotFiles = false }: StaticOptions): string | undefined {
  const names: string[] = [];
  const segments = path.slice(1).split("/");
  for (const [at, segment] of segments.entries()) {
    const name = decodeSegment(segment);
    if (name === "" && at === segments.length - 1) {
      return index === false ? undefined : [...names, index].join("/");
    }
    const isHidden = name?.startsWith(".") === true && !dotFiles && name !== ".well-known";
    if (name === undefined || name === "" || isHidden || name === ".." || /[/\\:]/.test(name)) {
      return undefined;
    }
    names.push(name);
  }
  return names.join("/");
}

/** The reply with a file, encoded as the caller prefers; undefined where there is none. */
async function send(
  options: StaticOptions,
  context: RequestContext,
  path: string,
  status: 200 | 404,
): Promise<Reply | undefined> {
  if (options.precompressed === true) {
    for (const coding of acceptedCodings(context.exchange, Object.keys(CODINGS))) {
      const suffix = CODINGS[coding] as string;
      const reply = await sendFile(options, context, path, status, [coding, suffix]);
      if (reply !== undefined) {
        setHeader(reply.headers, "content-encoding", coding);
        addVary(reply.headers, "accept-encoding");
        return reply;
      }
    }
  }
  const reply = await sendFile(options, context, path, status);
  if (reply !== undefined && options.precompressed === true) {
    addVary(reply.headers, "accept-encoding");
  }
  return reply;
}

async function sendFile(
  { dir, maxAge = 0 }: StaticOptions,
  context: RequestContext,
  name: string,
  status: 200 | 404,
  [coding, suffix]: readonly [coding: string | undefined, suffix: string] = [undefined, ""],
): Promise<Reply | undefined> {
  const path = name + suffix;
  const type = typeOf(name);
  const freshness = HASHED.test(name)
    ? "public, max-age=31536000, immutable"
    : maxAge > 0
      ? `public, max-age=${maxAge}`
      : "no-cache";
  const headers = ["cache-control", status === 200 ? freshness : "no-cache"];
  let reply: Reply;
  try {
    // Two codings of one file may be equally long and old: their tags must differ (RFC 9110, 8.8.3.3).
    const tag = coding === undefined ? {} : { etag: await codedTag(join(dir, path), coding) };
    const file = { path, root: dir, disposition: "inline", type, ...tag } as const;
    reply = await sendDownload(file, undefined, same, { status, headers, context });
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
  // A page is shown under its address; it needs no other name.
  deleteHeader(reply.headers, "content-disposition");
  return reply;
}

async function codedTag(path: string, coding: string): Promise<string> {
  const { size, mtimeNs } = await stat(path, { bigint: true });
  return `"${size.toString(16)}-${mtimeNs.toString(16)}-${coding}"`;
}

function typeOf(name: string): string {
  const type = typeOfName(name);
  const isText = type.startsWith("text/") || /[/+](?:json|xml|javascript)$/.test(type);
  return isText ? `${type}; charset=utf-8` : type;
}

/** There is no such file, or none that may be served: which of them is nobody's business. */
function isMissing(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    ["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG", "ELOOP", "EACCES"].includes(code ?? "") ||
    / leads out of its root$| is no file$/.test(message)
  );
}

async function release(reply: Reply): Promise<void> {
  if (reply.kind === "file") {
    await reply.body[Symbol.asyncIterator]().return?.();
  }
}

const same = (type: string): string => type;

const SUPERVISOR: Supervisor = {
  report: (error) => console.error("unhandled error while a file was sent:", error),
  logger: consoleLogger(),
  track: () => {},
  keep: () => () => {},
  backgroundLimit: 0,
  pathOf: () => {
    throw new TypeError("urlFor: a folder of files has no procedures.");
  },
  closesRequestOnFailure: false,
};
