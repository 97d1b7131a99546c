import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe as describeDocument } from "@tenon/core/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import { app as realworld } from "../../examples/realworld/src/app.ts";
import { officialExamples, officialValidator } from "./official-schema.ts";
import { app as sample } from "./sample-app.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tenon-conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));
const ruleset = join(folder, ".spectral.yaml");
writeFileSync(ruleset, "extends: [spectral:oas]\n");

/** Nothing may come from the network: whoever asks for it finds a closed port. */
const OFFLINE: NodeJS.ProcessEnv = {
  ...process.env,
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
};

const binary = (name: string): string => join(ROOT, "node_modules/.bin", name);
const validate = officialValidator();

it("uses a validator that passes and refuses the official examples", () => {
  for (const [name, document] of officialExamples("pass")) {
    expect([name, validate(document)]).toEqual([name, true]);
  }
  for (const [name, document] of officialExamples("fail")) {
    expect([name, validate(document)]).toEqual([name, false]);
  }
});

// Each of the tools is a process of its own on a machine that may be busy.
describe.each([
  { name: "the sample", app: sample, module: "tests/conformance/sample-app.ts" },
  { name: "RealWorld", app: realworld, module: "examples/realworld/src/app.ts" },
])("the document of $name", { timeout: 180_000 }, ({ app, module }) => {
  const { info, tags, envelope, middleware } = app.options;
  const document = describeDocument(app.operations, {
    info: info ?? { title: "", version: "" },
    tags,
    envelope,
    middleware,
    rpcPath: "/rpc",
  });
  const bytes = JSON.stringify(document);
  const file = join(folder, `${module.replaceAll(/\W/g, "-")}.json`);
  writeFileSync(file, bytes);

  it("fits the official schema of OpenAPI 3.1", () => {
    validate(JSON.parse(bytes));
    expect(validate.errors).toBeNull();
  });

  it("holds only schemas that are valid in their dialect, JSON Schema 2020-12", () => {
    const ajv = new Ajv2020({ strict: false });
    const schemas = [...schemasIn(JSON.parse(bytes))];
    expect(schemas.length).toBeGreaterThan(50);
    for (const schema of schemas) {
      void ajv.validateSchema(schema);
      expect([schema, ajv.errors]).toEqual([schema, null]);
    }
  });

  it("passes Redocly's rules of the specification", async () => {
    const { stdout, stderr } = await run(
      binary("redocly"),
      ["lint", "--extends=spec", "--format=json", file],
      {
        env: OFFLINE,
        cwd: folder,
      },
    );
    const { totals } = JSON.parse(stdout) as { totals: { errors: number } };
    expect([totals.errors, stderr.includes("Your API description is valid")]).toEqual([0, true]);
  });

  it("passes Spectral's rules without an error", async () => {
    const { stdout } = await run(
      binary("spectral"),
      ["lint", "--fail-severity=error", "--format=json", "--ruleset", ruleset, file],
      { env: OFFLINE, cwd: folder, maxBuffer: 1 << 26 },
    ).catch((failed: { stdout: string }) => failed);
    const found = JSON.parse(stdout.slice(0, stdout.lastIndexOf("]") + 1)) as { severity: number }[];
    expect(found.filter(({ severity }) => severity === 0)).toEqual([]);
  });

  it("becomes types that compile, by openapi-typescript", async () => {
    const tool = join(ROOT, "bench/node_modules/openapi-typescript/bin/cli.js");
    const types = `${file}.d.ts`;
    await run(process.execPath, [tool, file, "--output", types], { env: OFFLINE, cwd: folder });
    const text = readFileSync(types, "utf8");
    for (const { path, operationId } of app.operations) {
      expect(text).toContain(JSON.stringify(path.replace("*}", "}")));
      expect(text).toContain(JSON.stringify(operationId));
    }
    await run(binary("tsc"), ["--noEmit", "--strict", "--ignoreConfig", types], { cwd: folder });
  });

  it("is the same, byte for byte, in another process", async () => {
    const { DATABASE_URL: _database, ...env } = process.env;
    const script = join(ROOT, "tests/conformance/print-document.mjs");
    const { stdout } = await run(process.execPath, [script, join(ROOT, module)], {
      env: { ...env, JWT_SECRET: "a secret of the tests, of 32 bytes and more" },
      maxBuffer: 1 << 26,
    });
    expect(stdout).toBe(bytes);
  });
});

/** Every schema object of a document. */
function* schemasIn(value: unknown): Generator<object> {
  if (typeof value !== "object" || value === null) {
    return;
  }
  for (const [key, part] of Object.entries(value)) {
    if (key === "schema") {
      yield part as object;
    } else if (key === "schemas") {
      yield* Object.values(part as object) as object[];
    }
    yield* schemasIn(part);
  }
}
