import { dependency, events, procedure } from "@tenon/core";
import { z } from "zod";
import { calculate, type Model, parrot } from "./model.ts";

/** What answers. Another one is another dependency: `app.override(model, mine)`. */
export const model = dependency.scope("app").resolve((): Model => parrot(Number(process.env.PACE || 40)));

/** Words that were made, also of answers that nobody waited for. */
export const meter = dependency.scope("app").resolve(() => ({ words: 0 }));

// #region events
/** What an answer is made of. The client gets a union by `event`. */
const Answer = events({
  start: { id: z.uuid() },
  text: { text: z.string() },
  tool_call: { id: z.string(), name: z.enum(["calculate"]), input: z.object({ expression: z.string() }) },
  tool_result: { id: z.string(), output: z.string() },
  end: { reason: z.enum(["done", "length"]), words: z.int() },
});
// #endregion

const Turn = z.object({ role: z.enum(["user", "assistant"]), content: z.string().min(1).max(10_000) });

// #region stream
/** POST /chat */
export const send = procedure
  .route("POST /")
  .use({ model, meter })
  .input({
    messages: z.array(Turn).min(1).max(100),
    maxWords: z.int().min(1).max(10_000).default(1000),
  })
  .output(Answer)
  .errors({ NOTHING_ASKED: { status: 400, description: "The last message is not the user's" } })
  .doc({ summary: "Continue a conversation", description: "Whoever closes the connection stops the model." })
  .stream(async function* ({ input: { messages, maxWords }, model, meter, errors, signal }) {
    if (messages.at(-1)?.role !== "user") {
      return errors.NOTHING_ASKED();
    }
    yield { event: "start", data: { id: crypto.randomUUID() } };
    const answer = model(messages, signal);
    let words = 0;
    let calls = 0;
    let result: string | undefined;
    try {
      while (words < maxWords) {
        const { done, value: said } = await answer.next(result);
        result = undefined;
        if (done === true) {
          return yield { event: "end", data: { reason: "done", words } };
        }
        if (said.kind === "tool") {
          const id = `call-${++calls}`;
          const { name, expression } = said;
          yield { event: "tool_call", data: { id, name, input: { expression } } };
          result = calculate(expression);
          yield { event: "tool_result", data: { id, output: result } };
        } else {
          words++;
          meter.words++;
          yield { event: "text", data: { text: said.text } };
        }
      }
      yield { event: "end", data: { reason: "length", words } };
    } finally {
      // Whoever leaves stops the model, wherever it stands.
      await answer.return();
    }
  });
// #endregion
