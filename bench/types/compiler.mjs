import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const fromRoot = createRequire(new URL("../../package.json", import.meta.url));
const typescript = dirname(fromRoot.resolve("typescript/package.json"));
const { default: getExePath } = await import(join(typescript, "lib/getExePath.js"));
const executable = getExePath();
const TIME_LIMIT_MS = 600_000;

export const compilerVersion = fromRoot("typescript/package.json").version;

/**
 * Compiles one project by the native compiler with a single checker, so that the counts repeat exactly.
 * @typedef {{ code: string, file: string, line: number, message: string }} Diagnostic
 * @typedef {{ instantiations: number, types: number, memoryKilobytes: number, errors: Diagnostic[] }} Cost
 * @returns {Cost}
 */
export function compile(folder, project) {
  const parameters = [
    "-p",
    join(folder, project),
    "--singleThreaded",
    "--extendedDiagnostics",
    "--pretty",
    "false",
  ];
  const { stdout, stderr, error } = spawnSync(executable, parameters, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: TIME_LIMIT_MS,
  });
  if (error) throw new Error(`${project} in ${folder}: ${error.message}`);
  const figure = (label) => {
    const match = new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(stdout);
    if (match === null) throw new Error(`${project} in ${folder}: no '${label}' in\n${stdout}${stderr}`);
    return Number(match[1]);
  };
  return {
    instantiations: figure("Instantiations"),
    types: figure("Types"),
    memoryKilobytes: figure("Memory used"),
    errors: diagnosticsOf(stdout),
  };
}

function diagnosticsOf(text) {
  const lines = text.matchAll(/^(?:(.+)\((\d+),\d+\): )?error (TS\d+): (.*)$/gm);
  return [...lines].map(([, file = "", line = "0", code, message]) => ({
    code,
    file,
    line: Number(line),
    message,
  }));
}

/** Bytes of the declarations below a folder. */
export function declarationBytes(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".d.ts"))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
