/** Markup that is safe to put into a page as it is. Only `html` and `join` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template can hold: texts are escaped, markup stays, nothing is left out. */
export type Part = string | number | Html | readonly Part[] | undefined | false;

/** Makes markup of a template. Whatever is put into it is text, and escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? "";
  for (const [index, part] of parts.entries()) {
    text += render(part) + (strings[index + 1] ?? "");
  }
  return new Html(text);
}

/** Markup with something between its pieces. */
export function join(parts: readonly Part[], between: Part): Html {
  return new Html(parts.map(render).join(render(between)));
}

function render(part: Part): string {
  if (part === undefined || part === false) {
    return "";
  }
  if (part instanceof Html) {
    return part.text;
  }
  return typeof part === "object" ? part.map(render).join("") : escapeText(String(part));
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}
