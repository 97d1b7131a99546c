import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What each part of the house may import of the others; a line missing here is a wall. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  core: [],
  client: ["core"],
  server: ["core", "docs-site"],
  "docs-site": ["core"],
};

/** Inside core, imports run downhill: each folder may use those named, and itself. */
const CORE: Readonly<Record<string, readonly string[]>> = {
  type: [],
  error: ["type", "procedure"],
  schema: ["error", "type"],
  wire: ["schema", "type"],
  "json-schema": ["error", "schema", "wire"],
  security: ["dependency", "error"],
  dependency: ["error", "procedure", "security", "type"],
  procedure: ["dependency", "error", "outgoing", "type"],
  outgoing: ["error", "procedure", "schema", "type", "wire"],
  job: ["dependency", "error", "procedure", "schema", "type"],
  hub: ["error", "procedure", "type"],
  asyncapi: ["openapi"],
  router: ["dependency", "error", "procedure", "type"],
  operation: ["dependency", "error", "procedure", "router", "schema", "type", "wire"],
  openapi: [
    "dependency",
    "error",
    "json-schema",
    "operation",
    "outgoing",
    "procedure",
    "router",
    "schema",
    "security",
    "type",
    "wire",
  ],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isLazy: boolean;
  readonly isType: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
    .map((file) => join(folder, "src", file))
    .filter((file) => !file.includes("/behaviour/"));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found: Import[] = [];
  for (const [, isType, specifier] of text.matchAll(
    /^(?:import|export)\s(type\s)?[^;]*?from\s+"([^"]+)";/gms,
  )) {
    found.push({ from: file, to: specifier as string, isLazy: false, isType: isType !== undefined });
  }
  for (const [, specifier] of text.matchAll(/\bimport\("([^"]+)"\)/g)) {
    found.push({ from: file, to: specifier as string, isLazy: true, isType: false });
  }
  return found;
}

const packages = Object.keys(TABLE);
const imports = packages.flatMap((name) => sources(name).flatMap(importsOf));
const isRelative = ({ to }: Import): boolean => to.startsWith(".");
const target = ({ from, to }: Import): string => relative(root, resolve(root, dirname(from), to));

describe("the house", () => {
  it("has walls: each package imports only what stands below it", () => {
    const trespasses = imports
      .filter((each) => each.to.startsWith("@tenon/"))
      .filter(({ from, to }) => !TABLE[from.split("/")[0] as string]?.includes(to.split("/")[1] as string));
    expect(trespasses).toEqual([]);
  });

  it("never reaches into another package by a path", () => {
    const trespasses = imports.filter(
      (each) => isRelative(each) && target(each).split("/")[0] !== each.from.split("/")[0],
    );
    expect(trespasses).toEqual([]);
  });

  it("loads the docs site only when a page of it is asked for", () => {
    const eager = imports.filter(
      ({ from, to, isLazy }) => from.startsWith("server/") && to.startsWith("@tenon/docs-site") && !isLazy,
    );
    const values = eager.filter(({ from }) =>
      /^import (?!type)[^;]*from "@tenon\/docs-site/m.test(readFileSync(join(root, from), "utf8")),
    );
    expect(values).toEqual([]);
  });

  it("serves without Node: what createApp loads at once imports none of its modules", () => {
    const loaded = new Set(["server/src/index.ts"]);
    const ofNode: Import[] = [];
    for (const file of loaded) {
      for (const each of imports.filter(({ from, isLazy, isType }) => from === file && !isLazy && !isType)) {
        if (isRelative(each)) {
          loaded.add(target(each));
        } else if (/^(node:|ws$)/.test(each.to)) {
          ofNode.push(each);
        }
      }
    }
    expect(loaded.size).toBeGreaterThan(100);
    expect(ofNode).toEqual([]);
  });

  it("keeps core's folders in their order", () => {
    const uphill = imports
      .filter((each) => each.from.startsWith("core/src/") && isRelative(each))
      .map((each) => ({
        from: each.from.split("/")[2] as string,
        to: target(each).split("/")[2] as string,
        file: each.from,
      }))
      .filter(({ from, to }) => !from.endsWith(".ts") && from !== to && !CORE[from]?.includes(to));
    expect(uphill).toEqual([]);
  });

  it("has no import circle, types included", () => {
    const graph = new Map<string, string[]>();
    for (const each of imports.filter(isRelative)) {
      graph.set(each.from, [...(graph.get(each.from) ?? []), target(each)]);
    }
    expect(findCircle(graph)).toBeUndefined();
  });

  it("keeps compiling and dispatching apart: they meet in route/", () => {
    const names = (file: string): string[] =>
      imports.filter(({ from }) => from === `server/src/${file}`).map(({ to }) => to);
    expect(names("compile.ts").some((to) => to.includes("dispatch"))).toBe(false);
    expect(names("dispatch.ts").some((to) => to.includes("compile.ts") || to.includes("compile-route"))).toBe(
      false,
    );
  });

  it("names what it exports: no `export *`", () => {
    const stars = packages
      .flatMap(sources)
      .filter((file) => /^export \*/m.test(readFileSync(join(root, file), "utf8")));
    expect(stars).toEqual([]);
  });

  it("loads schemas, revival and event streams in the client only when a reply needs them", () => {
    const eager = reachable("client/src/index.ts");
    const heavy = imports.filter(
      ({ from, to, isLazy, isType }) =>
        eager.has(from) && !isLazy && !isType && /^(?:zod|superjson|eventsource-parser)/.test(to),
    );
    expect(heavy).toEqual([]);
    expect(reachable("client/src/call/revive.ts").size).toBeGreaterThan(0);
  });
});

/** The files that loading one loads with it. */
function reachable(start: string): ReadonlySet<string> {
  const found = new Set([start]);
  for (const file of found) {
    for (const each of imports) {
      if (each.from === file && isRelative(each) && !each.isLazy && !each.isType) {
        found.add(target(each));
      }
    }
  }
  return found;
}

function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] | undefined => {
    if (path.includes(file)) {
      return [...path.slice(path.indexOf(file)), file];
    }
    if (done.has(file)) {
      return undefined;
    }
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next);
      if (circle !== undefined) {
        return circle;
      }
    }
    path.pop();
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file);
    if (circle !== undefined) {
      return circle;
    }
  }
  return undefined;
}
