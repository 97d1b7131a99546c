const two = (value) => value.toFixed(2);
const range = ({ ratio, low, high }) => `${two(ratio)} (${two(low)}–${two(high)})`;

/** The result of a run as the text that people read. */
export function describe(result) {
  return [
    ...describeAnswers(result),
    ...Object.entries(result.scenarios).flatMap(([name, scenario]) =>
      describeScenario(name, scenario, result),
    ),
    ...describeMemory(result),
    ...describeGoals(result.goals),
  ].join("\n");
}

function describeAnswers({ contestants }) {
  const lines = ["", "Answers compared before timing:"];
  for (const [name, { label, deviations, failure }] of Object.entries(contestants)) {
    const words = failure ?? (deviations.length === 0 ? "as expected" : deviations.join(" · "));
    lines.push(`  ${name} (${label}): ${words}`);
  }
  return lines;
}

function describeScenario(name, { title, servers }, { contestants, unit }) {
  const lines = [
    "",
    `${name} ${title}; ratios to ${unit} of medians (lowest–highest round), more is better`,
    "",
    "| server | throughput × | CPU × | CPU µs/request | req/s | p50 ms | p99 ms | rounds used | other load ≤ | deviations |",
    "|---|---|---|---|---|---|---|---|---|---|",
  ];
  for (const [server, figures] of Object.entries(servers)) {
    const { cpuMicroseconds, requestsPerSecond, p50, p99, usedRounds, rounds, discarded, foreign } = figures;
    const load = `${Math.round(foreign * 100)} %${discarded > 0 ? `, ${discarded} windows repeated` : ""}`;
    const own = contestants[server].deviations.filter((words) => words.startsWith(`${name}:`));
    lines.push(
      `| ${server} | ${range(figures.throughput)} | ${range(figures.cpu)} | ${cpuMicroseconds.median.toFixed(1)} ` +
        `(${cpuMicroseconds.low.toFixed(1)}–${cpuMicroseconds.high.toFixed(1)}) | ` +
        `${Math.round(requestsPerSecond.median)} | ${two(p50)} | ${two(p99)} | ${usedRounds}/${rounds} | ` +
        `${load} | ${[...own, ...figures.complaints].join("; ")} |`,
    );
  }
  return lines;
}

function describeMemory({ contestants }) {
  const lines = ["", "| server | RSS MB when started | after the run |", "|---|---|---|"];
  for (const [name, { memory }] of Object.entries(contestants)) {
    if (memory) lines.push(`| ${name} | ${Math.round(memory.idle)} | ${Math.round(memory.loaded)} |`);
  }
  return lines;
}

function describeGoals(verdicts) {
  if (verdicts.length === 0) return ["", "No goal of bench/goals.json was measured in this run."];
  const count = (verdict) => verdicts.filter((one) => one.verdict === verdict).length;
  const head = `Goals: ${count("goal")} reached, ${count("must")} at the required ratio only, ${count("miss")} missed.`;
  const lines = verdicts
    .filter(({ verdict }) => verdict !== "goal")
    .map((one) => {
      const needs = one.verdict === "miss" ? `needs ${two(one.must)}` : `goal ${two(one.goal)}`;
      const doubt = one.verdict === "miss" && one.high >= one.must ? "; the spread reaches it" : "";
      return `  ${one.verdict === "miss" ? "MISS" : "below goal"} ${one.scenario} × ${one.peer}: ${range(one)}, ${needs}${doubt}`;
    });
  return ["", head, ...lines];
}
