import { testClient } from "@tenon/client/testing";
import type { Hub } from "@tenon/server/hub";
import { expect, it } from "vitest";
// #region stream
import { dependency, procedure, sse } from "@tenon/core";
import { z } from "zod";

/** Where a parcel was, and when. */
const Place = z.object({ place: z.string(), at: z.date() });

/** What knows where parcels are. */
export const tracker = dependency.scope("app").resolve(() => connectTracker());

/** GET /parcels/watch?id=7 */
export const watch = procedure
  .use({ tracker })
  .input({ id: z.int() })
  .output(Place)
  .errors({ UNKNOWN: { status: 404 } })
  .stream(async function* ({ input, tracker, errors, signal, lastEventId }) {
    if (!tracker.knows(input.id)) {
      throw errors.UNKNOWN();
    }
    for await (const step of tracker.follow(input.id, Number(lastEventId ?? 0), signal)) {
      yield sse({ place: step.place, at: step.at }, { id: String(step.number) });
    }
  });
// #endregion
// #region events
import { comment, events } from "@tenon/core";

/** What can happen to a parcel. */
const Progress = events({
  moved: Place,
  delayed: { minutes: z.int() },
  delivered: z.null(),
});

/** GET /parcels/progress */
export const progress = procedure.output(Progress).stream(async function* () {
  yield comment("for people who look at the stream itself");
  yield { event: "moved", data: { place: "Bern", at: new Date(0) } };
  yield sse({ event: "delayed", data: { minutes: 10 } }, { id: "2", retry: 5000 });
  yield { event: "delivered", data: null };
});
// #endregion
// #region hub
import { topic } from "@tenon/core";
import { memoryHub, openHub } from "@tenon/server/hub";

const Message = z.object({ id: z.uuid(), author: z.string(), text: z.string(), at: z.date() });

/** What is said in rooms. Processes that share a hub know it by its name. */
export const said = topic("said", Message);

/** Messages to whoever follows: here in this process, with `redisHub` or `postgresHub` in all of them. */
export const hub = dependency.scope("app").resolve(() => openHub(memoryHub()));
// #endregion
// #region replay
import { memoryReplay } from "@tenon/server";

/** GET /rooms/listen?room=hall. Whoever comes back hears what it has missed. */
export const listen = procedure
  .use({ hub })
  .input({ room: z.string() })
  .output(Message)
  .stream(
    async function* ({ input, hub, signal }) {
      for await (const message of await hub.follow(said, { key: input.room, signal })) {
        yield sse(message, { id: message.id });
      }
    },
    { replay: memoryReplay({ events: 100, age: 60_000 }), keepAlive: 10_000 },
  );
// #endregion
// #region socket
/** GET /rooms/join?room=hall&name=Ann, a socket */
export const join = procedure
  .use({ hub })
  .input({ room: z.string(), name: z.string().min(1) })
  .receive({ say: z.string().max(500) })
  .send(Message)
  .socket(
    async ({ input: { room, name }, socket, hub, signal }) => {
      const messages = await hub.follow(said, { key: room, signal });
      const tell = async (): Promise<void> => {
        for await (const message of messages) {
          await socket.send(message);
        }
      };
      const hear = async (): Promise<void> => {
        for await (const { say } of socket) {
          const message = { id: crypto.randomUUID(), author: name, text: say, at: new Date() };
          await hub.publish(said, message, { key: room });
        }
      };
      await Promise.race([tell(), hear()]);
    },
    { ping: 20_000, idle: 600_000, maxMessage: 4096 },
  );
// #endregion
import { createApp } from "@tenon/server";

const app = createApp({ parcels: { watch, progress }, rooms: { listen, join } });
// #region client
import type { Client } from "@tenon/client";

/** Follows a parcel until it is there, across connections that are lost. */
export async function follow(api: Client<typeof app>, id: number): Promise<string[]> {
  const places: string[] = [];
  const gone = (): void => void places.push("…");
  for await (const { place, at } of api.parcels.watch.stream({ id }, { onGap: gone })) {
    places.push(`${place}, ${at.getUTCFullYear()}`);
    if (place === "home") {
      break;
    }
  }
  return places;
}

