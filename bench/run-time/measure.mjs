import { load } from "./load.mjs";
import { cores, machineBusyMs, ownBusyMs } from "./machine.mjs";
import { scenarios } from "./scenarios.mjs";

const FOREIGN_LIMIT = 0.1;

/**
 * One timed window. `foreign` is the share of the machine that went to processes outside the bench.
 * @typedef {{ requestsPerSecond: number, cpuMicroseconds: number, p50: number, p99: number,
 *   foreign: number, discarded: number, isClean: boolean, complaint?: string }} Window
 */

/** Windows by scenario and server, in rounds of A B C … C B A, so that drift cancels. */
export async function measure(servers, { names, rounds, seconds, warmUp, tries, onProgress }) {
  /** @type {Record<string, Record<string, Window[]>>} */
  const windows = Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(takingPart(servers, name).map((server) => [server.name, []])),
    ]),
  );
  for (const name of names) {
    for (const server of takingPart(servers, name)) await load(server, scenarios[name], warmUp);
  }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? servers : [...servers].reverse();
    for (const name of names) {
      for (const server of takingPart(order, name)) {
        const window = await cleanWindow(server, name, seconds, tries);
        windows[name][server.name].push(window);
        onProgress({ round, scenario: name, server: server.name, window });
      }
    }
  }
  return windows;
}

function takingPart(servers, name) {
  const { only } = scenarios[name];
  return only === undefined ? servers : servers.filter((server) => only.includes(server.name));
}

/** Repeats a window that other processes disturbed; the least disturbed one stands when none is clean. */
async function cleanWindow(server, name, seconds, tries) {
  let best;
  for (let discarded = 0; discarded < tries; discarded++) {
    const window = { ...(await takeWindow(server, name, seconds)), discarded };
    if (best === undefined || window.foreign < best.foreign) best = window;
    best.discarded = discarded;
    if (best.isClean) break;
  }
  return best;
}

async function takeWindow(server, name, seconds) {
  const before = reading(server);
  const { requests, refused, socketErrors, ...figures } = await load(server, scenarios[name], seconds);
  const after = reading(server);
  const spent = after.server - before.server;
  const foreignMs = after.machine - before.machine - (after.own - before.own) - spent / 1e6;
  const foreign = Math.max(0, foreignMs / (cores * (after.time - before.time)));
  const isRefusal = scenarios[name].expected.status >= 400;
  const complaints = [
    refused > 0 && !isRefusal ? `${refused} refused` : undefined,
    isRefusal && refused < requests ? `${requests - refused} not refused` : undefined,
    socketErrors,
  ].filter((complaint) => complaint !== undefined);
  return {
    ...figures,
    cpuMicroseconds: spent / 1e3 / requests,
    foreign,
    isClean: foreign <= FOREIGN_LIMIT,
    ...(complaints.length > 0 && { complaint: complaints.join("; ") }),
  };
}

function reading(server) {
  return {
    time: performance.now(),
    machine: machineBusyMs(),
    own: ownBusyMs(),
    server: server.cpuNanoseconds(),
  };
}
