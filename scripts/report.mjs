// What a suite's own report says: how many tests passed, failed or were left out, and from which files.

/**
 * @typedef {{ passed: number, failed: number, skipped: number, files: string[], figures?: object[] }} Counts
 * Figures are what a suite measured, for the record.
 */

/** The arguments and environment that make a tool write its report to `file`. */
export function reportOptions(kind, file) {
  switch (kind) {
    case "vitest":
      return { args: ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`], env: {} };
    case "playwright":
      return { args: ["--reporter=line,json"], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } };
    case "tap":
      // Node's runner takes its options before the files.
      return { options: ["--test-reporter=tap", `--test-reporter-destination=${file}`], env: {} };
    case "counts":
      return { args: ["--json", file], env: {} };
    default:
      return { env: {} };
  }
}

/** Reads a report's text. */
export function readReport(kind, text) {
  return READERS[kind](text);
}

const READERS = {
  vitest(text) {
    const report = JSON.parse(text);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      files: report.testResults.map((result) => result.name),
    };
  },
  playwright(text) {
    const { stats, suites } = JSON.parse(text);
    // A flaky test passed at the second attempt: something did fail.
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      files: suites.map((suite) => suite.file),
    };
  },
  tap(text) {
    const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(text)?.[1]);
    return {
      passed: count("pass"),
      failed: count("fail") + count("cancelled"),
      skipped: count("skipped") + count("todo"),
      files: [],
    };
  },
  counts(text) {
    const { passed, failed, figures } = JSON.parse(text);
    return { passed, failed, skipped: 0, files: [], figures };
  },
};

/** A suite's verdict; a test left out counts as failed, since a green result must mean that everything ran. */
export function judge(exitCode, counts) {
  if (counts === undefined) {
    const ok = exitCode === 0;
    return { ok, passed: ok ? 1 : 0, failed: ok ? 0 : 1, reason: ok ? undefined : `exit code ${exitCode}` };
  }
  const { passed, skipped } = counts;
  if (skipped > 0) {
    return { ok: false, passed, failed: counts.failed + skipped, reason: `${skipped} left out` };
  }
  if (counts.failed > 0) {
    return { ok: false, passed, failed: counts.failed, reason: undefined };
  }
  if (exitCode !== 0) {
    return { ok: false, passed, failed: 1, reason: `exit code ${exitCode}` };
  }
  return passed > 0
    ? { ok: true, passed, failed: 0, reason: undefined }
    : { ok: false, passed: 0, failed: 1, reason: "no test ran" };
}