/** Says something, and waits until it is heard. */
export async function greet(api: Client<typeof app>, room: string): Promise<string> {
  const socket = await api.rooms.join.connect({ room, name: "Ann" }, { reconnect: true });
  socket.send({ say: "hello" });
  for await (const { author, text } of socket) {
    socket.close();
    return `${author}: ${text}`;
  }
  throw new Error(`closed with ${(await socket.closed).code}`);
}
// #endregion

interface Step {
  readonly number: number;
  readonly place: string;
  readonly at: Date;
}

interface Tracker {
  knows(id: number): boolean;
  follow(id: number, after: number, signal: AbortSignal): AsyncIterable<Step>;
}

const steps: readonly Step[] = ["Bern", "Basel", "home"].map((place, index) => ({
  number: index + 1,
  place,
  at: new Date(0),
}));

function connectTracker(): Tracker {
  return {
    knows: (id) => id === 7,
    async *follow(_id, after) {
      yield* steps.slice(after);
    },
  };
}

// #region test
it("tells a room what somebody says in it", async () => {
  await using test = await testClient(app);
  const ann = await test.api.rooms.join.connect({ room: "hall", name: "Ann" });
  const bob = await test.api.rooms.join.connect({ room: "hall", name: "Bob" });
  ann.send({ say: "hello" });
  for await (const { author, text } of bob) {
    expect(`${author}: ${text}`).toBe("Ann: hello");
    break;
  }
  const wrong = await test.socket("/rooms/join?room=hall&name=Eve");
  wrong.send("no JSON");
  expect(await wrong.closed).toEqual({ code: 1008, reason: "the message does not fit" });
  await expect(test.api.rooms.join.connect({ room: "hall", name: "" })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});
// #endregion

const places = ["Bern, 1970", "Basel, 1970", "home, 1970"];

it("follows a parcel", async () => {
  await using test = await testClient(app);
  expect(await follow(test.api, 7)).toEqual(places);
  await expect(follow(test.api, 8)).rejects.toMatchObject({ code: "UNKNOWN", status: 404 });
});

it("greets a room", async () => {
  await using test = await testClient(app);
  expect(await greet(test.api, "hall")).toBe("Ann: hello");
});

it("tells what happened by its name", async () => {
  await using test = await testClient(app);
  const happened: unknown[] = [];
  for await (const event of test.api.parcels.progress.stream()) {
    happened.push(event.event === "delayed" ? event.data.minutes : event.event);
  }
  expect(happened).toEqual(["moved", 10, "delivered"]);
  const lines = await test.fetch("/parcels/progress", { headers: { accept: "application/jsonl" } });
  expect(await lines.text()).toBe(
    '{"event":"moved","data":{"place":"Bern","at":"1970-01-01T00:00:00.000Z"}}\n' +
      '{"event":"delayed","data":{"minutes":10}}\n{"event":"delivered","data":null}\n',
  );
});

it("goes on after what a listener has heard", async () => {
  const opened = await openHub(memoryHub());
  let follows = 0;
  const watched: Hub = {
    ...opened,
    follow: async (...argument) => {
      const messages = await opened.follow(...argument);
      follows++;
      return messages;
    },
  };
  await using test = await testClient(app.override(hub, watched));
  const room = "hall";
  const message = (n: number) => ({
    id: `00000000-0000-4000-8000-00000000000${n}`,
    author: "Ann",
    text: `${n}`,
    at: new Date(n),
  });
  const listener = test.api.rooms.listen.stream({ room })[Symbol.asyncIterator]();
  const first = listener.next();
  await expect.poll(() => follows).toBe(1);
  await opened.publish(said, message(1), { key: room });
  await opened.publish(said, message(2), { key: room });
  expect((await first).value).toEqual(message(1));
  expect((await listener.next()).value).toEqual(message(2));
  for await (const missed of test.api.rooms.listen.stream({ room }, { lastEventId: message(1).id })) {
    expect(missed).toEqual(message(2));
    break;
  }
  await listener.return?.();
  const gaps: string[] = [];
  const before = follows;
  const gone = ({ lastEventId }: { readonly lastEventId: string }): void => void gaps.push(lastEventId);
  const again = test.api.rooms.listen.stream({ room }, { lastEventId: "?", onGap: gone });
  const lost = again[Symbol.asyncIterator]();
  const next = lost.next();
  await expect.poll(() => follows).toBe(before + 1);
  expect(gaps).toEqual(["?"]);
  await opened.publish(said, message(3), { key: room });
  expect((await next).value).toEqual(message(3));
  await lost.return?.();
});
