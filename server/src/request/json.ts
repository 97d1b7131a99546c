/** JSON text is checked for nesting only where the schema could follow it down. */
export const JSON_DEPTH = 64;

/** True where arrays and objects nest deeper than `limit`. Strings are skipped; the text need not be valid. */
export function exceedsDepth(text: string, limit: number = JSON_DEPTH): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 34:
        index = endOfString(text, index);
        break;
      case 91:
      case 123:
        if (++depth > limit) {
          return true;
        }
        break;
      case 93:
      case 125:
        depth--;
    }
  }
  return false;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 92) {
      index++;
    } else if (code === 34) {
      return index;
    }
  }
  return text.length;
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;
const SPACE = /[ \t\n\r]*/y;

type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "comma-or-end" | "nothing";

/**
 * Where text stops being JSON (RFC 8259): an index into the text, or -1. The engine's own message would repeat the input.
 * Runs on the failure path only.
 */
export function locateJsonFault(text: string): number {
  const stack: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let index = 0;
  const afterValue = (): Expected => (stack.length === 0 ? "nothing" : "comma-or-end");
  for (;;) {
    TOKEN.lastIndex = index;
    const match = TOKEN.exec(text);
    if (match === null) {
      SPACE.lastIndex = index;
      SPACE.exec(text);
      return expected === "nothing" && SPACE.lastIndex === text.length ? -1 : SPACE.lastIndex;
    }
    const [token, mark, string] = match;
    const start = index + token.length - token.trimStart().length;
    index = TOKEN.lastIndex;
    const isValue = expected === "value" || expected === "value-or-end";
    if (mark === undefined && string === undefined) {
      if (!isValue) {
        return start;
      }
      expected = afterValue();
    } else if (string !== undefined) {
      if (expected === "key" || expected === "key-or-end") {
        expected = "colon";
      } else if (isValue) {
        expected = afterValue();
      } else {
        return start;
      }
    } else if ((mark === "{" || mark === "[") && isValue) {
      stack.push(mark);
      expected = mark === "{" ? "key-or-end" : "value-or-end";
    } else if (
      mark === "}" &&
      stack.at(-1) === "{" &&
      (expected === "key-or-end" || expected === "comma-or-end")
    ) {
      stack.pop();
      expected = afterValue();
    } else if (
      mark === "]" &&
      stack.at(-1) === "[" &&
      (expected === "value-or-end" || expected === "comma-or-end")
    ) {
      stack.pop();
      expected = afterValue();
    } else if (mark === ":" && expected === "colon") {
      expected = "value";
    } else if (mark === "," && expected === "comma-or-end") {
      expected = stack.at(-1) === "{" ? "key" : "value";
    } else {
      return start;
    }
  }
}
