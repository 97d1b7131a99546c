import fc from "fast-check";
import { expect, it } from "vitest";
import { memoryRateLimits, type RateTaken } from "./rate.ts";

const runs = Number(process.env["TENON_PROPERTY_RUNS"] ?? 200);

it("never lets more in than the limit and what came back since", () => {
  const policy = fc.record({
    limit: fc.integer({ min: 1, max: 50 }),
    window: fc.integer({ min: 10, max: 10_000 }),
  });
  fc.assert(
    fc.property(policy, fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 300 }), (rate, waits) => {
      let now = 0;
      const store = memoryRateLimits({ now: () => now });
      const allowed: number[] = [];
      for (const wait of waits) {
        now += wait;
        const taken = store.take("a", rate) as RateTaken;
        expect(taken.isAllowed).toBe(taken.retryAfter === 0);
        if (taken.isAllowed) {
          allowed.push(now);
        }
      }
      for (const [index, from] of allowed.entries()) {
        for (const [more, to] of allowed.slice(index).entries()) {
          expect(more + 1).toBeLessThanOrEqual(rate.limit * (1 + (to - from) / rate.window) + 0.01);
        }
      }
    }),
    { numRuns: runs },
  );
});

it("allows the next one exactly when it says so", () => {
  let now = 0;
  const store = memoryRateLimits({ now: () => now });
  const take = (): RateTaken => store.take("a", { limit: 3, window: 1000 }) as RateTaken;
  expect([take(), take(), take()].map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
  const { retryAfter } = take();
  now += retryAfter - 1;
  expect(take().isAllowed).toBe(false);
  now += 1;
  expect(take().isAllowed).toBe(true);
});

it("holds no more keys than it may, and forgets those that have their whole limit again", () => {
  let now = 0;
  const store = memoryRateLimits({ maxKeys: 10, now: () => now });
  const policy = { limit: 1, window: 1000 };
  for (let key = 0; key < 1000; key++) {
    void store.take(String(key), policy);
  }
  expect(store.size).toBe(10);
  expect((store.take("999", policy) as RateTaken).isAllowed).toBe(false);
  now += 2000;
  void store.take("new", policy);
  expect(store.size).toBe(1);
});
