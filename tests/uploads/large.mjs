// Sends uploads larger than any memory limit to a real server process, fetches an answer of the kind, and holds its memory against a bound.
// node tests/uploads/large.mjs [--json report]
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const MIB = 1024 * 1024;
/** What the server's resident memory may grow by, beyond that of a small upload before. */
const BOUND_MIB = 96;
const CASES = [
  { name: "1 GiB read as it arrives", path: "/live", mebibytes: 1024 },
  { name: "200 MiB received whole", path: "/whole", mebibytes: 200 },
];
const reportFile = process.argv[process.argv.indexOf("--json") + 1];

const folder = mkdtempSync(join(tmpdir(), "tenon-large-"));
const server = spawn(process.execPath, [new URL("large-server.mjs", import.meta.url).pathname, folder], {
  stdio: ["ignore", "pipe", "inherit"],
});
const counts = { passed: 0, failed: 0 };
const figures = [];
try {
  const url = await firstLine(server.stdout);
  for (const { path } of CASES) await send(`${url}${path}`, 4);
  for (const each of CASES) await measure(url, each);
  await measureAnswer(url, 1024);
  await leaveAnswer(url);
  record("no temporary file is left", (await state(url)).temporary === 0);
} finally {
  const ended = new Promise((resolve) => server.once("close", resolve));
  server.kill("SIGTERM");
  record("the server stops cleanly", (await ended) === 0);
  record("nor is its folder", readdirSync(folder).length === 0);
  rmSync(folder, { recursive: true, force: true });
}
if (process.argv.includes("--json")) writeFileSync(reportFile, JSON.stringify({ ...counts, figures }));
process.exitCode = counts.failed > 0 ? 1 : 0;

/** An answer of a GiB, made while it is sent, to a reader who is slower than its maker. */
async function measureAnswer(url, mebibytes) {
  const name = `${mebibytes / 1024} GiB made while it is sent`;
  const { answer, grown, seconds } = await watched(url, name, mebibytes, async () => {
    let size = 0;
    for await (const chunk of (await fetch(`${url}/sent?mebibytes=${mebibytes}`)).body) {
      size += chunk.byteLength;
      if (size % (64 * MIB) < chunk.byteLength) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return size;
  });
  record(`${name}: every byte arrived`, answer === mebibytes * MIB, String(answer));
  recordGrowth(name, grown, seconds);
}

/** A reader who leaves ends what is made for it. */
async function leaveAnswer(url) {
  const response = await fetch(`${url}/sent?mebibytes=1048576`);
  const reader = response.body.getReader();
  await reader.read();
  const during = (await state(url)).making;
  await reader.cancel();
  for (let attempt = 0; attempt < 100 && (await state(url)).making > 0; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  record(
    "a reader who leaves ends what is made for it",
    during === 1 && (await state(url)).making === 0,
    String(during),
  );
}

function recordGrowth(name, grown, seconds) {
  const figure = `memory grew by ${grown.toFixed(1)} of at most ${BOUND_MIB} MiB in ${seconds.toFixed(1)} s`;
  record(`${name}: ${figure}`, grown < BOUND_MIB);
}

/** Looks at the server's memory while something is done. */
async function watched(url, name, mebibytes, act) {
  const before = (await state(url)).rss;
  let most = before;
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      most = Math.max(most, (await state(url)).rss);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const started = performance.now();
  const answer = await act();
  const seconds = (performance.now() - started) / 1000;
  over.abort();
  await watching;
  const grown = (most - before) / MIB;
  figures.push({
    name,
    mebibytes,
    seconds: Number(seconds.toFixed(2)),
    rssBeforeMib: Math.round(before / MIB),
    rssGrowthMib: Math.round(grown),
    boundMib: BOUND_MIB,
  });
  return { answer, grown, seconds };
}

async function measure(url, { name, path, mebibytes }) {
  const { answer, grown, seconds } = await watched(url, name, mebibytes, () =>
    send(`${url}${path}`, mebibytes),
  );
  record(`${name}: every byte arrived`, answer.size === mebibytes * MIB, JSON.stringify(answer));
  record(
    `${name}: as temporary files`,
    answer.temporary === (path === "/whole" ? 1 : 0),
    JSON.stringify(answer),
  );
  recordGrowth(name, grown, seconds);
}

/** Posts a multipart body of so many MiB, written at the server's pace. */
function send(url, mebibytes) {
  const head = Buffer.from(
    '--b\r\ncontent-disposition: form-data; name="data"; filename="d"\r\ncontent-type: application/octet-stream\r\n\r\n',
  );
  const tail = Buffer.from("\r\n--b--\r\n");
  const chunk = Buffer.alloc(MIB, 7);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      headers: {
        "content-type": "multipart/form-data; boundary=b",
        "content-length": head.length + mebibytes * MIB + tail.length,
      },
    });
    sent.once("error", reject);
    sent.once("response", (response) => void readJson(response).then(resolve, reject));
    (async () => {
      sent.write(head);
      for (let count = 0; count < mebibytes; count++) {
        if (!sent.write(chunk)) await new Promise((drained) => sent.once("drain", drained));
      }
      sent.end(tail);
    })().catch(reject);
  });
}

async function state(url) {
  return (await fetch(`${url}/state`)).json();
}

async function readJson(response) {
  let text = "";
  for await (const chunk of response) text += chunk;
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${text}`);
  return JSON.parse(text);
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error("the server did not start");
}

function record(title, ok, details = "") {
  counts[ok ? "passed" : "failed"] += 1;
  console.log(`${ok ? "✔" : "✘"} ${title}${ok ? "" : ` ${details}`}`);
}
