import { partsOf } from "./measure.mjs";

const COUNTS = ["instantiations", "types", "memoryKilobytes", "bytes"];

/**
 * Cost per procedure between two sizes, by part: what the libraries themselves cost falls out.
 * @returns {Record<string, Record<string, number>>}
 */
export function slopesOf(bySize, from, to) {
  const low = Object.fromEntries(partsOf(bySize[from]));
  return Object.fromEntries(
    partsOf(bySize[to]).map(([part, high]) => [part, slope(low[part], high, to - from)]),
  );
}

function slope(low, high, procedures) {
  const counts = COUNTS.filter((count) => count in high);
  return Object.fromEntries(counts.map((count) => [count, round((high[count] - low[count]) / procedures)]));
}

/**
 * The slope between the two largest sizes over that between the two smallest, of the instantiations of server and
 * client: 1 where the cost is linear. Empty below three sizes.
 */
export function bendOf(bySize, sizes) {
  if (sizes.length < 3) return {};
  const early = slopesOf(bySize, sizes[0], sizes[1]);
  const late = slopesOf(bySize, sizes.at(-2), sizes.at(-1));
  const parts = Object.keys(early).filter((part) => part.startsWith("all "));
  const bend = (part) => round(late[part].instantiations / early[part].instantiations);
  return Object.fromEntries(parts.map((part) => [part.slice("all ".length), bend(part)]));
}

const round = (value) => Math.round(value * 100) / 100;
