import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isInstalled } from "./install.mjs";
import { judge, readReport } from "./report.mjs";
import { SUITES, selectSuites } from "./suites.mjs";

describe("judge", () => {
  const all = { passed: 3, failed: 0, skipped: 0, files: [] };

  it("is content with a clean report and exit code", () => {
    assert.deepEqual(judge(0, all), { ok: true, passed: 3, failed: 0, reason: undefined });
  });

  it("believes the exit code over the report", () => {
    assert.deepEqual(judge(1, all), { ok: false, passed: 3, failed: 1, reason: "exit code 1" });
  });

  it("counts a test that was left out as failed", () => {
    const verdict = judge(0, { ...all, skipped: 2 });
    assert.deepEqual(verdict, { ok: false, passed: 3, failed: 2, reason: "2 left out" });
  });

  it("wants at least one test", () => {
    assert.equal(judge(0, { ...all, passed: 0 }).ok, false);
  });

  it("counts a suite without a report as one", () => {
    assert.deepEqual(judge(0, undefined), { ok: true, passed: 1, failed: 0, reason: undefined });
    assert.deepEqual(judge(2, undefined), { ok: false, passed: 0, failed: 1, reason: "exit code 2" });
  });
});

describe("readReport", () => {
  it("reads Vitest's counts and files", () => {
    const text = JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [{ name: "/a.test.ts" }],
    });
    assert.deepEqual(readReport("vitest", text), { passed: 5, failed: 1, skipped: 3, files: ["/a.test.ts"] });
  });

  it("takes a flaky Playwright test for a failed one", () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 0 };
    const text = JSON.stringify({ stats, suites: [{ file: "a.spec.ts" }] });
    assert.deepEqual(readReport("playwright", text), {
      passed: 4,
      failed: 2,
      skipped: 0,
      files: ["a.spec.ts"],
    });
  });

  it("reads the last lines of TAP", () => {
    const text = "ok 1 - a\n1..1\n# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 0\n# todo 0\n";
    assert.deepEqual(readReport("tap", text), { passed: 2, failed: 2, skipped: 0, files: [] });
  });
});

describe("selectSuites", () => {
  it("leaves the long suites to --full", () => {
    assert.ok(!selectSuites().some((suite) => suite.name === "fuzz"));
    assert.deepEqual(selectSuites({ full: true }), SUITES);
  });

  it("keeps the check free of what has to be installed on the machine", () => {
    const check = selectSuites({ check: true });
    assert.ok(check.length >= 8);
    assert.ok(check.every((suite) => suite.machine !== true));
  });

  it("refuses a name that no suite has", () => {
    assert.throws(() => selectSuites({ only: ["unit", "typo"] }), /No suite is called typo/);
  });
});

describe("isInstalled", () => {
  const locked = {
    "": { version: "1.0.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "2.0.0", optional: true },
  };

  it("asks for each locked package at its version", () => {
    assert.equal(isInstalled(locked, { "node_modules/a": { version: "1.0.0" } }), true);
    assert.equal(isInstalled(locked, { "node_modules/a": { version: "1.0.1" } }), false);
    assert.equal(isInstalled(locked, {}), false);
    assert.equal(isInstalled(locked, undefined), false);
  });

  it("asks that an optional package has the right version where it is present", () => {
    const installed = { "node_modules/a": { version: "1.0.0" }, "node_modules/b": { version: "1.9.0" } };
    assert.equal(isInstalled(locked, installed), false);
  });
});
