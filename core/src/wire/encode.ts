import { isAmbiguous } from "../schema/ambiguity.ts";
import { ISSUE_LIMIT, type MaybePromise, type SchemaResult } from "../schema/issue.ts";
import type { SchemaNode } from "../schema/node.ts";
import { oneWay } from "./complain.ts";
import { encodeAny } from "./encode-any.ts";
import { encodeArray, encodeMap, encodeSet, encodeTuple } from "./encode-list.ts";
import { encodeObject, encodeRecord } from "./encode-object.ts";
import { encodedAs, encodeScalar, refuseUnwritable } from "./encode-scalar.ts";
import { encodeDiscriminated, encodeIntersection, encodeUnion } from "./encode-union.ts";
import {
  encodeCatch,
  encodeCodec,
  encodeDefault,
  encodePipe,
  encodeWrapper,
  validateBack,
} from "./encode-wrapper.ts";
import { chain } from "./maybe-promise.ts";
import { visitOnce } from "./memory.ts";
import { type Encoded, type Run, refused, toResult } from "./outcome.ts";
import { toWire } from "./request-value.ts";
import { runChecks } from "./run-checks.ts";
import { runStandard } from "./run-standard.ts";

/** How deep a value that is encoded may be nested; beyond it, it is taken to contain itself. */
export const ENCODE_DEPTH_LIMIT = 256;

export interface EncodeOptions {
  readonly issueLimit?: number;
  readonly depthLimit?: number;
  /**
   * `plain` (the default) is JSON as every client reads it; `rich` is the same value with `Date` and its like
   * still in place, from which `enrich` makes superjson's `meta`.
   */
  readonly form?: "plain" | "rich";
}

/**
 * Encodes a server-side value by a node: validated, keys that the schema does not list dropped at every depth,
 * defaults filled in, codecs run backward. The authority for the compiled encoders.
 */
export function encodeNode(
  node: SchemaNode,
  value: unknown,
  options: EncodeOptions = {},
): MaybePromise<SchemaResult> {
  const { issueLimit = ISSUE_LIMIT, depthLimit = ENCODE_DEPTH_LIMIT, form = "plain" } = options;
  const run: Run<Encoded> = { issueLimit, depthLimit, memory: new Map(), visit };
  return chain(visit(node, value, 0, run), (encoded) => {
    const { complaints, rich } = encoded;
    const wire = complaints.length === 0 && form === "plain" ? toWire(rich) : rich;
    return toResult({ value: wire, complaints }, issueLimit);
  });
}

function visit(node: SchemaNode, value: unknown, depth: number, run: Run<Encoded>): MaybePromise<Encoded> {
  return isAmbiguous(node)
    ? visitOnce(node, value, run, () => visitNode(node, value, depth, run))
    : visitNode(node, value, depth, run);
}

function visitNode(
  node: SchemaNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  const encoded = encodeScalar(node, value) ?? encodeKind(node, value, depth, run);
  if (node.checks.length === 0 || node.kind === "island") {
    return chain(encoded, (unchecked) => refuseUnwritable(node, unchecked));
  }
  return chain(encoded, (unchecked) => {
    const before = unchecked.value;
    return chain(runChecks(node, unchecked), (checked) =>
      checked.value === before ? refuseUnwritable(node, checked) : rewrite(node, checked, depth, run),
    );
  });
}

/** A check replaced the value (`trim`, a sort), so what goes on the wire is made of the new one. */
function rewrite(
  node: SchemaNode,
  checked: Encoded,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  const again = encodeScalar(node, checked.value) ?? encodeKind(node, checked.value, depth, run);
  return chain(again, (encoded) =>
    refuseUnwritable(node, { ...encoded, complaints: [...checked.complaints, ...encoded.complaints] }),
  );
}

function encodeKind(
  node: SchemaNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  switch (node.kind) {
    case "object":
      return encodeObject(node, value, depth, run);
    case "record":
      return encodeRecord(node, value, depth, run);
    case "array":
      return encodeArray(node, value, depth, run);
    case "tuple":
      return encodeTuple(node, value, depth, run);
    case "set":
      return encodeSet(node, value, depth, run);
    case "map":
      return encodeMap(node, value, depth, run);
    case "union":
      return encodeUnion(node, value, depth, run);
    case "discriminatedUnion":
      return encodeDiscriminated(node, value, depth, run);
    case "intersection":
      return encodeIntersection(node, value, depth, run);
    case "default":
    case "prefault":
      return encodeDefault(node, value, depth, run);
    case "catch":
      return encodeCatch(node, value, depth, run);
    case "codec":
      return encodeCodec(node, value, depth, run);
    case "pipe":
      return encodePipe(node, value, depth, run);
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
      return encodeWrapper(node, value, depth, run);
    default:
      return encodeForeign(node, value, depth, run);
  }
}

function encodeForeign(
  node: SchemaNode,
  value: unknown,
  depth: number,
  run: Run<Encoded>,
): MaybePromise<Encoded> {
  switch (node.kind) {
    case "transform":
    case "preprocess":
      return encodedAs(refused(value, oneWay()));
    case "standard":
      return chain(runStandard(node.schema, value), (outcome) => writeAny(outcome, depth, run));
    case "island":
      return chain(validateBack(node.schema, value), (outcome) => writeAny(outcome, depth, run));
    default:
      return encodeAny(value, depth, run.depthLimit);
  }
}

function writeAny(outcome: Parameters<typeof encodedAs>[0], depth: number, run: Run<Encoded>): Encoded {
  return outcome.complaints.length > 0 ? encodedAs(outcome) : encodeAny(outcome.value, depth, run.depthLimit);
}
