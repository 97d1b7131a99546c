import { defineConfig } from "vitest/config";

// Without "module": Node resolves by these conditions, too, and cannot load files that are written for bundlers (OpenTelemetry's).
export default defineConfig({
  resolve: { conditions: ["tenon-source", "node", "development|production"] },
  ssr: { resolve: { conditions: ["tenon-source", "node", "development|production"] } },
  test: {
    environment: "node",
    include: ["{core,client,server,docs-site}/src/**/*.test.ts", "tests/**/*.test.ts"],
    setupFiles: ["./scripts/seed-setup.mjs"],
    testTimeout: 20_000,
  },
});
