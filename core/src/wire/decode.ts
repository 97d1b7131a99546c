import { isAmbiguous } from "../schema/ambiguity.ts";
import { DEPTH_LIMIT, ISSUE_LIMIT, type MaybePromise, type SchemaResult } from "../schema/issue.ts";
import type { SchemaNode } from "../schema/node.ts";
import { decodeArray, decodeMap, decodeSet, decodeTuple } from "./decode-list.ts";
import { decodeAny, decodeObject, decodeRecord } from "./decode-object.ts";
import { decodeScalar } from "./decode-scalar.ts";
import { decodeDiscriminated, decodeIntersection, decodeUnion } from "./decode-union.ts";
import {
  decodeCatch,
  decodeCodec,
  decodeDefault,
  decodePipe,
  decodePreprocess,
  decodeWrapper,
  validate,
} from "./decode-wrapper.ts";
import { chain } from "./maybe-promise.ts";
import { visitOnce } from "./memory.ts";
import { type Outcome, type Run, toResult } from "./outcome.ts";
import { runChecks } from "./run-checks.ts";
import { runFunction } from "./run-zod.ts";
import { runStandard } from "./run-standard.ts";

export interface DecodeOptions {
  readonly issueLimit?: number;
  readonly depthLimit?: number;
}

/**
 * Decodes plain JSON by a node: the authority that the compiled forms are compared with, and the way to the issues
 * after one of them said no. It answers with a promise only where a check, transform or codec did.
 */
export function decodeNode(
  node: SchemaNode,
  input: unknown,
  options: DecodeOptions = {},
): MaybePromise<SchemaResult> {
  const { issueLimit = ISSUE_LIMIT, depthLimit = DEPTH_LIMIT } = options;
  const run: Run = { issueLimit, depthLimit, memory: new Map(), visit };
  return chain(visit(node, input, 0, run), (outcome) => toResult(outcome, issueLimit));
}

function visit(node: SchemaNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  return isAmbiguous(node)
    ? visitOnce(node, input, run, () => visitNode(node, input, depth, run))
    : visitNode(node, input, depth, run);
}

function visitNode(node: SchemaNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  const decoded = decodeScalar(node, input) ?? decodeKind(node, input, depth, run);
  // An island's checks were run by zod.
  if (node.checks.length === 0 || node.kind === "island") {
    return decoded;
  }
  return chain(decoded, (outcome) => runChecks(node, outcome));
}

function decodeKind(node: SchemaNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  switch (node.kind) {
    case "object":
      return decodeObject(node, input, depth, run);
    case "record":
      return decodeRecord(node, input, depth, run);
    case "array":
      return decodeArray(node, input, depth, run);
    case "tuple":
      return decodeTuple(node, input, depth, run);
    case "set":
      return decodeSet(node, input, depth, run);
    case "map":
      return decodeMap(node, input, depth, run);
    case "union":
      return decodeUnion(node, input, depth, run);
    case "discriminatedUnion":
      return decodeDiscriminated(node, input, depth, run);
    case "intersection":
      return decodeIntersection(node, input, depth, run);
    case "default":
    case "prefault":
      return decodeDefault(node, input, depth, run);
    case "catch":
      return decodeCatch(node, input, depth, run);
    case "codec":
      return decodeCodec(node, input, depth, run);
    case "pipe":
      return decodePipe(node, input, depth, run);
    case "optional":
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "lazy":
      return decodeWrapper(node, input, depth, run);
    default:
      return decodeForeign(node, input, depth, run);
  }
}

/** Kinds that are given the JSON as it is, once it is known to be within the limits. */
function decodeForeign(node: SchemaNode, input: unknown, depth: number, run: Run): MaybePromise<Outcome> {
  const plain = decodeAny(input, depth, run);
  if (plain.complaints.length > 0) {
    return plain;
  }
  switch (node.kind) {
    case "standard":
      return runStandard(node.schema, input);
    case "preprocess":
      return decodePreprocess(node, input);
    case "transform":
      return runFunction(node.transform, node.schema, input);
    case "island":
      return validate(node, input);
    default:
      return plain;
  }
}
