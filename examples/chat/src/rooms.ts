import { procedure } from "@tenon/core";
import { z } from "zod";
import { hub, moved, said } from "./hub.ts";
import { FromChat, FromVisitor, Message, Name, Room } from "./messages.ts";
import { store } from "./room-store.ts";

/** GET /rooms */
export const list = procedure
  .use({ store })
  .output(z.array(z.object({ room: z.string(), here: z.int() })))
  .doc({ summary: "List rooms, the liveliest first" })
  .query(({ store }) => store.rooms());

/** GET /rooms/{room}/messages */
export const history = procedure
  .use({ store })
  .route("GET /{room}/messages")
  .input({ room: Room, limit: z.int().min(1).max(200).default(50) })
  .output(z.array(Message))
  .doc({ summary: "Read what was said last, the oldest first" })
  .query(({ input, store }) => store.history(input.room, input.limit));

// #region join
/** GET /rooms/{room}?name=Ann, a socket */
export const join = procedure
  .use({ store, hub })
  .route("GET /{room}")
  .input({ room: Room, name: Name })
  .doc({ summary: "Join a room" })
  .receive(FromVisitor)
  .send(FromChat)
  .socket(async ({ input: { room, name }, socket, store, hub, signal }) => {
    // Followed before the history is read: what is said in between comes twice rather than never.
    const messages = await hub.follow(said, { key: room, signal });
    const moves = await hub.follow(moved, { key: room, signal });
    const visit = await store.enter(room, name);
    try {
      await socket.send({ kind: "said", messages: await store.history(room) });
      await hub.publish(moved, {}, { key: room });
      await Promise.race([
        (async () => {
          for await (const { say } of socket) {
            await hub.publish(said, { id: await store.say(room, name, say) }, { key: room });
          }
        })(),
        (async () => {
          for await (const { id } of messages) {
            const message = await store.read(id);
            await socket.send({ kind: "said", messages: message === undefined ? [] : [message] });
          }
        })(),
        (async () => {
          for await (const _ of moves) {
            await socket.send({ kind: "here", names: await store.here(room) });
          }
        })(),
      ]);
    } finally {
      await visit.leave();
      await hub.publish(moved, {}, { key: room });
    }
  });
// #endregion
