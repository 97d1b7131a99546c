/** @import { Window } from "./measure.mjs" */

/** Medians of one server's windows beside the unit's. Windows that stayed disturbed count only when most are. */
export function summarise(windows, unit) {
  const isUsed = chooseRounds(windows, unit);
  const used = windows.filter((_, round) => isUsed(round));
  return {
    requestsPerSecond: spreadOf(used.map((window) => window.requestsPerSecond)),
    cpuMicroseconds: spreadOf(used.map((window) => window.cpuMicroseconds)),
    p50: median(used.map((window) => window.p50)),
    p99: median(used.map((window) => window.p99)),
    throughput: compareThroughput(windows, unit),
    cpu: compareCpu(windows, unit),
    rounds: windows.length,
    usedRounds: used.length,
    disturbedRounds: windows.filter((window) => !window.isClean).length,
    discarded: windows.reduce((sum, window) => sum + window.discarded, 0),
    foreign: Math.max(...used.map((window) => window.foreign)),
    complaints: [...new Set(windows.flatMap((window) => window.complaint ?? []))],
  };
}

/** Requests per second as a ratio to another server's: of the medians, with the lowest and highest round. */
export function compareThroughput(windows, others) {
  return compare(windows, others, (window) => window.requestsPerSecond);
}

/** The other's CPU per request over one's own, so that more is better here too. */
function compareCpu(windows, others) {
  return compare(windows, others, (window) => 1 / window.cpuMicroseconds);
}

function compare(windows, others, read) {
  const isUsed = chooseRounds(windows, others);
  const own = windows.map(read).filter((_, round) => isUsed(round));
  const other = others.map(read).filter((_, round) => isUsed(round));
  const rounds = own.map((value, round) => value / other[round]);
  return { ratio: median(own) / median(other), low: Math.min(...rounds), high: Math.max(...rounds) };
}

/** @param {Window[]} windows @param {Window[]} others */
function chooseRounds(windows, others) {
  const isClean = (round) => windows[round].isClean && others[round].isClean;
  const clean = windows.filter((_, round) => isClean(round)).length;
  return clean * 2 >= windows.length && clean > 0 ? isClean : () => true;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function spreadOf(values) {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}
