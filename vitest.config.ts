import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["tenon-source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["tenon-source", "module", "node", "development|production"] } },
  test: {
    environment: "node",
    include: ["{core,client,server,docs-site}/src/**/*.test.ts", "tests/**/*.test.ts"],
    setupFiles: ["./scripts/seed-setup.mjs"],
    testTimeout: 20_000,
  },
});
