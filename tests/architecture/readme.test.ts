import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A code block, and what it shows: `<!-- path -->` or, for a region, `<!-- path#region -->` on the line before. */
const BLOCK = /(?:^<!-- (?<path>[^\s#]+)(?:#(?<name>\S+))? -->\n)?^```ts\n(?<code>[\s\S]*?)^```$/gm;

describe.each(["README.md", "docs/jobs.md", "docs/life-cycle.md", "docs/composition.md"])(
  "the code in %s",
  (page) => {
    const blocks = [...read(page).matchAll(BLOCK)].map(({ groups }) => groups!);

    it("is found", () => {
      expect(blocks.length).toBeGreaterThanOrEqual(3);
    });

    it.each(blocks)("shows $path $name as it is", ({ path, name, code }) => {
      expect(path, `a comment '<!-- path#region -->' before\n${code}`).toBeDefined();
      expect(code).toBe(name === undefined ? read(path!) : regionOf(path!, name));
    });
  },
);

function regionOf(path: string, name: string): string {
  const lines = read(path).split("\n");
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`);
  const end = lines.findIndex((line, index) => index > start && line.trim() === "// #endregion");
  if (start < 0 || end < 0) {
    throw new Error(`${path} has no region '${name}'.`);
  }
  return lines
    .slice(start + 1, end)
    .map((line) => `${line}\n`)
    .join("");
}

function read(path: string): string {
  return readFileSync(`${ROOT}/${path}`, "utf8");
}
