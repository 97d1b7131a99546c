#!/usr/bin/env node
// Adds the packages for other systems to package-lock.json: `node scripts/complete-lock.mjs`.
//
// A registry that serves one system only makes `npm install` drop them from the lock file, and `npm ci` then
// refuses it everywhere. Their versions stand in their parents' optionalDependencies and their systems in
// their names, so they can be written without asking the registry; npm never fetches them elsewhere.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

const SYSTEMS = {
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  openharmony: "openharmony",
  win32: "win32",
  windows: "win32",
};
const PROCESSORS = {
  arm: "arm",
  arm64: "arm64",
  ia32: "ia32",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  x64: "x64",
  64: "x64",
};

const file = join(ROOT, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!isLocked(path, name)) {
      lock.packages[`node_modules/${name}`] = describe(name, version, entry);
      added.push(`${name}@${version}`);
    }
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = Object.fromEntries(sorted);
if (added.length > 0) {
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(added.length === 0 ? "The lock file is complete." : `Added:\n${added.join("\n")}`);

/** Looks where Node would: beside the parent, then further up. */
function isLocked(path, name) {
  for (let folder = path; ; folder = folder.slice(0, folder.lastIndexOf("/node_modules/"))) {
    if (`${folder}/node_modules/${name}` in lock.packages || `node_modules/${name}` in lock.packages) {
      return true;
    }
    if (!folder.includes("/node_modules/")) {
      return false;
    }
  }
}

function describe(name, version, parent) {
  const words = name.split(/[^a-z0-9]+/);
  const os = words.map((word) => SYSTEMS[word]).find((word) => word !== undefined);
  const cpu = words.map((word) => PROCESSORS[word]).find((word) => word !== undefined);
  if (!/^\d+\.\d+\.\d+/.test(version) || os === undefined || cpu === undefined) {
    throw new Error(`${name}@${version} does not tell its system; add it by hand.`);
  }
  const libc = words.find((word) => word === "musl" || word.startsWith("gnu"));
  return {
    version,
    cpu: [cpu],
    ...(parent.dev ? { dev: true } : {}),
    ...(libc === undefined || os !== "linux" ? {} : { libc: [libc === "musl" ? "musl" : "glibc"] }),
    license: parent.license,
    optional: true,
    os: [os],
  };
}
