import type { Issue, MaybePromise } from "@tenon/core";
import {
  decodeNode,
  INVALID,
  isOptionalIn,
  relax,
  type ScalarGrammar,
  type SchemaNode,
  type SchemaResult,
} from "@tenon/core/wire";
import { isPromise } from "../exchange/promise.ts";
import { frameworkError } from "../response/problem.ts";
import { type BackEnd, compileDecoder } from "../validation/compile-schema.ts";
import { explainParameters, type ParameterFindings } from "./decode-parameters.ts";
import type { ParameterPlan } from "./parameter-plan.ts";
import { NO_BODY } from "./read-json.ts";
import type { RequestContext } from "./request-context.ts";

/** Most issues in one reply; then `truncated`. */
export const ISSUE_LIMIT = 50;

/** How a raw body becomes part of the input. */
export interface BodyDecode {
  /** The verdict: the decoded body, or `INVALID`. */
  readonly decode: (raw: unknown) => unknown;
  /** Says what is wrong with it. */
  readonly explain: (raw: unknown) => MaybePromise<SchemaResult>;
  /** What a request without a body stands for: `{}` where no key is required. */
  readonly absent: unknown;
  /** The one key that is the whole body; otherwise its keys join the input. */
  readonly key: string | undefined;
}

/** How a body is read, and decoded. */
export interface BodyPlan {
  readonly decode: BodyDecode;
  readonly read: (context: RequestContext) => MaybePromise<unknown>;
}

/** Nothing is where a body must be. */
export const NO_VALUE: SchemaResult = {
  ok: false,
  issues: [{ path: [], code: "missing", message: "A value is required" }],
  truncated: false,
};

/** Compiles the decoding of a JSON body. */
export function compileJsonBody(
  node: SchemaNode,
  key: string | undefined,
  backEnd: BackEnd,
  grammar?: ScalarGrammar,
): BodyDecode {
  const needsNothing =
    node.kind === "object" && node.properties.every((property) => isOptionalIn(property.node));
  // A schema of anything would take the absence of a body for a value.
  const isNeeded = key !== undefined && !isOptionalIn(node);
  const strict = compileDecoder(node, backEnd);
  const read = (raw: unknown): unknown => (grammar === undefined ? raw : relax(node, raw, grammar));
  const decode = grammar === undefined ? strict : (raw: unknown) => strict(read(raw));
  return {
    decode: isNeeded ? (raw) => (raw === undefined ? INVALID : decode(raw)) : decode,
    explain: (raw) => {
      const result = decodeNode(node, read(raw), { issueLimit: ISSUE_LIMIT });
      return isNeeded && raw === undefined && !isPromise(result) && result.ok ? NO_VALUE : result;
    },
    absent: needsNothing && key === undefined ? {} : undefined,
    key,
  };
}

/**
 * Compiles the last step of decoding: body and parameters become one flat input, or one 422 names all that is wrong.
 * Rules about several keys at once run on the whole.
 */
export function compileInput(
  parameters: ParameterPlan,
  body: BodyDecode | undefined,
  refine: ((context: RequestContext) => MaybePromise<void>) | undefined,
): (context: RequestContext, raw: unknown, areParametersValid: boolean) => MaybePromise<void> {
  const decode = compileDecode(parameters, body);
  if (refine === undefined) {
    return decode;
  }
  return (context, raw, areParametersValid) => {
    const decoded = decode(context, raw, areParametersValid);
    return isPromise(decoded) ? decoded.then(() => refine(context)) : refine(context);
  };
}

function compileDecode(
  parameters: ParameterPlan,
  body: BodyDecode | undefined,
): (context: RequestContext, raw: unknown, areParametersValid: boolean) => MaybePromise<void> {
  if (body === undefined) {
    return (context, _raw, areParametersValid) => {
      if (!areParametersValid) {
        return refuse(parameters, undefined, context, undefined);
      }
    };
  }
  return (context, raw, areParametersValid) => {
    const value = raw === NO_BODY ? body.absent : raw;
    const decoded = body.decode(value);
    if (decoded === INVALID || !areParametersValid) {
      return refuse(parameters, body, context, value);
    }
    join(context, body, decoded);
  };
}

function join(context: RequestContext, { key }: BodyDecode, decoded: unknown): void {
  const input = context.input as Record<string, unknown> | undefined;
  if (key !== undefined) {
    context.input = { ...input, [key]: decoded };
  } else {
    context.input = input === undefined ? decoded : { ...input, ...(decoded as object) };
  }
}

/** The interpreter has the last word: it names the issues, or (asynchronous schemas) finds that there are none. */
function refuse(
  parameters: ParameterPlan,
  body: BodyDecode | undefined,
  context: RequestContext,
  value: unknown,
): MaybePromise<void> {
  const fromParameters = explainParameters(parameters, context, ISSUE_LIMIT);
  const fromBody = body?.explain(value);
  if (isPromise(fromParameters) || isPromise(fromBody)) {
    return Promise.all([fromParameters, fromBody]).then(([found, result]) => conclude(found, result));
  }
  return conclude(fromParameters, fromBody);

  function conclude({ issues, input }: ParameterFindings, result: SchemaResult | undefined): void {
    if (result !== undefined && !result.ok) {
      issues.push(...result.issues.map((issue) => ({ ...issue, in: "body" }) as unknown as Issue));
    }
    if (issues.length > 0) {
      const isTruncated = issues.length > ISSUE_LIMIT || (result?.ok === false && result.truncated);
      throw frameworkError("INVALID_INPUT", undefined, {
        data: { issues: issues.slice(0, ISSUE_LIMIT), ...(isTruncated ? { truncated: true } : {}) },
        refused: { body: value },
      });
    }
    context.input = input;
    if (body !== undefined && result?.ok === true) {
      join(context, body, result.value);
    }
  }
}

/** Some parameters do not fit: refuses with the issues of those that admission needs, or gives it what fits. */
export function refuseParameters(
  parameters: ParameterPlan,
  keys: ReadonlySet<string>,
): (context: RequestContext) => MaybePromise<void> {
  return (context) => {
    const conclude = ({ issues, input }: ParameterFindings): void => {
      if (issues.length > 0) {
        throw frameworkError("INVALID_INPUT", undefined, { data: { issues } });
      }
      context.input = input;
    };
    const found = explainParameters(parameters, context, ISSUE_LIMIT, keys);
    return isPromise(found) ? found.then(conclude) : conclude(found);
  };
}
