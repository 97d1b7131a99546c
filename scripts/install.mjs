// What a fresh clone lacks: the npm packages of package-lock.json.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The top folder of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs `npm ci` unless exactly the locked packages are installed. */
export function ensureInstalled() {
  if (isInstalled(readLock("package-lock.json"), readLock("node_modules/.package-lock.json"))) {
    return;
  }
  console.log("Installing packages (npm ci) …");
  const result = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
  });
  if (result.status !== 0) {
    // npm goes on with a page about its options; the reason stands first.
    const complaint = result.error?.message ?? result.stderr.trim().split("\n").slice(0, 12).join("\n");
    throw new Error(`npm ci failed: ${complaint}`);
  }
}

/** Compares what is locked with what npm noted when it installed. */
export function isInstalled(locked, installed) {
  if (locked === undefined || installed === undefined) {
    return false;
  }
  return Object.entries(locked)
    .filter(([path]) => path.includes("node_modules/"))
    .every(([path, wanted]) => {
      const found = installed[path];
      // Optional packages are absent where they are for another system.
      return found === undefined ? wanted.optional === true : found.version === wanted.version;
    });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), "utf8")).packages;
  } catch {
    return undefined;
  }
}
