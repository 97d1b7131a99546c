import { isComment, isServerSentEvent, type Operation } from "@tenon/core";
import { encodeNode, INVALID, type SchemaNode } from "@tenon/core/wire";
import { describeIssues, OutputError } from "../response/output-error.ts";
import { enriched } from "../response/rich.ts";
import { type BackEnd, compileEncoder } from "../validation/compile-schema.ts";
import type { StreamDialect } from "./dialect.ts";
import { encodeComment } from "./encode-event.ts";

/** What the events of a stream are. */
interface EventForm {
  /** Items say the name of their event, and their data apart: `events({ … })`. */
  readonly isNamed: boolean;
  /** `rich` says what to revive, as a reply does. */
  readonly form: "plain" | "rich";
}

/** Compiles an item's way to a line of JSON lines. */
export function compileLineWriter(
  operation: Operation,
  node: SchemaNode,
  backEnd: BackEnd,
  dialect: StreamDialect,
): (item: unknown) => string {
  const encode = compileItem(operation, node, backEnd, "plain");
  const toJson = dialect.toJson(operation.id);
  return (item) =>
    isComment(item) ? "" : `${toJson(encode(isServerSentEvent(item) ? item["~event"] : item))}\n`;
}

/** Compiles an item's way to a server-sent event. */
export function compileEventWriter(
  operation: Operation,
  node: SchemaNode,
  backEnd: BackEnd,
  { isNamed, form }: EventForm,
  dialect: StreamDialect,
): (item: unknown) => string {
  const encode = compileItem(operation, node, backEnd, form);
  const toJson = form === "rich" ? enriched : dialect.toJson(operation.id);
  const { encodeEvent, textOf } = dialect;
  if (!isNamed) {
    return (item) => {
      if (!isServerSentEvent(item)) {
        return isComment(item)
          ? encodeComment(item["~comment"])
          : encodeEvent({ data: toJson(encode(item)) });
      }
      const encoded = toJson(encode(item["~event"]));
      const { id, event, retry } = item;
      return encodeEvent({ data: textOf(item) ?? encoded, id, event, retry });
    };
  }
  return (item) => {
    if (isComment(item)) {
      return encodeComment(item["~comment"]);
    }
    const { id, retry, event: said } = isServerSentEvent(item) ? item : NO_FIELDS;
    if (said !== undefined) {
      throw new TypeError(`the event is named by its item: leave 'event' out of sse(…) in '${operation.id}'`);
    }
    const { event, data } = encode(isServerSentEvent(item) ? item["~event"] : item) as NamedEvent;
    return encodeEvent({ data: toJson(data), event, id, retry });
  };
}

interface NamedEvent {
  readonly event: string;
  readonly data: unknown;
}

const NO_FIELDS: { readonly id?: string; readonly retry?: number; readonly event?: string } = {};

/** Compiles the encoding of an item, which fails where the item does not fit. */
function compileItem(
  operation: Operation,
  node: SchemaNode,
  backEnd: BackEnd,
  form: "plain" | "rich",
): (item: unknown) => unknown {
  const encode = compileEncoder(node, backEnd, form);
  return (item) => {
    const encoded = encode(item);
    if (encoded === INVALID) {
      const result = encodeNode(node, item);
      throw new OutputError(
        operation.id,
        result instanceof Promise || result.ok ? "an item does not fit" : describeIssues(result.issues),
      );
    }
    return encoded;
  };
}
