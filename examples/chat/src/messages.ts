import { z } from "zod";

export const Room = z.string().regex(/^[a-z0-9-]{1,40}$/);
export const Name = z.string().trim().min(1).max(40);

/** One thing that was said. */
export const Message = z
  .object({ id: z.int(), author: z.string(), text: z.string(), at: z.date() })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

/** What a visitor sends. */
export const FromVisitor = z.object({ say: z.string().trim().min(1).max(2000) });

/** What the chat sends: what was said, and who is here. */
export const FromChat = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("said"), messages: z.array(Message) }),
  z.object({ kind: z.literal("here"), names: z.array(z.string()) }),
]);
