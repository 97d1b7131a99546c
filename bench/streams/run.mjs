/**
 * Events and messages per second of server CPU: server-sent events as fast as the server makes them, and sockets that echo. The rounds
 * take turns, the figures are medians and ratios to node:http and ws.
 *
 *     node bench/streams/run.mjs [--rounds 5] [--count 20000]
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WebSocket } from "ws";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, count: { type: "string", default: "20000" } },
});
const rounds = Number(values.rounds);
const count = Number(values.count);
const CONNECTIONS = 10;
/** Messages of one socket on their way at the same time. */
const WINDOW = 50;
const NAMES = ["raw", "tenon", "hono", "elysia", "trpc", "orpc"];

const servers = new Map();
for (const name of NAMES) {
  const child = fork(fileURLToPath(new URL("server.mjs", import.meta.url)), [name], {
    env: { ...process.env, COUNT: String(count), NODE_ENV: "production" },
  });
  const [told] = await once(child, "message");
  servers.set(name, { child, ...told, streamed: [], echoed: [], bytes: [] });
}

try {
  for (const name of NAMES) {
    await stream(servers.get(name));
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of NAMES) {
      const server = servers.get(name);
      const { perSecond, bytesPerSecond } = await stream(server);
      server.streamed.push(perSecond);
      server.bytes.push(bytesPerSecond);
      if (server.socket !== undefined) {
        server.echoed.push(await echo(server));
      }
    }
  }
  print("server-sent events", "events/s of CPU", "streamed");
  print("server-sent events", "bytes/s of CPU", "bytes");
  print("socket that echoes", "messages/s of CPU", "echoed");
} finally {
  servers.forEach(({ child }) => child.kill());
}

async function cpuOf(child) {
  child.send("cpu");
  const [{ cpu }] = await once(child, "message");
  return cpu / 1e6;
}

/** Reads whole streams on several connections. */
async function stream({ child, port, stream: path }) {
  const before = await cpuOf(child);
  const results = await Promise.all(Array.from({ length: CONNECTIONS }, () => readAll(port, path)));
  const seconds = (await cpuOf(child)) - before;
  const events = results.reduce((sum, result) => sum + result.events, 0);
  if (events < CONNECTIONS * count) {
    throw new Error(`only ${events} of ${CONNECTIONS * count} events arrived from ${path}`);
  }
  const bytes = results.reduce((sum, result) => sum + result.bytes, 0);
  return { perSecond: events / seconds, bytesPerSecond: bytes / seconds };
}

async function readAll(port, path) {
  const asked = request({ host: "127.0.0.1", port, path, headers: { accept: "text/event-stream" } });
  asked.end();
  const [response] = await once(asked, "response");
  let events = 0;
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    // "data: {" begins an event of every contestant.
    for (let at = chunk.indexOf("data: {"); at >= 0; at = chunk.indexOf("data: {", at + 7)) {
      events++;
    }
  }
  // An event whose first bytes two chunks share is found in neither: at most one for each chunk.
  return { events: events + Math.ceil(bytes / 16_384), bytes };
}

async function echo({ child, port, socket: path }) {
  const message = JSON.stringify({ n: 1, text: "the quick brown fox", tags: ["one", "two"] });
  const each = Math.floor(count / 4);
  const before = await cpuOf(child);
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false });
      await once(socket, "open");
      let received = 0;
      let sent = WINDOW;
      const done = new Promise((resolve) => {
        socket.on("message", () => {
          received++;
          if (sent < each) {
            sent++;
            socket.send(message);
          }
          if (received === each) {
            resolve();
          }
        });
      });
      for (let n = 0; n < WINDOW; n++) {
        socket.send(message);
      }
      await done;
      socket.close();
      await once(socket, "close");
    }),
  );
  return (CONNECTIONS * each) / ((await cpuOf(child)) - before);
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function print(title, unit, key) {
  const raw = median(servers.get("raw")[key]);
  console.log(`\n${title}: ${unit}, ${CONNECTIONS} connections, ${rounds} rounds`);
  for (const name of NAMES) {
    const numbers = servers.get(name)[key];
    if (numbers.length > 0) {
      const ratios = numbers.map((number) => number / raw);
      const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
      const figure = Math.round(median(numbers)).toLocaleString("en");
      console.log(
        `  ${name.padEnd(8)}${figure.padStart(14)}   × raw ${(median(numbers) / raw).toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`,
      );
    }
  }
}
