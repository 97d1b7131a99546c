/** One item of a stream, or the failure that ends it. */
export interface StreamItem {
  readonly isError: boolean;
  /** The name of its event; undefined for a line, and where it says none. */
  readonly event?: string | undefined;
  readonly data: string;
}

/** The items of a finished stream: events (WHATWG HTML, 9.2.6), or JSON lines. */
export function streamItems(type: string, text: string): readonly StreamItem[] {
  return type === "text/event-stream" ? events(text) : lines(text);
}

function events(text: string): readonly StreamItem[] {
  return text.split("\n\n").flatMap((block) => {
    const fields = block.split("\n").map((line) => /^(\w*): ?(.*)$/.exec(line));
    const valuesOf = (name: string): string[] =>
      fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ""] : []));
    const data = valuesOf("data");
    const name = valuesOf("event").at(-1);
    return data.length === 0 ? [] : [{ isError: name === "error", event: name, data: data.join("\n") }];
  });
}

function lines(text: string): readonly StreamItem[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const failure = /^\{"error":(.*)\}$/.exec(line)?.[1];
      return { isError: failure !== undefined, data: failure ?? line };
    });
}
