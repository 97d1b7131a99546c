import fc from "fast-check";
import { expect, it } from "vitest";
import { parseQuery, QUERY_LIMIT, type QueryRecord } from "./query-string.ts";

it("reads what URLSearchParams writes", () => {
  const pairs = fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(pairs, (sent) => {
      const search = new URLSearchParams(sent);
      const record = parseQuery(`/x?${search}`, 3) as QueryRecord;
      for (const name of new Set(search.keys())) {
        const values = search.getAll(name);
        expect(record[name]).toEqual(values.length === 1 ? values[0] : values);
      }
      expect(Object.keys(record).length).toBe(new Set(search.keys()).size);
    }),
    { numRuns: 500 },
  );
});

it("keeps names from outside out of the prototype", () => {
  const record = parseQuery("/?__proto__=a&__proto__=b&constructor=c&empty&=x&a==b", 2) as QueryRecord;
  expect(Object.getPrototypeOf(record)).toBeNull();
  expect({ ...record }).toEqual({ ["__proto__"]: ["a", "b"], constructor: "c", empty: "", "": "x", a: "=b" });
});

it("refuses broken encodings and too many parameters", () => {
  expect(parseQuery("/?a=%", 2)).toBe("encoding");
  expect(parseQuery("/?%ff=1", 2)).toBe("encoding");
  expect(parseQuery(`/?${"a&".repeat(QUERY_LIMIT)}`, 2)).not.toBe("too-many");
  expect(parseQuery(`/?${"a&".repeat(QUERY_LIMIT + 1)}`, 2)).toBe("too-many");
});
