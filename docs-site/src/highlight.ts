import { type Html, html, join, type Part } from "./html.ts";

/** The languages that samples are written in. */
export type Language = "json" | "ts" | "shell";

// Comment, key before a colon, string, number, word.
const TOKENS: Readonly<Record<Language, RegExp>> = {
  json: /(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\d[\d.eE+-]*)|(?<word>\b(?:true|false|null)\b)/g,
  ts: /(?<comment>\/\/[^\n]*)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>\b\d[\d.]*n?\b)|(?<word>\b(?:const|await|for|of|new|import|type|from|true|false|null)\b)|(?<key>[A-Za-z_$][\w$]*)(?=:\s)/g,
  shell: /(?<string>'[^']*'|"[^"]*")|(?<key>(?<=\s)--?[A-Za-z-]+)|(?<word>^(?:curl|npm)\b)/gm,
};

/** Code with its words marked by class, so that a style sheet can colour them. */
export function highlight(code: string, language: Language): Html {
  const parts: Part[] = [];
  let from = 0;
  for (const match of code.matchAll(TOKENS[language])) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? ["word"];
    parts.push(code.slice(from, match.index), html`<span class="t-${kind}">${match[0]}</span>`);
    from = match.index + match[0].length;
  }
  parts.push(code.slice(from));
  return join(parts, "");
}
