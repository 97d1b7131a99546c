import { createClient } from "@tenon/client";
import { type RunningServer, serve } from "@tenon/server/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createEmptyDatabase, TEST_SERVER } from "../../../tests/databases/empty-database.ts";
import { type App, app } from "./app.ts";
import { config } from "./database.ts";

type Api = ReturnType<typeof createClient<App>>;
type Socket = Awaited<ReturnType<Api["rooms"]["join"]["connect"]>>;

/** A visitor, with all that the chat has told. */
class Visitor {
  readonly said: string[] = [];
  readonly times: Date[] = [];
  here: readonly string[] = [];
  readonly over: Promise<void>;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.over = this.#listen();
  }

  say(text: string): void {
    this.#socket.send({ say: text });
  }

  async leave(): Promise<void> {
    this.#socket.close();
    await this.over;
  }

  async #listen(): Promise<void> {
    for await (const news of this.#socket) {
      if (news.kind === "here") {
        this.here = news.names;
      } else {
        this.said.push(...news.messages.map(({ author, text }) => `${author}: ${text}`));
        this.times.push(...news.messages.map(({ at }) => at));
      }
    }
  }
}

describe.each(TEST_SERVER === undefined ? ["one process"] : ["one process", "two processes on PostgreSQL"])(
  "a chat in %s",
  (name) => {
    const servers: RunningServer[] = [];
    const visitors: Visitor[] = [];
    let remove: (() => Promise<void>) | undefined;
    beforeEach(async () => {
      const isShared = name !== "one process";
      const database = isShared ? await createEmptyDatabase(TEST_SERVER!) : undefined;
      remove = database?.remove;
      const configured = app.override(config, { databaseUrl: database?.url });
      for (let count = 0; count < (isShared ? 2 : 1); count++) {
        servers.push(await serve(configured.with({}), { port: 0, signals: false }));
      }
    });
    afterEach(async () => {
      await Promise.all(visitors.splice(0).map((visitor) => visitor.leave()));
      await Promise.all(servers.splice(0).map((server) => server.stop()));
      await remove?.();
    });

    /** The application of a process: the first, or the last. */
    const api = (at: 0 | -1 = 0): Api =>
      createClient<App>({ url: servers.at(at)!.url, WebSocket: WebSocket as never });
    const join = async (room: string, who: string, at: 0 | -1 = 0): Promise<Visitor> => {
      const visitor = new Visitor(await api(at).rooms.join.connect({ room, name: who }));
      visitors.push(visitor);
      return visitor;
    };

    it("brings what is said to everybody in the room, in one order, and to nobody else", async () => {
      const [ann, bob, eve] = await Promise.all([
        join("a", "Ann"),
        join("a", "Bob", -1),
        join("b", "Eve", -1),
      ]);
      await expect
        .poll(() => [ann.here, bob.here])
        .toEqual([
          ["Ann", "Bob"],
          ["Ann", "Bob"],
        ]);
      ann.say("one");
      await expect.poll(() => bob.said).toEqual(["Ann: one"]);
      bob.say("two");
      ann.say("three");
      await expect.poll(() => ann.said.length).toBe(3);
      await expect.poll(() => bob.said).toEqual(ann.said);
      expect(ann.said.toSorted()).toEqual(["Ann: one", "Ann: three", "Bob: two"]);
      expect(eve.said).toEqual([]);
      expect(ann.times[0]).toBeInstanceOf(Date);
    });

    it("tells who is here, and who has gone", async () => {
      const ann = await join("a", "Ann");
      const bob = await join("a", "Bob", -1);
      await expect.poll(() => ann.here).toEqual(["Ann", "Bob"]);
      visitors.splice(visitors.indexOf(bob), 1);
      await bob.leave();
      await expect.poll(() => ann.here).toEqual(["Ann"]);
    });

    it("shows a newcomer what was said before, and everybody by HTTP", async () => {
      const ann = await join("a", "Ann");
      ann.say("first");
      await expect.poll(() => ann.said).toEqual(["Ann: first"]);
      const bob = await join("a", "Bob", -1);
      await expect.poll(() => bob.said).toEqual(["Ann: first"]);
      expect(await api(-1).rooms.history({ room: "a" })).toEqual([
        { id: 1, author: "Ann", text: "first", at: expect.any(Date) },
      ]);
      expect(await api(-1).rooms.list()).toEqual([{ room: "a", here: 2 }]);
    });

    it("refuses a room that is none, and what is no message", async () => {
      await expect(api().rooms.join.connect({ room: "No Room!", name: "Ann" })).rejects.toMatchObject({
        code: "NETWORK",
      });
      const socket = await api().rooms.join.connect({ room: "a", name: "Ann" });
      socket.send({ say: " " });
      expect((await socket.closed).code).toBe(1008);
      await expect.poll(() => api().rooms.list()).toEqual([]);
    });
  },
);
