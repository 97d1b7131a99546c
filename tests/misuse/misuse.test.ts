import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const cases = readdirSync(`${folder}cases`)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3));

/** What the compiler says of each case, line by line, without places. */
const said = new Map<string, string[]>();

beforeAll(async () => {
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  const run = promisify(execFile)(
    process.execPath,
    [compiler, "-p", `${folder}tsconfig.json`, "--pretty", "false"],
    {
      cwd: root,
      maxBuffer: 1 << 26,
    },
  );
  const output = await run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
  let current = "";
  for (const line of output.split("\n")) {
    const start = /^(?:.*\/)?cases\/([\w-]+)\.ts\(\d+,\d+\): error (TS\d+: .*)$/.exec(line);
    if (start !== null) {
      current = start[1] as string;
      said.set(current, [...(said.get(current) ?? []), start[2] as string]);
    } else if (line.startsWith("  ")) {
      said.get(current)?.push(line);
    }
  }
}, 120_000);

describe("what the compiler says of", () => {
  it.each(cases)("%s", (name) => {
    const messages = said.get(name);
    expect(messages, "the compiler accepts it").toBeDefined();
    expect(messages?.join("\n")).toMatchSnapshot();
  });
});
