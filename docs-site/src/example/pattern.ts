/**
 * A text that fits a regular expression, for examples. Knows what people write in schemas: classes, groups,
 * alternatives, quantifiers. Gives up on anything else; whoever asks checks the text against the expression.
 */
export function textFor(pattern: string): string | undefined {
  try {
    const reader: Reader = { source: pattern, at: 0 };
    const text = readAlternatives(reader);
    return reader.at === pattern.length ? text : undefined;
  } catch {
    return undefined;
  }
}

interface Reader {
  readonly source: string;
  at: number;
}

/** The first alternative is taken, the others are only read. */
function readAlternatives(reader: Reader): string {
  const first = readSequence(reader);
  while (reader.source[reader.at] === "|") {
    reader.at++;
    readSequence(reader);
  }
  return first;
}

function readSequence(reader: Reader): string {
  let text = "";
  while (reader.at < reader.source.length && !"|)".includes(reader.source[reader.at] as string)) {
    const atom = readAtom(reader);
    text += atom.repeat(readQuantifier(reader));
  }
  return text;
}

function readAtom(reader: Reader): string {
  const character = reader.source[reader.at++] as string;
  switch (character) {
    case "^":
    case "$":
      return "";
    case ".":
      return "x";
    case "(":
      return readGroup(reader);
    case "[":
      return readClass(reader);
    case "\\":
      return readEscape(reader);
    default:
      return character;
  }
}

function readGroup(reader: Reader): string {
  const prefix = /^\?(?:[:=!]|<[=!]|<[A-Za-z_]\w*>)/.exec(reader.source.slice(reader.at))?.[0] ?? "";
  reader.at += prefix.length;
  const text = readAlternatives(reader);
  if (reader.source[reader.at++] !== ")") {
    throw new SyntaxError("a group without end");
  }
  // What stands for a condition takes no room.
  return /[=!]$/.test(prefix) ? "" : text;
}

function readClass(reader: Reader): string {
  const isNegated = reader.source[reader.at] === "^";
  const members: string[] = [];
  reader.at += isNegated ? 1 : 0;
  while (reader.source[reader.at] !== "]") {
    if (reader.at >= reader.source.length) {
      throw new SyntaxError("a class without end");
    }
    const character = reader.source[reader.at++] as string;
    members.push(character === "\\" ? readEscape(reader) : character);
  }
  reader.at++;
  const excluded = new RegExp(
    reader.source.slice(reader.source.lastIndexOf("[", reader.at - 1), reader.at),
    "u",
  );
  return isNegated
    ? (["a", "0", "-", " ", "A"].find((one) => excluded.test(one)) ?? "a")
    : (members[0] ?? "");
}

const CLASSES: Readonly<Record<string, string>> = {
  d: "0",
  w: "a",
  s: " ",
  D: "a",
  W: "-",
  S: "a",
  b: "",
  B: "",
};
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function readEscape(reader: Reader): string {
  const character = reader.source[reader.at++] as string;
  if (character === "p" || character === "P") {
    reader.at = reader.source.indexOf("}", reader.at) + 1;
    return "a";
  }
  const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(reader.source.slice(reader.at - 1));
  if (code !== null) {
    reader.at += code[0].length - 1;
    return String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? "", 16));
  }
  if (/[0-9xuck]/.test(character)) {
    throw new SyntaxError("an escape that is not known here");
  }
  return CLASSES[character] ?? CONTROLS[character] ?? character;
}

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/;

function readQuantifier(reader: Reader): number {
  const match = QUANTIFIER.exec(reader.source.slice(reader.at));
  if (match === null) {
    return 1;
  }
  reader.at += match[0].length;
  return match[1] === undefined ? (match[0].startsWith("+") ? 1 : 0) : Number(match[1]);
}
