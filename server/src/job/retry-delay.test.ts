import { job, readJob } from "@tenon/core";
import { expect, it } from "vitest";
import { retryDelay } from "./retry-delay.ts";

const policy = (retry: Parameters<ReturnType<typeof job>["retry"]>[0]) =>
  readJob(
    job("a")
      .retry(retry)
      .handle(() => {}),
  ).retry;

it("doubles each time, with up to a quarter by chance, and never exceeds the longest", () => {
  const exponential = policy({ delay: 100, maxDelay: 1000 });
  const least = [1, 2, 3, 4, 5, 900].map((attempt) => retryDelay(exponential, attempt, () => 0));
  const most = [1, 2, 3, 4, 5, 900].map((attempt) => retryDelay(exponential, attempt, () => 1));
  expect(least).toEqual([100, 200, 400, 800, 1000, 1000]);
  expect(most).toEqual([125, 250, 500, 1000, 1000, 1000]);
});

it("stays the same where it is fixed", () => {
  const fixed = policy({ delay: 100, backoff: "fixed", maxDelay: 70 });
  expect(retryDelay(fixed, 9)).toBe(70);
  expect(retryDelay(policy({ delay: 0 }), 3)).toBe(0);
});
