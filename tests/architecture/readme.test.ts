import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A code block, and what it shows: `<!-- path -->` or, for a region, `<!-- path#region -->` on the line before. */
const BLOCK = /(?:^<!-- (?<path>[^\s#]+)(?:#(?<name>\S+))? -->\n)?^```ts\n(?<code>[\s\S]*?)^```$/gm;

const PAGES = [
  "README.md",
  ...readdirSync(`${ROOT}/docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const blocks = PAGES.flatMap((page) =>
  [...read(page).matchAll(BLOCK)].map(({ groups }) => ({ page, ...(groups as unknown as Block) })),
);

interface Block {
  readonly path: string | undefined;
  readonly name: string | undefined;
  readonly code: string;
}

describe("the code in README.md and docs", () => {
  it("is found", () => {
    expect(new Set(blocks.map(({ page }) => page)).size).toBeGreaterThanOrEqual(2);
  });

  it.each(blocks)("$page shows $path $name as it is", ({ path, name, code }) => {
    expect(path, `a comment '<!-- path#region -->' before\n${code}`).toBeDefined();
    expect(code).toBe(name === undefined ? read(path!) : regionOf(path!, name));
  });
});

function regionOf(path: string, name: string): string {
  const lines = read(path).split("\n");
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`);
  const end = lines.findIndex((line, index) => index > start && line.trim() === "// #endregion");
  if (start < 0 || end < 0) {
    throw new Error(`${path} has no region '${name}'.`);
  }
  const shown = lines.slice(start + 1, end);
  const indent = Math.min(...shown.filter((line) => line !== "").map((line) => line.search(/\S/)));
  return shown.map((line) => `${line.slice(indent)}\n`).join("");
}

function read(path: string): string {
  return readFileSync(`${ROOT}/${path}`, "utf8");
}
