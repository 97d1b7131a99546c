import type { Issue, MaybePromise, Parameter } from "@tenon/core";
import { fieldOf, INVALID, type SchemaResult, type TextRules } from "@tenon/core/wire";
import { settleAll } from "../exchange/promise.ts";
import type { BackEnd } from "../validation/compile-schema.ts";
import { compileStyled, explainStyled } from "./decode-parameter.ts";
import { generateParameters } from "./generate-parameters.ts";
import type { DecodeParameters, ParameterPlan, ParameterRead } from "./parameter-plan.ts";
import { compileFetch } from "./parameter-text.ts";
import type { RequestContext } from "./request-context.ts";

/** Compiles the reading of an operation's parameters. */
export function compileParameters(plan: ParameterPlan, backEnd: BackEnd): DecodeParameters {
  return backEnd === "generate" && plan.models.length === 0
    ? generateParameters(plan, plan.rules)
    : closeParameters(plan, backEnd, plan.rules);
}

function closeParameters(plan: ParameterPlan, backEnd: BackEnd, rules: TextRules): DecodeParameters {
  const fetches = plan.reads.map(compileFetch);
  const decoders = plan.reads.map((read) => compileStyled(read, backEnd, rules));
  const strict = plan.models.filter(({ isStrict }) => isStrict);
  const count = plan.reads.length;
  return (context) => {
    const input: Record<string, unknown> = {};
    for (const model of plan.models) {
      input[model.key] = {};
    }
    let isValid = true;
    for (let index = 0; index < count; index++) {
      const value = (decoders[index] as (text: unknown) => unknown)(
        (fetches[index] as (context: RequestContext) => unknown)(context),
      );
      if (value === INVALID) {
        isValid = false;
      } else {
        store(input, plan.reads[index] as ParameterRead, value);
      }
    }
    if (strict.length > 0 && unknownNames(plan, context).length > 0) {
      return INVALID;
    }
    return isValid ? input : INVALID;
  };
}

/** What the interpreter made of the parameters: the issues, and the values of those that fit. */
export interface ParameterFindings {
  readonly issues: Issue[];
  readonly input: Record<string, unknown>;
  /** The keys whose values do not fit. */
  readonly refused: ReadonlySet<string>;
}

/** Says what is wrong with the parameters. `only` narrows to the keys that admission needs. */
export function explainParameters(
  plan: ParameterPlan,
  context: RequestContext,
  limit: number,
  only?: ReadonlySet<string>,
): MaybePromise<ParameterFindings> {
  const reads = plan.reads.filter(({ parameter }) => only === undefined || only.has(parameter.key));
  const results = reads.map((read) => explainStyled(read, compileFetch(read)(context), plan.rules, limit));
  const conclude = (settled: readonly SchemaResult[]): ParameterFindings => {
    const issues: Issue[] = [];
    const refused = new Set<string>();
    const input: Record<string, unknown> = Object.fromEntries(plan.models.map(({ key }) => [key, {}]));
    settled.forEach((result, index) => {
      const read = reads[index] as ParameterRead;
      if (result.ok) {
        store(input, read, result.value);
      } else {
        refused.add(read.parameter.key);
        issues.push(...toIssues(read, result.issues));
      }
    });
    for (const { in: location, name } of unknownNames(plan, context)) {
      issues.push({
        in: location,
        path: [name],
        code: "unknown_key",
        message: `There is no parameter '${name}'`,
      });
    }
    return { issues, input, refused };
  };
  return settleAll(results, conclude);
}

function store(
  input: Record<string, unknown>,
  { parameter: { key, field } }: ParameterRead,
  value: unknown,
): void {
  if (value === undefined) {
    return;
  }
  if (field === undefined) {
    input[key] = value;
  } else {
    (input[key] as Record<string, unknown>)[field] = value;
  }
}

function toIssues(
  { parameter, issueName }: ParameterRead,
  found: readonly { readonly path: readonly (string | number)[] }[],
): Issue[] {
  return found.map(
    (issue) => ({ ...issue, in: parameter.in, path: [issueName, ...issue.path] }) as unknown as Issue,
  );
}

function reads({ name, style }: Parameter, wireName: string): boolean {
  return style === "deepObject" ? fieldOf(name, wireName) !== undefined : name === wireName;
}

/** Names that a strict model refuses: those that no parameter of the operation has. */
function unknownNames(plan: ParameterPlan, context: RequestContext): { in: Parameter["in"]; name: string }[] {
  const unknown: { in: Parameter["in"]; name: string }[] = [];
  for (const model of plan.models) {
    if (!model.isStrict) {
      continue;
    }
    for (const name of namesSent(model.in, plan.rules, context)) {
      if (!plan.reads.some(({ parameter }) => parameter.in === model.in && reads(parameter, name))) {
        unknown.push({ in: model.in, name });
      }
    }
  }
  return unknown;
}

/** The names in a location of which each has to be asked for. */
function namesSent(
  location: Parameter["in"],
  { strayHeaders }: TextRules,
  context: RequestContext,
): readonly string[] {
  switch (location) {
    case "query":
      return Object.keys(context.readQuery());
    case "cookie":
      return Object.keys(context.requestCookies.all());
    case "header":
      return strayHeaders === "ignore"
        ? []
        : context.exchange.headerList
            .filter((_, index) => index % 2 === 0)
            .map((name) => name.toLowerCase())
            .filter((name) => !OF_CLIENTS.test(name));
    case "path":
      return [];
  }
}

/** What clients, browsers and proxies add by themselves. */
const OF_CLIENTS =
  /^(accept(-.*)?|authorization|cache-control|connection|content-.*|cookie|expect|forwarded|host|keep-alive|origin|pragma|priority|referer|sec-.*|te|traceparent|tracestate|transfer-encoding|upgrade.*|user-agent|via|x-forwarded-.*|x-real-ip|x-request-id)$/;
