import { describe, expect, it } from "vitest";
import { LIMITS } from "./limits.ts";
import { slugOf } from "./slug.ts";

describe("slugOf", () => {
  it.each([
    ["How to train your dragon", "how-to-train-your-dragon"],
    ["  Tabs -- or   spaces?! ", "tabs-or-spaces"],
    ["Crème brûlée, à la carte", "creme-brulee-a-la-carte"],
    ["日本語のガイド", "日本語のガイド"],
    ["C++ in 2026", "c-in-2026"],
  ])("makes %j an address", (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  it("keeps clear of the address of the feed", () => {
    expect(slugOf("Feed")).toMatch(/^feed-[0-9a-f]{10}$/);
  });

  it("gives titles without letters their own address, always the same", () => {
    expect(slugOf("!!!")).toMatch(/^article-[0-9a-f]{10}$/);
    expect(slugOf("!!!")).toBe(slugOf("!!!"));
    expect(slugOf("!!!")).not.toBe(slugOf("???"));
  });

  it("shortens long titles and still tells them apart", () => {
    const [one, other] = [slugOf(`${"𝒜𐐀".repeat(150)} one`), slugOf(`${"𝒜𐐀".repeat(150)} other`)];
    expect(one.length).toBeLessThanOrEqual(LIMITS.slug);
    expect(one).not.toBe(other);
    expect(one).not.toMatch(/\p{Surrogate}/u);
  });
});
