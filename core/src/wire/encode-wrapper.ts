import type { MaybePromise } from "../schema/issue.ts";
import type { CatchNode, CodecNode, DefaultNode, PipeNode, WrapperNode } from "../schema/node.ts";
import { inputPresence } from "../schema/optionality.ts";
import { isZodSchema } from "../schema/zod-schema.ts";
import { caughtValue, requireValue, validate } from "./decode-wrapper.ts";
import { encodedAs, passed } from "./encode-scalar.ts";
import { chain } from "./maybe-promise.ts";
import { accepted, type Encoded, type Outcome, type Run } from "./outcome.ts";
import { runFunction, runZod } from "./run-zod.ts";

/** Encodes the kinds that change how absence, null or mutability is treated. */
export function encodeWrapper(
  node: WrapperNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  const { inner } = node;
  if (node.kind === "nullable" && value === null) {
    return passed(null);
  }
  if (node.kind === "optional" && value === undefined) {
    if (inputPresence(inner) !== "defaulted") {
      return passed(undefined);
    }
    return chain(run.visit(inner, undefined, depth, run), (encoded) =>
      encoded.complaints.length > 0 ? passed(undefined) : encoded,
    );
  }
  const encoded = run.visit(inner, value, depth, run);
  return node.kind === "nonoptional" ? chain(encoded, (inside) => requireValue(node, inside)) : encoded;
}

/** Encodes with the default filled in where the handler left it out. */
export function encodeDefault(
  node: DefaultNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  const { inner } = node;
  if (value !== undefined) {
    return run.visit(inner, value, depth, run);
  }
  const made = node.makeValue();
  if (node.kind === "default") {
    return made === undefined ? passed(undefined) : run.visit(inner, made, depth, run);
  }
  return chain(validate(inner, made), (filled) =>
    filled.complaints.length > 0 ? encodedAs(filled) : run.visit(inner, filled.value, depth, run),
  );
}

/** Encodes, and falls back on the author's value where the handler's does not fit. */
export function encodeCatch(
  node: CatchNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  return chain(run.visit(node.inner, value, depth, run), (encoded) =>
    encoded.complaints.length === 0
      ? encoded
      : run.visit(node.inner, caughtValue(node, value, encoded), depth, run),
  );
}

/** Lets zod validate a codec's server side, calls its `encode`, and encodes the wire side. */
export function encodeCodec(
  node: CodecNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  return chain(validateBack(node.out.schema, value), (right) => {
    if (right.complaints.length > 0) {
      return encodedAs({ ...right, isAborted: true } as Outcome);
    }
    return chain(runFunction(node.encode, node.schema, right.value), (encoded) =>
      encoded.complaints.length > 0
        ? encodedAs(encoded)
        : chain(run.visit(node.in, encoded.value, depth, run), (wire) => ({ ...wire, value })),
    );
  });
}

/** Takes a value back through a pipe: its output first, then its input. */
export function encodePipe(
  node: PipeNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  return chain(validateBack(node.out.schema, value), (right) =>
    right.complaints.length > 0
      ? encodedAs({ ...right, isAborted: true } as Outcome)
      : chain(run.visit(node.in, right.value, depth, run), (wire) => ({ ...wire, value })),
  );
}

/** Lets zod take a server-side value one step back towards the wire. */
export function validateBack(schema: unknown, value: unknown): MaybePromise<Outcome> {
  return isZodSchema(schema) ? runZod(schema, value, "backward") : accepted(value);
}
