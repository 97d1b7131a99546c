import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";
import base from "../vitest.config.ts";

// The same tests; property tests that do not fix their own number of runs make FUZZ_RUNS of them.
export default mergeConfig(base, {
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    setupFiles: [fileURLToPath(new URL("fuzz-setup.mjs", import.meta.url))],
    testTimeout: 600_000,
  },
});
