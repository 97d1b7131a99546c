import { encodeNode, type EnrichedMeta, enrich, holdsRichType, INVALID, readSchema } from "@tenon/core/wire";
import { type BackEnd, compileEncoder } from "../validation/compile-schema.ts";
import { describeIssues } from "./output-error.ts";

/** The data of an error as plain JSON, or why it does not fit. */
export type EncodedData =
  | {
      readonly ok: true;
      readonly value: unknown /** What to revive in it. */;
      readonly meta: EnrichedMeta | undefined;
    }
  | { readonly ok: false; readonly sentence: string };

const encoders: WeakMap<object, (value: unknown) => EncodedData> = new WeakMap();

/** The encoder of an error's data, compiled when it is first needed. Errors are no hot path: closures serve everywhere. */
export function compileEncoderOf(schema: unknown): (value: unknown) => EncodedData {
  let encoder = encoders.get(schema as object);
  if (encoder === undefined) {
    encoder = make(schema);
    encoders.set(schema as object, encoder);
  }
  return encoder;
}

function make(schema: unknown): (value: unknown) => EncodedData {
  const node = readSchema(schema);
  const backEnd: BackEnd = "close";
  const encode = compileEncoder(node, backEnd);
  const rich = holdsRichType(node) ? compileEncoder(node, backEnd, "rich") : undefined;
  return (value) => {
    const encoded = encode(value);
    if (encoded !== INVALID) {
      return { ok: true, value: encoded, meta: rich === undefined ? undefined : enrich(rich(value)) };
    }
    const result = encodeNode(node, value);
    return {
      ok: false,
      sentence: result instanceof Promise || result.ok ? "it is asynchronous" : describeIssues(result.issues),
    };
  };
}
