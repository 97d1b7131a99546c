// Holds 1,000 streams and 1,000 sockets open on one server process for a minute, and its memory against a bound.
// node tests/lasting/many.mjs [--json report]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { WebSocket } from "ws";

const MIB = 1024 * 1024;
const CALLERS = 1000;
const SECONDS = 60;
/** What the heap may grow by between the tenth second and the last: garbage is collected before each look. */
const BOUND_MIB = 8;
const reportFile = process.argv[process.argv.indexOf("--json") + 1];

const server = spawn(
  process.execPath,
  ["--expose-gc", new URL("many-server.mjs", import.meta.url).pathname],
  {
    stdio: ["ignore", "pipe", "inherit"],
  },
);
const counts = { passed: 0, failed: 0 };
const figures = [];
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
let events = 0;
let messages = 0;
let streamsOver = 0;
let socketsOver = 0;
let stoppedWith;
try {
  const { value: url } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
  const before = await state(url);
  await inBatches(CALLERS, () => openStream(url));
  const sockets = await inBatches(CALLERS, () => openSocket(url));
  const talking = setInterval(() => sockets.forEach((socket, n) => socket.send(`{"n":${n}}`)), 1000);
  await rest(10);
  const early = await state(url);
  record(`${CALLERS} streams and ${CALLERS} sockets are open`, early.open === 2 * CALLERS, `${early.open}`);
  let most = early;
  for (let second = 20; second <= SECONDS; second += 10) {
    await rest(10);
    most = await state(url);
    console.log(`  ${second} s: heap ${mebibytes(most.heap)} MiB, resident ${mebibytes(most.rss)} MiB`);
  }
  clearInterval(talking);
  const grown = (most.heap - early.heap) / MIB;
  record(
    `the heap grew by ${grown.toFixed(1)} of at most ${BOUND_MIB} MiB in ${SECONDS - 10} s`,
    grown < BOUND_MIB,
  );
  record("every stream got its events", events >= CALLERS * (SECONDS - 5), `${events}`);
  record("every socket got its answers", messages >= CALLERS * (SECONDS - 5), `${messages}`);
  record("nobody was cut off", streamsOver === 0 && socketsOver === 0, `${streamsOver}, ${socketsOver}`);
  figures.push({
    callers: 2 * CALLERS,
    seconds: SECONDS,
    events,
    messages,
    heapBeforeMib: mebibytes(before.heap),
    heapOpenMib: mebibytes(early.heap),
    heapAtEndMib: mebibytes(most.heap),
    residentAtEndMib: mebibytes(most.rss),
    kibPerCaller: Math.round((early.heap - before.heap) / 1024 / (2 * CALLERS)),
  });
} finally {
  const ended = once(server, "exit");
  const started = performance.now();
  server.kill("SIGTERM");
  [stoppedWith] = await ended;
  const seconds = (performance.now() - started) / 1000;
  record(
    `it stops with all of them open, in ${seconds.toFixed(1)} s of 10`,
    stoppedWith === 0 && seconds < 10,
  );
  await rest(1);
  record(
    "everybody was told",
    streamsOver === CALLERS && socketsOver === CALLERS,
    `${streamsOver}, ${socketsOver}`,
  );
  agent.destroy();
}
if (process.argv.includes("--json")) writeFileSync(reportFile, JSON.stringify({ ...counts, figures }));
process.exitCode = counts.failed > 0 ? 1 : 0;

/** Opens so many, fifty at a time. */
async function inBatches(count, open) {
  const opened = [];
  while (opened.length < count) {
    opened.push(...(await Promise.all(Array.from({ length: Math.min(50, count - opened.length) }, open))));
  }
  return opened;
}

async function openStream(url) {
  const asked = request(`${url}/many/watch`, { agent, headers: { accept: "text/event-stream" } });
  asked.end();
  const [response] = await once(asked, "response");
  let last = "";
  response.setEncoding("utf8");
  response.on("data", (text) => {
    events += text.split("id: ").length - 1;
    last = text;
  });
  response.on("error", () => {});
  // The last words of a server that stops are when to come back.
  response.on("close", () => (streamsOver += last.includes("retry:") ? 1 : 1_000_000));
}

async function openSocket(url) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/many/talk`);
  await once(socket, "open");
  socket.on("message", () => messages++);
  socket.on("error", () => {});
  socket.on("close", (code) => (socketsOver += code === 1001 ? 1 : 1_000_000));
  return socket;
}

async function state(url) {
  return (await fetch(`${url}/many/state`)).json();
}

function rest(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function mebibytes(bytes) {
  return Math.round(bytes / MIB);
}

function record(name, isRight, detail = "") {
  counts[isRight ? "passed" : "failed"]++;
  console.log(`${isRight ? "✔" : "✘"} ${name}${isRight ? "" : ` (${detail})`}`);
}
