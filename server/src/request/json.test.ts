import fc from "fast-check";
import { expect, it } from "vitest";
import { exceedsDepth, locateJsonFault } from "./json.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it("finds a fault exactly where the engine finds one", () => {
  const mutated = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", "}", "]", '"', "x", "{", ":", "01", "\n", "\\", "\u0001"),
    )
    .map(
      ([text, at, insert]) =>
        text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + (at % 2)),
    );
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string()), (text) => {
      const fault = locateJsonFault(text);
      expect(fault === -1).toBe(isJson(text));
      expect(fault).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2000 },
  );
});

it("names the place", () => {
  expect(locateJsonFault('{"a":1,}')).toBe(7);
  expect(locateJsonFault('{"a" 1}')).toBe(5);
  expect(locateJsonFault("[1 2]")).toBe(3);
  expect(locateJsonFault("  ")).toBe(2);
  expect(locateJsonFault("[01]")).toBe(2);
  expect(locateJsonFault('["\\x"]')).toBe(1);
});

it("counts nesting outside strings only", () => {
  expect(exceedsDepth("[".repeat(64))).toBe(false);
  expect(exceedsDepth("[".repeat(65))).toBe(true);
  expect(exceedsDepth(`["${"[".repeat(100)}\\"["]`)).toBe(false);
  expect(exceedsDepth("[[],[],[]]", 2)).toBe(false);
  expect(exceedsDepth('{"a":{"b":{}}}', 2)).toBe(true);
});
