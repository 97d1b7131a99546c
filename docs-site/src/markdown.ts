import { type Html, html, join, type Part } from "./html.ts";

/**
 * Renders the part of Markdown that descriptions use: paragraphs, lists, fenced code, code spans, emphasis and links to
 * http(s). Everything else stays text, HTML included.
 */
export function markdown(source: string): Html {
  return join(splitBlocks(source).map(renderBlock), "\n");
}

/** The same without blocks, for places that hold one line. */
export function inlineMarkdown(source: string): Html {
  return renderInline(source.replace(/\s*\n\s*/g, " "));
}

interface Block {
  readonly kind: "text" | "code" | "bullets" | "numbers" | "heading";
  readonly lines: string[];
}

function splitBlocks(source: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let isFenced = false;
  for (const line of source.replaceAll("\r\n", "\n").split("\n")) {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) {
      isFenced = !isFenced;
      open = isFenced ? start("code") : undefined;
    } else if (isFenced) {
      open?.lines.push(line);
    } else if (line.trim() === "") {
      open = undefined;
    } else {
      open = addLine(open, line, start);
    }
  }
  return blocks;

  function start(kind: Block["kind"]): Block {
    const block: Block = { kind, lines: [] };
    blocks.push(block);
    return block;
  }
}

const ITEM = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;

function addLine(
  open: Block | undefined,
  line: string,
  start: (kind: Block["kind"]) => Block,
): Block | undefined {
  const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line);
  if (heading !== null) {
    start("heading").lines.push(heading[1] ?? "");
    return undefined;
  }
  const item = ITEM.exec(line);
  if (item !== null) {
    const kind = item[1] === undefined ? "bullets" : "numbers";
    const list = open?.kind === kind ? open : start(kind);
    list.lines.push(item[2] ?? "");
    return list;
  }
  const text = open ?? start("text");
  const isContinued = text.kind !== "text" && text.lines.length > 0;
  if (isContinued) {
    text.lines[text.lines.length - 1] += ` ${line.trim()}`;
  } else {
    text.lines.push(line.trim());
  }
  return text;
}

function renderBlock({ kind, lines }: Block): Html {
  switch (kind) {
    case "code":
      return html`<pre tabindex="0"><code>${lines.join("\n")}</code></pre>`;
    case "bullets":
      return html`<ul>${lines.map((line) => html`<li>${renderInline(line)}</li>`)}</ul>`;
    case "numbers":
      return html`<ol>${lines.map((line) => html`<li>${renderInline(line)}</li>`)}</ol>`;
    case "heading":
      // The page has its own outline.
      return html`<p><strong>${renderInline(lines.join(" "))}</strong></p>`;
    case "text":
      return html`<p>${renderInline(lines.join("\n"))}</p>`;
  }
}

// Code span, link, strong, emphasis, bare address; each alternative is linear.
const INLINE =
  /(`+)([^`]+)\1|\[([^\][\n]+)\]\(([^()\s]+)\)|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*|(https?:\/\/[^\s<>()"']+[^\s<>()"'.,;:!?])/g;

function renderInline(text: string): Html {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(from, match.index));
    parts.push(renderSpan(match));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return join(parts, "");
}

function renderSpan([whole, , code, label, target, strong, emphasis, address]: RegExpMatchArray): Part {
  if (code !== undefined) {
    return html`<code>${code.trim()}</code>`;
  }
  if (label !== undefined) {
    return isSafe(target) ? html`<a href="${target}" rel="noreferrer">${label}</a>` : whole;
  }
  if (strong !== undefined) {
    return html`<strong>${strong}</strong>`;
  }
  if (emphasis !== undefined) {
    return html`<em>${emphasis}</em>`;
  }
  return html`<a href="${address}" rel="noreferrer">${address}</a>`;
}

/** Only addresses of the web: no `javascript:`, no `data:`. */
export function isSafe(address: string | undefined): address is string {
  return address !== undefined && /^(?:https?:\/\/|#)/i.test(address);
}
