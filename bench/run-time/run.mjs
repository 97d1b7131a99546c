import { writeFileSync } from "node:fs";
import { compareAnswers } from "./compare.mjs";
import { contestants } from "./contestants.mjs";
import { judge } from "./goals.mjs";
import { generatorVersion } from "./load.mjs";
import { describeEnvironment, versionOf } from "./machine.mjs";
import { measure } from "./measure.mjs";
import { readOptions } from "./options.mjs";
import { freePort, Server } from "./process.mjs";
import { describe } from "./report.mjs";
import { scenarios } from "./scenarios.mjs";
import { summarise } from "./summary.mjs";

const UNIT = "raw";
// Their answers are the bench's own promise; a peer's deviation is only printed.
const MUST_ANSWER = ["raw", "tenon"];

const options = readOptions(process.argv.slice(2));
const generator = options.isCheck ? undefined : generatorVersion();
const environment = { ...describeEnvironment(), generator };
// The unit takes part in every run.
const names = [UNIT, ...options.contestants.filter((name) => name !== UNIT)];
const servers = [];
process.once("SIGINT", () => {
  for (const server of servers) server.stop();
  process.exit(130);
});

try {
  const seen = await startAll();
  const windows = options.isCheck
    ? {}
    : await measure(servers, { ...options, names: options.scenarios, onProgress: printProgress });
  for (const server of servers) seen[server.name].memory.loaded = server.residentMegabytes();
  const result = {
    kind: "run-time",
    environment,
    options,
    unit: UNIT,
    contestants: seen,
    scenarios: summariseAll(windows),
    goals: judge(windows),
    windows,
  };
  console.log(describe(result));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  if (isBroken(result)) process.exitCode = 1;
} finally {
  for (const server of servers) server.stop();
}

/** Whether someone did not start, or an answer that the bench promises to be right was wrong. */
function isBroken({ contestants: seen, scenarios: timed }) {
  const didNotStart = Object.values(seen).some(({ failure }) => failure !== undefined);
  const deviates = MUST_ANSWER.some((name) => seen[name]?.deviations.length > 0);
  const complains = Object.values(timed).some(({ servers }) =>
    MUST_ANSWER.some((name) => servers[name]?.complaints.length > 0),
  );
  return didNotStart || deviates || complains;
}

/** Starts everyone and compares the answers; who does not start is named and left out. */
async function startAll() {
  const seen = {};
  for (const name of names) {
    const contestant = contestants[name];
    const versions = Object.fromEntries(contestant.packages.map((one) => [one, versionOf(one)]));
    const server = new Server(name, contestant, await freePort());
    try {
      await server.ready();
      const memory = { idle: server.residentMegabytes() };
      seen[name] = { label: contestant.label, versions, memory, deviations: await compareAnswers(server) };
      servers.push(server);
    } catch (error) {
      server.stop();
      if (name === UNIT) throw error;
      seen[name] = { label: contestant.label, versions, deviations: [], failure: error.message };
    }
  }
  return seen;
}

function summariseAll(windows) {
  return Object.fromEntries(
    Object.entries(windows).map(([name, byServer]) => [
      name,
      {
        title: scenarios[name].title,
        servers: Object.fromEntries(
          Object.entries(byServer).map(([server, own]) => [server, summarise(own, byServer[UNIT])]),
        ),
      },
    ]),
  );
}

function printProgress({ round, scenario, server, window }) {
  const load = window.isClean ? "" : `, disturbed: other load ${Math.round(window.foreign * 100)} %`;
  console.error(
    `round ${round + 1}/${options.rounds} ${scenario} ${server}: ` +
      `${Math.round(window.requestsPerSecond)} req/s, ${window.cpuMicroseconds.toFixed(1)} µs CPU${load}`,
  );
}
