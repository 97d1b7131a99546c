import { parseArgs } from "node:util";
import { contestants } from "./contestants.mjs";
import { scenarios, timedByDefault } from "./scenarios.mjs";

const usage = `node bench/run-time/run.mjs [--quick] [--json FILE] [--only tenon,raw] [--scenarios S1,S2] [--rounds 7] [--seconds 6] [--check]

  --quick      3 rounds of 2 seconds
  --json       writes everything that was measured
  --only       ${Object.keys(contestants).join(", ")}
  --scenarios  ${Object.keys(scenarios).join(", ")} (default ${timedByDefault.join(", ")})
  --check      compares the answers and times nothing`;

/** The command line, checked. */
export function readOptions(parameters) {
  const { values } = parseArgs({
    args: parameters,
    options: {
      quick: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      json: { type: "string" },
      only: { type: "string" },
      scenarios: { type: "string" },
      rounds: { type: "string" },
      seconds: { type: "string" },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const everyone = Object.keys(contestants).filter((name) => !contestants[name].optional);
  return {
    isQuick: values.quick,
    isCheck: values.check,
    json: values.json,
    contestants: readList(values.only, Object.keys(contestants), everyone, "--only"),
    scenarios: readList(values.scenarios, Object.keys(scenarios), timedByDefault, "--scenarios"),
    rounds: readNumber(values.rounds, values.quick ? 3 : 7, "--rounds"),
    seconds: readNumber(values.seconds, values.quick ? 2 : 6, "--seconds"),
    warmUp: values.quick ? 1 : 2,
    tries: values.quick ? 2 : 3,
  };
}

function readList(text, known, fallback, flag) {
  if (text === undefined) return fallback;
  const names = text.split(",");
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`${flag}: ${unknown.join(", ")} is none of ${known.join(", ")}`);
  return names;
}

function readNumber(text, fallback, flag) {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${flag} takes a whole number above 0, not '${text}'`);
  return value;
}
