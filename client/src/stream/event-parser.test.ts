import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { eventParser } from "./event-parser.ts";

interface Vector {
  readonly source: string;
  readonly about: string;
  readonly stream: string;
  readonly events: readonly { data: string; id?: string; retry?: number }[];
}

const VECTORS = JSON.parse(
  readFileSync(new URL("../../../tests/fixtures/sse/vectors.json", import.meta.url), "utf8"),
) as readonly Vector[];

/** The events as an `EventSource` would dispatch them: the last id and the last reconnection time stay. */
function parse(
  chunks: Iterable<Uint8Array>,
): { data: string; event: string | undefined; id: string; retry: number | undefined }[] {
  const parsed: ReturnType<typeof parse> = [];
  let id = "";
  let retry: number | undefined;
  const feed = eventParser({
    event: (each) => {
      id = each.id ?? id;
      parsed.push({ data: each.data, event: each.event, id, retry });
    },
    retry: (milliseconds) => {
      retry = milliseconds;
    },
    tooLong: (error) => {
      throw error;
    },
  });
  for (const chunk of chunks) {
    feed(chunk);
  }
  return parsed;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const split = (whole: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
    whole.slice(index * size, (index + 1) * size),
  );

describe.each(VECTORS.map((vector) => [`${vector.source}: ${vector.about}`, vector] as const))(
  "%s",
  (_name, { stream, events }) => {
    const expected = events.map(({ data, id = "", retry }) => ({ data, event: undefined, id, retry }));
    it.each([Number.POSITIVE_INFINITY, 1, 2, 3, 7])("in chunks of %s", (size) => {
      const whole = bytes(stream);
      expect(parse(size === Number.POSITIVE_INFINITY ? [whole] : split(whole, size))).toEqual(expected);
    });
  },
);

describe("an event stream", () => {
  const events = (text: string) =>
    [[bytes(text)], split(bytes(text), 1)].map((chunks) =>
      parse(chunks).map(({ event, data, id }) => [event, data, id]),
    );

  it.each([
    [
      "all line ends, split and mixed",
      "data:a\r\rdata:b\r\n\r\ndata:c\n\r\n",
      [
        [undefined, "a", ""],
        [undefined, "b", ""],
        [undefined, "c", ""],
      ],
    ],
    ["one space after the colon and no more", "data:  a\nevent:  x\n\n", [[" x", " a", ""]]],
    ["a field without a colon", "data\nevent\nid\n\n", [[undefined, "", ""]]],
    ["fields that it does not know", "x: 1\ndata: a\nData: b\n\n", [[undefined, "a", ""]]],
    [
      "an id that is taken back",
      "id: 1\ndata: a\n\nid\ndata: b\n\n",
      [
        [undefined, "a", "1"],
        [undefined, "b", ""],
      ],
    ],
    ["the last of several names", "event: a\nevent: b\ndata: 1\n\n", [["b", "1", ""]]],
    ["a name without data, which is nothing", "event: a\n\ndata: 1\n\n", [[undefined, "1", ""]]],
    ["a BOM in the middle", "data: \ufeffa\n\n", [[undefined, "\ufeffa", ""]]],
    ["bytes that are no UTF-8 text of its own", "data: \ud800\n\n", [[undefined, "\ufffd", ""]]],
  ])("is read with %s", (_name, text, expected) => {
    expect(events(text)).toEqual([expected, expected]);
  });
});
