import type { WireRow } from "./table.ts";

/** The page about wire types, written from the table that the tests run. */
export function documentation(rows: readonly WireRow[]): string {
  const cells = rows.map((row) => [
    row.name,
    code(row.code),
    row.server,
    row.client ?? "the same",
    code(JSON.stringify(row.wire)),
    row.refused.map(([json]) => code(JSON.stringify(json))).join(" "),
    row.note ?? "",
  ]);
  return [
    "# Types on the wire",
    "",
    "What a schema's values are in handlers, in the typed client and in JSON, in both directions. The decoder, the encoder, the",
    "document and the client read one table; `tests/wire-types` runs each line through all of them, and writes this page.",
    "",
    ...table(["what", "schema", "in handlers", "in the client", "in JSON", "refused", "notes"], cells),
    "",
    "Requests are always plain JSON. A reply is, too, except to a caller that accepts `application/vnd.tenon+json`, as the typed",
    "client does: where the output holds a type that JSON lacks, it gets `{ json, meta }`, and revives the values that `meta` names.",
    "`encode(schema, value)` and `decode(schema, json)` of `@tenon/core/wire` are the same two ways without HTTP.",
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? "")].map(widthOf)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - widthOf(cell))).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}

function widthOf(text: string): number {
  return Array.from(text).length;
}

/** Code in a cell: a bar would end it. */
function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}
