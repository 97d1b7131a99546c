import { readFileSync } from "node:fs";

const goals = JSON.parse(readFileSync(new URL("goals.json", import.meta.url), "utf8"));

/** A verdict for each goal of the variants that were measured. */
export function judge(variants) {
  const verdicts = [];
  for (const [name, { slopes }] of Object.entries(variants)) {
    for (const [part, counts] of Object.entries(goals[name] ?? {})) {
      for (const [count, [must, goal]] of Object.entries(counts)) {
        const value = slopes[part]?.[count];
        if (value === undefined) continue;
        const verdict = value <= goal ? "goal" : value <= must ? "must" : "miss";
        verdicts.push({ variant: name, part, count, value, must, goal, verdict });
      }
    }
  }
  return verdicts;
}
