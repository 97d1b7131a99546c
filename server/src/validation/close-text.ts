import {
  INVALID,
  lowerText,
  readerOf,
  type SchemaNode,
  type TextInput,
  type TextRules,
} from "@tenon/core/wire";

/** Makes the function that turns a text view's texts into the JSON that they spell; `INVALID` for repeated scalars. */
export function closeText(view: SchemaNode, rules: TextRules): (text: unknown) => unknown {
  const general = (text: unknown): unknown => {
    const lowering = { rules, issues: [] };
    const json = lowerText(view, text as TextInput, [], lowering);
    return lowering.issues.length > 0 ? INVALID : json;
  };
  const scalar = scalarOf(view, rules);
  if (scalar === undefined) {
    return general;
  }
  return (text) => (typeof text === "string" ? scalar(text) : text === undefined ? undefined : general(text));
}

/** How one text is read, behind whatever treats absence; only for kinds that need no look at their parts. */
function scalarOf(view: SchemaNode, rules: TextRules): ((text: string) => unknown) | undefined {
  switch (view.kind) {
    case "string":
    case "date":
    case "bigint":
    case "url":
    case "bytes":
    case "number":
    case "boolean":
      return readerOf(rules.grammar, view) ?? ((text) => text);
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "default":
    case "prefault":
    case "catch":
      return scalarOf(view.inner, rules);
    default:
      return undefined;
  }
}
