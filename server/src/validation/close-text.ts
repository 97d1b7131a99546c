import {
  INVALID,
  lowerText,
  readBoolean,
  readNumber,
  type SchemaIssue,
  type SchemaNode,
  type TextInput,
} from "@tenon/core/wire";

/** Makes the function that turns a text view's texts into the JSON that they spell; `INVALID` for repeated scalars. */
export function closeText(view: SchemaNode): (text: unknown) => unknown {
  const general = (text: unknown): unknown => {
    const issues: SchemaIssue[] = [];
    const json = lowerText(view, text as TextInput, [], issues);
    return issues.length > 0 ? INVALID : json;
  };
  const scalar = scalarOf(view);
  if (scalar === undefined) {
    return general;
  }
  return (text) => (typeof text === "string" ? scalar(text) : text === undefined ? undefined : general(text));
}

/** How one text is read, behind whatever treats absence; only for kinds that need no look at their parts. */
function scalarOf(view: SchemaNode): ((text: string) => unknown) | undefined {
  switch (view.kind) {
    case "string":
    case "date":
    case "bigint":
    case "url":
    case "bytes":
      return (text) => text;
    case "number":
      return readNumber;
    case "boolean":
      return readBoolean;
    case "optional":
    case "nonoptional":
    case "readonly":
    case "default":
    case "prefault":
    case "catch":
      return scalarOf(view.inner);
    default:
      return undefined;
  }
}
