import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe as describeApi } from "@tenon/core/openapi";
import { describe, expect, it } from "vitest";
import { sampleOperations } from "../../../tests/fixtures/openapi/sample.ts";
import { listOperations } from "../operation.ts";
import { clientSample } from "./client.ts";
import { sampleRequest } from "./request.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache");

const HEAD = `import { asForm, createClient, styled } from "@tenon/client";
import type { App } from "@tenon/server";
import type { sampleRouters } from "../../../tests/fixtures/openapi/sample.ts";
const api = createClient<App<typeof sampleRouters>>({ url: "" });
`;

/** What the compiler says of the samples, each in a function of its own. */
async function compile(samples: readonly string[]): Promise<string[]> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, "tenon-samples-"));
  try {
    const bodies = samples.map((code, index) => `export async function sample${index}() {\n${code}\n}\n`);
    writeFileSync(join(folder, "samples.ts"), HEAD + bodies.join(""));
    const config = {
      extends: relative(folder, join(ROOT, "tsconfig.test.json")),
      // A sample shows what a call gives, and does nothing with it.
      compilerOptions: { noUnusedLocals: false },
      include: ["samples.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", folder]).catch(
      (error: { stdout: string }) => error,
    );
    return stdout.split("\n").filter((line) => line.includes("samples.ts"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// A compiler of its own on a machine that may be busy.
describe("samples of the typed client", { timeout: 120_000 }, () => {
  it("are accepted by the compiler, for every operation", async () => {
    const document = describeApi(sampleOperations, { info: { title: "", version: "" }, rpcPath: "/rpc" });
    const samples = listOperations(document).map((operation) =>
      clientSample(document, operation, sampleRequest(document, operation)),
    );
    expect(await compile(samples)).toEqual([]);
    // The compiler does look at them.
    const broken = await compile(['await api.items.read({ id: "one" });', "await api.items.nothing();"]);
    expect(broken).toHaveLength(2);
  });
});
