import { readFileSync } from "node:fs";
import { compareThroughput } from "./summary.mjs";

const goals = JSON.parse(readFileSync(new URL("../goals.json", import.meta.url), "utf8"));

/** A verdict for each goal whose scenario and peer took part in this run. */
export function judge(windows) {
  const verdicts = [];
  for (const [scenario, peers] of Object.entries(goals.scenarios)) {
    for (const [peer, [must, goal = must]] of Object.entries(peers)) {
      const own = windows[scenario]?.[goals.subject];
      const other = windows[scenario]?.[peer];
      if (own === undefined || other === undefined) continue;
      const { ratio, low, high } = compareThroughput(own, other);
      const verdict = ratio >= goal ? "goal" : ratio >= must ? "must" : "miss";
      verdicts.push({ scenario, peer, must, goal, ratio, low, high, verdict });
    }
  }
  return verdicts;
}
