import { randomUUID } from "node:crypto";
import { dependency } from "@tenon/core";
import { type Database, database } from "./database.ts";
import type { Message } from "./messages.ts";

/** Seconds after which a visit whose process says nothing of it any more is over. */
const STALE = 30;

/** What was said in a room, and who is there. */
export class RoomStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The last messages of a room, the oldest first. */
  async history(room: string, limit = 50): Promise<Message[]> {
    const { rows } = await this.#database.query(
      `select ${COLUMNS} from messages where room = $1 order by id desc limit $2`,
      [room, limit],
    );
    return rows.map(toMessage).toReversed();
  }

  /** The message with an id. */
  async read(id: number): Promise<Message | undefined> {
    const { rows } = await this.#database.query(`select ${COLUMNS} from messages where id = $1`, [id]);
    return rows.map(toMessage)[0];
  }

  /** Keeps a message; gives its id. */
  async say(room: string, author: string, text: string): Promise<number> {
    const { rows } = await this.#database.query(
      "insert into messages (room, author, text) values ($1, $2, $3) returning id",
      [room, author, text],
    );
    return Number((rows[0] as { id: number | string }).id);
  }

  /** Rooms in which something was said, with how many are there. */
  async rooms(): Promise<{ room: string; here: number }[]> {
    const { rows } = await this.#database.query(
      `select room, (select count(distinct name) from presence where presence.room = messages.room
         and seen_at > now() - interval '${STALE} seconds') as here
       from messages group by room order by max(id) desc limit 100`,
    );
    return (rows as { room: string; here: number | string }[]).map(({ room, here }) => ({
      room,
      here: Number(here),
    }));
  }

  /** Notes that somebody is in a room, and goes on noting it until the visit ends. */
  async enter(room: string, name: string): Promise<{ leave(): Promise<void> }> {
    const visit = randomUUID();
    await this.#database.query("insert into presence (visit, room, name) values ($1, $2, $3)", [
      visit,
      room,
      name,
    ]);
    const timer = setInterval(
      () => {
        // The next time will do, too: a visit is over only after three that failed.
        this.#database
          .query("update presence set seen_at = now() where visit = $1", [visit])
          .catch((error: unknown) => console.error("presence:", error));
      },
      (STALE / 3) * 1000,
    );
    return {
      leave: async () => {
        clearInterval(timer);
        await this.#database.query(
          `delete from presence where visit = $1 or seen_at < now() - interval '${STALE} seconds'`,
          [visit],
        );
      },
    };
  }

  /** The names of those who are in a room. */
  async here(room: string): Promise<string[]> {
    const { rows } = await this.#database.query(
      `select distinct name from presence
       where room = $1 and seen_at > now() - interval '${STALE} seconds' order by name`,
      [room],
    );
    return (rows as { name: string }[]).map(({ name }) => name);
  }
}

const COLUMNS = "id, author, text, said_at";

interface MessageRow {
  readonly id: number | string;
  readonly author: string;
  readonly text: string;
  readonly said_at: Date;
}

function toMessage(row: unknown): Message {
  const { id, author, text, said_at: at } = row as MessageRow;
  return { id: Number(id), author, text, at };
}

/** The rooms, on the database. */
export const store = dependency
  .use({ database })
  .scope("app")
  .resolve(({ database }) => new RoomStore(database));
