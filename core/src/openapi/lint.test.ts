import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { sampleMiddleware, sampleOperations } from "../../../tests/fixtures/openapi/sample.ts";
import { describe as describeApi } from "../openapi.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tenon-openapi-"));
const file = join(folder, "openapi.json");
const document = describeApi(sampleOperations, {
  info: { title: "Sample", version: "1.0.0" },
  middleware: [sampleMiddleware],
  rpcPath: "/rpc",
});
writeFileSync(file, JSON.stringify(document, null, 2));
writeFileSync(join(folder, ".spectral.yaml"), "extends: [spectral:oas]\n");
afterAll(() => rmSync(folder, { recursive: true }));

// Each is a process of its own on a machine that may be busy.
describe("what other people's tools say of the document", { timeout: 120_000 }, () => {
  it("passes Redocly's rules of the specification", async () => {
    const { stderr } = await run(join(ROOT, "node_modules/.bin/redocly"), ["lint", "--extends=spec", file], {
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    expect(stderr).toContain("Your API description is valid");
  });

  it("passes Spectral without an error", async () => {
    const { stdout } = await run(join(ROOT, "node_modules/.bin/spectral"), [
      "lint",
      "--fail-severity=error",
      "--ruleset",
      join(folder, ".spectral.yaml"),
      file,
    ]);
    expect(stdout).toMatch(/0 errors/);
  });

  it("is turned into types by openapi-typescript", async () => {
    const tool = join(ROOT, "bench/node_modules/openapi-typescript/bin/cli.js");
    const { stdout } = await run(process.execPath, [tool, file]);
    expect(stdout).toContain('"/items/{id}"');
    expect(stdout).toContain("NameTakenProblem");
  });
});
