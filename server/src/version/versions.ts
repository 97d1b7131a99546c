import { DefinitionError } from "@tenon/core";
import type { Exchange } from "../exchange/exchange.ts";
import { andThen } from "../exchange/promise.ts";
import { addVary, type Reply, setHeader } from "../exchange/reply.ts";
import { MountedExchange } from "../mount/mounted-exchange.ts";
import type { MountedApp } from "../mount/mounts.ts";
import { originForm } from "../request/target.ts";
import { frameworkError } from "../response/problem.ts";

/** A version that is going away. */
export interface AgingVersion {
  readonly app: MountedApp;
  /** Since when it should not be used for anything new: the header `Deprecation` (RFC 9745). */
  readonly deprecated?: Date;
  /** When it stops answering: the header `Sunset` (RFC 8594). */
  readonly sunset?: Date;
}

/** How a request says its version. */
export interface VersionOptions {
  /** The header that names it; `api-version` by default, false for the path alone. */
  readonly header?: string | false;
  /** The version of requests that name none; without it they are answered with 400. */
  readonly default?: string;
}

interface Version {
  readonly name: string;
  readonly app: MountedApp;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * Several versions of an API, each an application of its own, with its document and docs:
 *
 *     createApp({}, { mounts: { "/": versions({ "2026-01-01": january, "2026-06-01": june }) } })
 *
 * The path says the version, `/2026-01-01/items`, or a header does, `api-version: 2026-01-01`. Of versions that are dates, a header
 * with any date means the last one up to it. The documents are below the paths: `/2026-01-01/openapi.json`, `/2026-01-01/docs`.
 */
export function versions(
  apps: Readonly<Record<string, MountedApp | AgingVersion>>,
  options: VersionOptions = {},
): MountedApp {
  const all = Object.entries(apps).map(([name, entry]) => versionOf(name, entry));
  const header = options.header === false ? undefined : (options.header ?? "api-version").toLowerCase();
  const fallback =
    options.default === undefined ? undefined : all.find(({ name }) => name === options.default);
  if (all.length === 0 || (options.default !== undefined && fallback === undefined)) {
    throw new DefinitionError(
      "BAD_VERSION",
      `versions: ${options.default === undefined ? "there is none" : `the default '${options.default}' is none of them`}`,
    );
  }
  const find = finder(all);
  const named = all.map(({ name }) => name).join(", ");
  const choose = (asked: string | undefined): Version => {
    const version = asked === undefined ? fallback : find(asked);
    if (version === undefined) {
      const wrong = asked === undefined ? "no version is named" : "there is no such version";
      throw frameworkError("MALFORMED_REQUEST", `${wrong}: write one of ${named} into '${header}'`);
    }
    return version;
  };
  return {
    handle(exchange) {
      const inPath = all.find(({ name }) => isBelow(`/${name}`, exchange));
      if (inPath !== undefined) {
        const inner = new MountedExchange(exchange, `/${inPath.name}`);
        return andThen(inPath.app.handle(inner), (reply) => marked(reply, inPath.headers));
      }
      if (header === undefined) {
        throw frameworkError("ROUTE_NOT_FOUND");
      }
      const version = choose(exchange.header(header));
      return andThen(version.app.handle(exchange), (reply) => {
        addVary(reply.headers, header);
        return marked(reply, [[header, version.name], ...version.headers]);
      });
    },
    start: async () => {
      const started: MountedApp[] = [];
      try {
        for (const { app } of all) {
          await app.start();
          started.unshift(app);
        }
      } catch (error) {
        await Promise.all(started.map((app) => app.stop()));
        throw error;
      }
    },
    endStreams: () => all.forEach(({ app }) => app.endStreams()),
    stop: async (stopOptions) => {
      await Promise.all(all.map(({ app }) => app.stop(stopOptions)));
    },
  };
}

function versionOf(name: string, entry: MountedApp | AgingVersion): Version {
  if (!/^\w[\w.-]*$/.test(name)) {
    throw new DefinitionError(
      "BAD_VERSION",
      `versions: '${name}' stands in paths and headers: write letters, digits, '-', '.', like 'v2' or '2026-01-01'`,
    );
  }
  if (!("app" in entry)) {
    return { name, app: entry, headers: [] };
  }
  const { app, deprecated, sunset } = entry;
  return {
    name,
    app,
    headers: [
      ...(deprecated === undefined
        ? []
        : [["deprecation", `@${Math.floor(deprecated.getTime() / 1000)}`] as const]),
      ...(sunset === undefined ? [] : [["sunset", sunset.toUTCString()] as const]),
    ],
  };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** By name; among dates the last one up to that asked for. */
function finder(all: readonly Version[]): (asked: string) => Version | undefined {
  if (!all.every(({ name }) => DATE.test(name))) {
    return (asked) => all.find(({ name }) => name === asked);
  }
  const latestFirst = all.toSorted((one, other) => (one.name < other.name ? 1 : -1));
  return (asked) => (DATE.test(asked) ? latestFirst.find(({ name }) => name <= asked) : undefined);
}

function isBelow(prefix: string, exchange: Exchange): boolean {
  const path = originForm(exchange.target);
  return path.startsWith(prefix) && /^(?:[/?]|$)/.test(path.slice(prefix.length));
}

function marked(reply: Reply, headers: Version["headers"]): Reply {
  for (const [name, value] of headers) {
    setHeader(reply.headers, name, value);
  }
  return reply;
}
