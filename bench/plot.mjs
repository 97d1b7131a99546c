import { readFileSync, writeFileSync } from "node:fs";

const usage = "node bench/plot.mjs RESULT.json [OUT.svg]";
const COLOURS = { own: "#0f766e", unit: "#475569", peer: "#94a3b8", spread: "#0f172a", grid: "#e2e8f0" };
const LAYOUT = { width: 900, left: 190, right: 150, bar: 16, gap: 6, title: 34, top: 64 };

const [input, output = input?.replace(/\.json$/, ".svg")] = process.argv.slice(2);
if (input === undefined || input === output) throw new Error(usage);
const result = JSON.parse(readFileSync(input, "utf8"));
const charts = { "run-time": chartRunTime, types: chartTypes };
if (!(result.kind in charts))
  throw new Error(`${input} is no result of a bench: its kind is '${result.kind}'`);
writeFileSync(output, draw(charts[result.kind](result), result.environment));
console.log(output);

/** @typedef {{ label: string, value: number, low?: number, high?: number, colour: string, text: string }} Bar */
/** @typedef {{ title: string, bars: Bar[] }} Group */

/** Throughput as a ratio to the unit; the line through a bar runs from the lowest to the highest round. */
function chartRunTime({ unit, scenarios }) {
  const groups = Object.entries(scenarios).map(([name, { title, servers }]) => ({
    title: `${name} ${title}`,
    bars: Object.entries(servers).map(([label, { throughput, cpuMicroseconds }]) => ({
      label,
      value: throughput.ratio,
      low: throughput.low,
      high: throughput.high,
      colour: colourOf(label, unit),
      text: `${throughput.ratio.toFixed(2)} × · ${cpuMicroseconds.median.toFixed(0)} µs CPU`,
    })),
  }));
  return { title: `Requests per second as a ratio to ${unit} (more is better)`, groups };
}

/** Instantiations per procedure for server and client, and in the editor. */
function chartTypes({ variants }) {
  const group = (title, read) => ({
    title,
    bars: Object.entries(variants).flatMap(([name, { styles, slopes }]) =>
      styles.flatMap((style) => {
        const value = read(slopes, style);
        if (value === undefined) return [];
        const label = `${name} ${style}`;
        return [{ label, value, colour: colourOf(name, "interfaces"), text: value.toFixed(0) }];
      }),
    ),
  });
  return {
    title: "Cost of the types per procedure (less is better)",
    groups: [
      group("Server and client, instantiations", (slopes, style) => slopes[`all ${style}`]?.instantiations),
      group(
        "Client file in the editor, instantiations",
        (slopes, style) => slopes[`editor ${style}`]?.instantiations,
      ),
      group("Server and client, memory in KB", (slopes, style) => slopes[`all ${style}`]?.memoryKilobytes),
      group("Declarations, bytes", (slopes) => slopes.declarations?.bytes),
    ],
  };
}

function colourOf(name, unit) {
  if (name === unit) return COLOURS.unit;
  return name.startsWith("tenon") ? COLOURS.own : COLOURS.peer;
}

function draw({ title, groups }, { date, node, cpu, cores }) {
  let y = LAYOUT.top;
  const parts = [];
  for (const group of groups) {
    parts.push(drawGroup(group, y));
    y += LAYOUT.title + group.bars.length * (LAYOUT.bar + LAYOUT.gap) + 12;
  }
  const where = `${date.slice(0, 10)} · Node ${node} · ${cores} × ${cpu}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LAYOUT.width} ${y}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escape(title)}">
<rect width="100%" height="100%" fill="#fff"/>
<text x="16" y="26" font-size="16" font-weight="600">${escape(title)}</text>
<text x="16" y="46" fill="#64748b">${escape(where)}</text>
${parts.join("\n")}
</svg>
`;
}

function drawGroup({ title, bars }, top) {
  const largest = Math.max(...bars.map(({ value, high = value }) => Math.max(value, high)), 0);
  const room = LAYOUT.width - LAYOUT.left - LAYOUT.right;
  const scale = (value) => LAYOUT.left + (largest === 0 ? 0 : (value / largest) * room);
  const first = top + LAYOUT.title - 10;
  const bottom = first + bars.length * (LAYOUT.bar + LAYOUT.gap);
  const lines = bars.map((bar, index) => drawBar(bar, first + index * (LAYOUT.bar + LAYOUT.gap), scale));
  const axis = `<line x1="${LAYOUT.left}" x2="${LAYOUT.left}" y1="${first - 4}" y2="${bottom}" stroke="${COLOURS.grid}"/>`;
  return [`<text x="16" y="${top + 12}" font-weight="600">${escape(title)}</text>`, axis, ...lines].join(
    "\n",
  );
}

function drawBar({ label, value, low, high, colour, text }, y, scale) {
  const middle = y + LAYOUT.bar / 2;
  const end = scale(Math.max(value, high ?? value));
  const spread =
    low === undefined || low === high
      ? ""
      : `<path d="M${round(scale(low))} ${middle - 4}v8m0-4H${round(scale(high))}m0-4v8" stroke="${COLOURS.spread}" fill="none"/>`;
  return `<text x="${LAYOUT.left - 8}" y="${middle + 4}" text-anchor="end">${escape(label)}</text>
<rect x="${LAYOUT.left}" y="${y}" width="${round(scale(value) - LAYOUT.left)}" height="${LAYOUT.bar}" fill="${colour}"/>
${spread}<text x="${round(end) + 8}" y="${middle + 4}">${escape(text)}</text>`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
