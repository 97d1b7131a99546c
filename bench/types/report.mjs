const show = (value) => (value === undefined ? "." : String(Math.round(value * 10) / 10));

/** The result of a run as the text that people read. */
export function describe({ variants, goals }) {
  return [
    "",
    "Per procedure, the slope between two sizes; inst = instantiations, KB = memory, one call = what it costs more per further procedure of the app, bend = late slope over early slope",
    "",
    "| variant | client | sizes | server inst | types | all inst | types | KB | editor inst (TS 6) | client vs d.ts inst | d.ts bytes | one call | bend |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ...Object.entries(variants).flatMap(([name, variant]) => rows(name, variant)),
    "",
    ...describeComplaints(variants),
    ...describeGoals(goals),
  ].join("\n");
}

function rows(name, { label, styles, range, slopes, bend }) {
  return styles.map((style) => {
    const part = (word) => slopes[`${word} ${style}`] ?? {};
    const figures = [
      slopes.server.instantiations,
      slopes.server.types,
      part("all").instantiations,
      part("all").types,
      part("all").memoryKilobytes,
      part("editor").instantiations,
      part("against").instantiations,
      slopes.declarations.bytes,
      part("oneCall").instantiations,
    ];
    const sizes = `${range.from}–${range.to}`;
    const bent = bend[style]?.toFixed(2) ?? ".";
    return `| ${name} (${label}) | ${style} | ${sizes} | ${figures.map(show).join(" | ")} | ${bent} |`;
  });
}

function describeComplaints(variants) {
  const lines = Object.entries(variants).flatMap(([name, { complaints }]) =>
    complaints.map((complaint) => `  ${name}: ${complaint}`),
  );
  if (lines.length === 0) return ["Every app compiles without an error, and every canary was refused."];
  return ["Complaints:", ...lines];
}

function describeGoals(verdicts) {
  if (verdicts.length === 0) return ["No goal of bench/types/goals.json was measured in this run."];
  const count = (verdict) => verdicts.filter((one) => one.verdict === verdict).length;
  const head = `Goals: ${count("goal")} reached, ${count("must")} within the limit only, ${count("miss")} missed.`;
  const lines = verdicts
    .filter(({ verdict }) => verdict !== "goal")
    .map(({ variant, part, count: unit, value, must, goal, verdict }) => {
      const limit = verdict === "miss" ? `at most ${must}` : `goal ${goal}`;
      return `  ${verdict === "miss" ? "MISS" : "above goal"} ${variant}, ${part}: ${show(value)} ${unit}, ${limit}`;
    });
  return [head, ...lines];
}
