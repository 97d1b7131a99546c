// The fixed list of what `npm test` runs, in this order.

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string[]} command  found in node_modules/.bin or on the PATH
 * @property {number} minutes  time limit
 * @property {"vitest" | "playwright" | "tap" | "counts"} [report]  where its counts come from; else it counts as one
 * @property {boolean} [check]  part of `npm run check`
 * @property {boolean} [full]  only with --full
 * @property {boolean} [machine]  needs what scripts/setup.sh installs
 * @property {Record<string, string>} [env]
 */

const LIBRARIES = ["core/src", "client/src", "server/src", "docs-site/src"];

/** @type {readonly Suite[]} */
export const SUITES = [
  { name: "format", command: ["biome", "format", "."], minutes: 2, check: true },
  {
    name: "build",
    command: ["turbo", "run", "build", "--output-logs=errors-only"],
    minutes: 10,
    check: true,
  },
  // After the build: rules that know types read the packages' declarations.
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"], minutes: 5, check: true },
  { name: "types", command: ["tsc", "-p", "tsconfig.test.json"], minutes: 10, check: true },
  {
    name: "scripts",
    command: ["node", "--test", "scripts/report.test.mjs"],
    report: "tap",
    minutes: 2,
    check: true,
  },
  { name: "unit", command: ["vitest", "run", ...LIBRARIES], report: "vitest", minutes: 15, check: true },
  { name: "misuse", command: ["vitest", "run", "tests/misuse"], report: "vitest", minutes: 10, check: true },
  {
    name: "architecture",
    command: ["vitest", "run", "tests/architecture"],
    report: "vitest",
    minutes: 5,
    check: true,
  },
  {
    name: "wire",
    command: ["vitest", "run", "tests/uploads", "tests/wire-types", "tests/testing", "tests/streams"],
    report: "vitest",
    minutes: 5,
    check: true,
  },
  {
    name: "redis",
    command: ["node", "scripts/redis.mjs", "--", "vitest", "run", "tests/redis"],
    report: "vitest",
    minutes: 5,
    machine: true,
  },
  {
    name: "life-cycle",
    command: ["vitest", "run", "tests/life-cycle"],
    report: "vitest",
    minutes: 5,
    check: true,
  },
  {
    name: "jobs",
    command: [
      "node",
      "scripts/postgres.mjs",
      "--",
      "node",
      "scripts/redis.mjs",
      "--",
      "vitest",
      "run",
      "tests/jobs",
    ],
    report: "vitest",
    minutes: 10,
    machine: true,
  },
  {
    name: "hub",
    command: [
      "node",
      "scripts/postgres.mjs",
      "--",
      "node",
      "scripts/redis.mjs",
      "--",
      "vitest",
      "run",
      "tests/hub",
    ],
    report: "vitest",
    minutes: 5,
    machine: true,
  },
  {
    name: "package",
    command: ["node", "scripts/check-packages.mjs"],
    report: "counts",
    minutes: 10,
    check: true,
  },
  {
    name: "conformance",
    command: ["node", "scripts/postgres.mjs", "--", "vitest", "run", "tests/conformance"],
    report: "vitest",
    minutes: 20,
    machine: true,
  },
  {
    name: "bookshop",
    command: ["vitest", "run", "--root", "examples/bookshop"],
    report: "vitest",
    minutes: 5,
    check: true,
  },
  {
    name: "recipes",
    command: ["vitest", "run", "--root", "examples/security"],
    report: "vitest",
    minutes: 5,
    check: true,
  },
  {
    name: "tutorial",
    command: ["vitest", "run", "--root", "examples/fastapi-tutorial"],
    report: "vitest",
    minutes: 5,
    check: true,
  },
  {
    name: "realworld",
    command: ["node", "scripts/postgres.mjs", "--", "vitest", "run", "--root", "examples/realworld"],
    report: "vitest",
    minutes: 10,
    machine: true,
  },
  {
    name: "assistant",
    command: ["vitest", "run", "--root", "examples/assistant"],
    report: "vitest",
    minutes: 5,
    check: true,
  },
  {
    name: "chat",
    command: ["node", "scripts/postgres.mjs", "--", "vitest", "run", "--root", "examples/chat"],
    report: "vitest",
    minutes: 5,
    machine: true,
  },
  {
    name: "shop",
    command: ["node", "scripts/postgres.mjs", "--", "vitest", "run", "--root", "examples/shop"],
    report: "vitest",
    minutes: 10,
    machine: true,
  },
  { name: "bruno", command: ["node", "scripts/bruno.mjs"], report: "counts", minutes: 10, machine: true },
  { name: "fastapi", command: ["node", "scripts/fastapi.mjs"], report: "counts", minutes: 10, machine: true },
  {
    name: "e2e",
    command: ["node", "scripts/postgres.mjs", "--", "playwright", "test"],
    report: "playwright",
    minutes: 20,
    machine: true,
  },
  { name: "budgets", command: ["node", "bench/types/budget.mjs"], minutes: 10 },
  { name: "allocations", command: ["node", "bench/run-time/allocations.mjs"], minutes: 5 },
  {
    name: "many-callers",
    command: ["node", "tests/lasting/many.mjs"],
    report: "counts",
    minutes: 5,
    full: true,
  },
  {
    name: "large-uploads",
    command: ["node", "tests/uploads/large.mjs"],
    report: "counts",
    minutes: 10,
    full: true,
  },
  {
    name: "fuzz",
    command: [
      "vitest",
      "run",
      "--config",
      "scripts/vitest.fuzz.config.mjs",
      ...LIBRARIES,
      "tests/conformance",
    ],
    report: "vitest",
    minutes: 60,
    full: true,
    machine: true,
    env: { FUZZ_RUNS: "3000", TENON_PROPERTY_RUNS: "20000" },
  },
];

/** The suites that the flags ask for; throws on a name that no suite has. */
export function selectSuites({ check = false, full = false, only } = {}) {
  if (only !== undefined) {
    const unknown = only.filter((name) => !SUITES.some((suite) => suite.name === name));
    if (unknown.length > 0) {
      throw new Error(
        `No suite is called ${unknown.join(", ")}; there are ${SUITES.map((s) => s.name).join(", ")}.`,
      );
    }
    return SUITES.filter((suite) => only.includes(suite.name));
  }
  return SUITES.filter((suite) => (check ? suite.check === true : full || suite.full !== true));
}
