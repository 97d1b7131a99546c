/** One message of a conversation. */
export interface Turn {
  readonly role: "user" | "assistant";
  readonly content: string;
}

/** What a model says next: a piece of text, or a tool that it wants to be used. */
export type Said =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tool"; readonly name: "calculate"; readonly expression: string };

/** Makes a conversation's next message, piece by piece. A tool's result is what the caller sends back in. */
export type Model = (
  turns: readonly Turn[],
  signal: AbortSignal,
) => AsyncGenerator<Said, void, string | undefined>;

const SUM = /(-?\d{1,9})\s*([+*-])\s*(-?\d{1,9})/;

/**
 * A model without a model: the same conversation always gets the same words, at the pace of `pace` milliseconds a word. It can
 * calculate, and otherwise says back what it was told.
 */
export function parrot(pace: number): Model {
  return async function* (turns, signal) {
    const asked = turns.findLast(({ role }) => role === "user")?.content ?? "";
    const [expression] = SUM.exec(asked) ?? [];
    if (expression === undefined) {
      yield* words(`You said: ${asked}`, pace, signal);
      return;
    }
    yield* words("Let me see. ", pace, signal);
    const result = yield { kind: "tool", name: "calculate", expression };
    yield* words(`It is ${result}.`, pace, signal);
  };
}

async function* words(
  text: string,
  pace: number,
  signal: AbortSignal,
): AsyncGenerator<Said, void, undefined> {
  for (const word of text.match(/\s*\S+\s*/g) ?? []) {
    await rest(pace, signal);
    yield { kind: "text", text: word };
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) {
      stop();
    }
  });
}

/** The tool: one sum of two whole numbers. */
export function calculate(expression: string): string {
  const [, left, sign, right] = SUM.exec(expression) ?? [];
  const [one, other] = [BigInt(left ?? 0), BigInt(right ?? 0)];
  return String(sign === "*" ? one * other : sign === "+" ? one + other : one - other);
}
