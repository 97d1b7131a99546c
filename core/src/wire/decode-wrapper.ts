import type { MaybePromise } from "../schema/issue.ts";
import type {
  CatchNode,
  CodecNode,
  DefaultNode,
  PipeNode,
  PreprocessNode,
  SchemaNode,
  WrapperNode,
} from "../schema/node.ts";
import { inputPresence } from "../schema/optionality.ts";
import { isZodSchema } from "../schema/zod-schema.ts";
import { missing } from "./complain.ts";
import { chain } from "./maybe-promise.ts";
import { accepted, type Outcome, type Run, refused } from "./outcome.ts";
import { runFunction, runZod } from "./run-zod.ts";

/** Decodes the kinds that change how absence, null or mutability is treated. */
export function decodeWrapper(
  node: WrapperNode,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<Outcome> {
  const { inner } = node;
  if (node.kind === "nullable" && input === null) {
    return accepted(null);
  }
  if (node.kind === "optional" && input === undefined) {
    if (inputPresence(inner) !== "defaulted") {
      return accepted(undefined);
    }
    return chain(run.visit(inner, undefined, depth, run), (outcome) =>
      outcome.complaints.length > 0 ? accepted(undefined) : outcome,
    );
  }
  const decoded = run.visit(inner, input, depth, run);
  switch (node.kind) {
    case "nonoptional":
      return chain(decoded, (outcome) => requireValue(node, outcome));
    case "readonly":
      return chain(decoded, (outcome) => ({ ...outcome, value: freeze(outcome.value) }));
    default:
      return decoded;
  }
}

/** Freezes a value as `.readonly()` promises. Bytes cannot be frozen. */
export function freeze(value: unknown): unknown {
  return ArrayBuffer.isView(value) ? value : Object.freeze(value);
}

/** Complains when a nonoptional schema ends up with nothing. */
export function requireValue<Result extends Outcome>(node: SchemaNode, outcome: Result): Result {
  if (outcome.complaints.length === 0 && outcome.value === undefined) {
    return { ...outcome, ...refused(undefined, missing(node)) };
  }
  return outcome;
}

/** Decodes with a default (a finished value) or a prefault (a value that zod still validates). */
export function decodeDefault(
  node: DefaultNode,
  input: unknown,
  depth: number,
  run: Run,
): MaybePromise<Outcome> {
  if (node.kind === "prefault") {
    return input === undefined
      ? validate(node.inner, node.makeValue())
      : run.visit(node.inner, input, depth, run);
  }
  if (input === undefined) {
    return accepted(node.makeValue());
  }
  return chain(run.visit(node.inner, input, depth, run), (outcome) =>
    outcome.value === undefined ? { ...outcome, value: node.makeValue() } : outcome,
  );
}

/** Decodes, and falls back on the author's value where that fails. */
export function decodeCatch(node: CatchNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  return chain(run.visit(node.inner, input, depth, run), (outcome) =>
    outcome.complaints.length === 0 ? outcome : accepted(caughtValue(node, input, outcome)),
  );
}

/** The value that takes the place of one that failed. */
export function caughtValue(node: CatchNode, input: unknown, outcome: Outcome): unknown {
  const issues = outcome.complaints.map((complaint) => complaint.issue);
  return node.makeValue({ value: input, input, issues, error: { issues } });
}

/** Decodes the wire side of a codec, calls its `decode`, and lets zod validate the server side. */
export function decodeCodec(node: CodecNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  return chain(run.visit(node.in, input, depth, run), (left) => {
    if (left.complaints.length > 0) {
      return { ...left, isAborted: true };
    }
    return chain(runFunction(node.decode, node.schema, left.value), (decoded) =>
      decoded.complaints.length > 0 ? decoded : validate(node.out, decoded.value),
    );
  });
}

/** Decodes the input of a pipe, then lets its output have the server-side value. */
export function decodePipe(node: PipeNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  return chain(run.visit(node.in, input, depth, run), (left) => {
    if (left.complaints.some((complaint) => !isAboutUnknownKey(complaint))) {
      return { ...left, isAborted: true };
    }
    return chain(validate(node.out, left.value), (right) => ({
      ...right,
      complaints: [...left.complaints, ...right.complaints],
    }));
  });
}

/** Calls a preprocess on the raw JSON, then lets zod have the result. */
export function decodePreprocess(node: PreprocessNode, input: unknown): MaybePromise<Outcome> {
  return chain(validate(node.in, input), (left) =>
    left.complaints.length > 0 ? { ...left, isAborted: true } : validate(node.out, left.value),
  );
}

/** Validates a value that is on the server side already. */
export function validate(node: SchemaNode, value: unknown): MaybePromise<Outcome> {
  if (node.kind === "transform" && node.checks.length === 0) {
    return runFunction(node.transform, node.schema, value);
  }
  return isZodSchema(node.schema) ? runZod(node.schema, value, "forward") : accepted(value);
}

function isAboutUnknownKey({ issue }: { readonly issue: { path: unknown[]; code: string } }): boolean {
  return issue.code === "unknown_key" && issue.path.length === 1;
}
