import { ask, noInteger, refused, missing, type Table } from "./ask.ts";

const EVENTS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
};
const LINES = { "content-type": "application/jsonl", "x-accel-buffering": "no" };
const PLUMBUS = ["Plumbus", "A multi-purpose household device."] as const;
const GUN = ["Portal Gun", "A portal opening device."] as const;
const BOX = ["Meeseeks Box", "A box that summons a Meeseeks."] as const;

/** Items as a handler with a return annotation, and one without, writes them. */
const tight = [PLUMBUS, GUN, BOX].map(
  ([name, description]) => `{"name":"${name}","description":"${description}"}`,
);
const spaced = [PLUMBUS, GUN, BOX].map(
  ([name, description]) => `{"name": "${name}", "description": "${description}"}`,
);
const events = (items: readonly string[]): string => items.map((item) => `data: ${item}\n\n`).join("");
const lines = (items: readonly string[]): string => items.map((item) => `${item}\n`).join("");
const priced = (from: number): string =>
  [
    '{"name":"Plumbus","price":32.99}',
    '{"name":"Portal Gun","price":999.99}',
    '{"name":"Meeseeks Box","price":49.99}',
  ]
    .map((item, index) => `data: ${item}\nid: ${index}\n\n`)
    .slice(from)
    .join("");

/** Server-sent events, JSON lines, and the pages of sockets. */
export const streams: Table = {
  "server-sent-events/tutorial001": {
    asked: [
      ask("GET /items/stream", {}, 200, { text: events(tight), headers: EVENTS }),
      ask("GET /items/stream-no-async", {}, 200, { text: events(tight), headers: EVENTS }),
      ask("GET /items/stream-no-annotation", {}, 200, { text: events(spaced), headers: EVENTS }),
      ask("GET /items/stream-no-async-no-annotation", {}, 200, { text: events(spaced), headers: EVENTS }),
      // Whatever a caller accepts, there is one form.
      ask("GET /items/stream", { headers: { accept: "application/jsonl" } }, 200, { headers: EVENTS }),
      ask("GET /items/stream", { headers: { accept: "text/html" } }, 200, { headers: EVENTS }),
    ],
    documented: {
      "GET /items/stream": "→ 200:text/event-stream",
      "GET /items/stream-no-async": "→ 200:text/event-stream",
      "GET /items/stream-no-annotation": "→ 200:text/event-stream",
      "GET /items/stream-no-async-no-annotation": "→ 200:text/event-stream",
    },
  },
  "server-sent-events/tutorial002": {
    asked: [
      ask("GET /items/stream", {}, 200, {
        text: `: stream of item updates\n\n${[
          '{"name":"Plumbus","price":32.99}',
          '{"name":"Portal Gun","price":999.99}',
          '{"name":"Meeseeks Box","price":49.99}',
        ]
          .map((item, index) => `event: item_update\ndata: ${item}\nid: ${index + 1}\nretry: 5000\n\n`)
          .join("")}`,
        headers: EVENTS,
      }),
    ],
    documented: { "GET /items/stream": "→ 200:text/event-stream" },
  },
  "server-sent-events/tutorial003": {
    asked: [
      ask("GET /logs/stream", {}, 200, {
        text: "data: 2025-01-01 INFO  Application started\n\ndata: 2025-01-01 DEBUG Connected to database\n\ndata: 2025-01-01 WARN  High memory usage detected\n\n",
        headers: EVENTS,
      }),
    ],
    documented: { "GET /logs/stream": "→ 200:text/event-stream" },
  },
  "server-sent-events/tutorial004": {
    asked: [
      ask("GET /items/stream", {}, 200, { text: priced(0), headers: EVENTS }),
      ask("GET /items/stream", { headers: { "last-event-id": "0" } }, 200, { text: priced(1) }),
      ask("GET /items/stream", { headers: { "last-event-id": "1" } }, 200, { text: priced(2) }),
      refused(
        "GET /items/stream",
        { headers: { "last-event-id": "x" } },
        noInteger("header", "last-event-id"),
      ),
    ],
    documented: {
      "GET /items/stream": "header:last-event-id? → 200:text/event-stream 422:application/json",
    },
  },
  "server-sent-events/tutorial005": {
    asked: [
      ask("POST /chat/stream", { json: { text: "hello  world" } }, 200, {
        text: 'event: token\ndata: "hello"\n\nevent: token\ndata: "world"\n\nevent: done\ndata: [DONE]\n\n',
        headers: EVENTS,
      }),
      refused("POST /chat/stream", { json: {} }, missing("body", "text")),
    ],
    documented: {
      "POST /chat/stream": "body:application/json → 200:text/event-stream 422:application/json",
    },
  },
  "stream-json-lines/tutorial001": {
    asked: [
      ask("GET /items/stream", {}, 200, { text: lines(tight), headers: LINES }),
      ask("GET /items/stream-no-async", {}, 200, { text: lines(tight), headers: LINES }),
      ask("GET /items/stream-no-annotation", {}, 200, { text: lines(spaced), headers: LINES }),
      ask("GET /items/stream-no-async-no-annotation", {}, 200, { text: lines(spaced), headers: LINES }),
      ask("GET /items/stream", { headers: { accept: "text/event-stream" } }, 200, { headers: LINES }),
    ],
    documented: {
      "GET /items/stream": "→ 200:application/jsonl",
      "GET /items/stream-no-async": "→ 200:application/jsonl",
      "GET /items/stream-no-annotation": "→ 200:application/jsonl",
      "GET /items/stream-no-async-no-annotation": "→ 200:application/jsonl",
    },
  },
  "websockets/tutorial001": {
    asked: [ask("GET /", {}, 200, { headers: { "content-type": "text/html; charset=utf-8" } })],
  },
  "websockets/tutorial002": {
    asked: [
      ask("GET /", {}, 200, { headers: { "content-type": "text/html; charset=utf-8" } }),
      refused("GET /items/1/ws?q=abc&token=t", {}, noInteger("query", "q")),
      ask("GET /items/1/ws", {}, 403),
    ],
  },
  "websockets/tutorial003": {
    asked: [ask("GET /", {}, 200, { headers: { "content-type": "text/html; charset=utf-8" } })],
  },
};
