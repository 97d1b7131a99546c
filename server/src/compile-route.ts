import type { MaybePromise, Operation } from "@tenon/core";
import { canBeDeep, INVALID, readSchema } from "@tenon/core/wire";
import { type DependencyPlan, planDependencies, splitAdmission, type Step } from "./dependency/plan.ts";
import { type MakeArgument, resolveBatches } from "./dependency/resolve.ts";
import { type BodyDecode, compileInput, compileJsonBody, refuseParameters } from "./request/decode-input.ts";
import { compileParameters } from "./request/decode-parameters.ts";
import { type ParameterPlan, planParameters } from "./request/parameter-plan.ts";
import { compileForm } from "./request/decode-form.ts";
import { FORM_LIMITS, readForm } from "./request/read-form.ts";
import { compileRefinements } from "./request/refine-input.ts";
import { readJson, readJsonParameter } from "./request/read-json.ts";
import type { RequestContext } from "./request/request-context.ts";
import { compileOutput } from "./response/encode-output.ts";
import type { Describe } from "./response/fail.ts";
import { frameworkError } from "./response/problem.ts";
import { compileArgument } from "./route/handler-argument.ts";
import type { Address, Route } from "./route/route.ts";
import { rpcOperation } from "./route/rpc-operation.ts";
import type { Semantics } from "./semantics.ts";
import { compileCredentials } from "./security/credentials.ts";
import { compileStream, NOT_STARTED } from "./stream/stream-reply.ts";
import type { BackEnd } from "./validation/compile-schema.ts";
import { compileSocket } from "./websocket/socket-reply.ts";

/** What the app says about every route. */
export interface RouteSettings {
  readonly backEnd: BackEnd;
  readonly semantics: Semantics;
  /** Bytes of a body. */
  readonly bodyLimit: number;
  /** Other sites whose pages may use the cookies of this one. */
  readonly origins: ReadonlySet<string>;
  /** Values of the dependencies of scope `app`. */
  readonly appValue: (step: Step) => unknown;
  readonly describe: Describe;
  /** Writes plain JSON. */
  readonly serializer: (value: unknown) => string | undefined;
}

/** Compiles an operation for one of its addresses: everything that can be decided before the first request. */
export function compileRoute(operation: Operation, address: Address, settings: RouteSettings): Route {
  const plan = planDependencies(operation);
  const read = address === "rpc" ? rpcOperation(operation) : operation;
  const parameters = planParameters(read, settings.semantics.text);
  const body = planBody(read, address, settings);
  const makeArgument = compileStepArguments(operation, plan);
  const { early, late } = splitAdmission(plan, new Set(read.parameters.map(({ key }) => key)));
  const afterInput = [...late, ...plan.rest];
  return {
    operation,
    address,
    plan,
    startResolved: startResolved(plan, settings),
    readCredentials: compileCredentials(plan, {
      isUnsafe: isUnsafe(operation, address),
      origins: settings.origins,
    }),
    decodeParameters:
      parameters.reads.length === 0 && parameters.models.length === 0
        ? undefined
        : decodeInto(parameters, settings.backEnd),
    refuseParameters:
      plan.admissionKeys.size === 0 ? undefined : refuseParameters(parameters, plan.admissionKeys),
    admit: early.length === 0 ? undefined : (context) => resolveBatches(early, makeArgument, context),
    readBody: body?.read,
    decodeInput: compileInput(parameters, body?.decode, compileRefinements(read)),
    resolve:
      afterInput.length === 0 ? undefined : (context) => resolveBatches(afterInput, makeArgument, context),
    ...compileEnding(operation, plan, settings),
  };
}

/** True for what may change something (RFC 9110, 9.2.1), and for sockets, which no browser keeps to their own origin. */
function isUnsafe({ kind, method }: Operation, address: Address): boolean {
  return kind === "socket" || address === "rpc" || method !== "GET";
}

function startResolved(plan: DependencyPlan, { appValue }: RouteSettings): (() => unknown[]) | undefined {
  if (plan.steps.length === 0) {
    return undefined;
  }
  const empty: unknown[] = plan.steps.map(() => undefined);
  const ofApp = plan.steps.filter((step) => step.dependency.scope === "app");
  return () => {
    const resolved = empty.slice();
    // Asked for each request: an app that was stopped and started again has new values.
    for (const step of ofApp) {
      resolved[step.index] = appValue(step);
    }
    return resolved;
  };
}

function compileStepArguments(operation: Operation, plan: DependencyPlan): MakeArgument {
  const makers = plan.steps.map((step) => compileArgument(operation, step.used));
  return (context, step) => (makers[step.index] as (context: RequestContext) => object)(context);
}

function decodeInto(parameters: ParameterPlan, backEnd: BackEnd): (context: RequestContext) => boolean {
  const decode = compileParameters(parameters, backEnd);
  return (context) => {
    const decoded = decode(context);
    if (decoded === INVALID) {
      return false;
    }
    context.input = decoded;
    return true;
  };
}

interface BodyPlan {
  readonly decode: BodyDecode;
  readonly read: (context: RequestContext) => MaybePromise<unknown>;
}

function planBody(
  { body, bodyLimit, kind }: Operation,
  address: Address,
  { backEnd, semantics, bodyLimit: appLimit }: RouteSettings,
): BodyPlan | undefined {
  if (body === undefined) {
    return undefined;
  }
  if (body.kind === "form") {
    const limits = { ...FORM_LIMITS, ...(bodyLimit === undefined ? {} : { total: bodyLimit }) };
    return {
      decode: compileForm(body.fields, backEnd, semantics.text),
      read: (context) => {
        if (address === "rpc") {
          requireRpcHeader(context);
        }
        return readForm(context.exchange, body.encoding, limits);
      },
    };
  }
  const node = readSchema(body.schema);
  const rules = { limit: bodyLimit ?? appLimit, isDeep: canBeDeep(node), isTypeNeeded: address === "rpc" };
  return {
    decode: compileJsonBody(node, body.kind === "whole" ? body.key : undefined, backEnd, semantics.json),
    read:
      address === "rpc" && kind === "socket"
        ? (context) => readJsonParameter(context.readQuery().input, rules.isDeep)
        : (context) => readJson(context.exchange, rules),
  };
}

/** A form could be sent by any page: only a caller that may set headers gets multipart at the canonical address. */
function requireRpcHeader(context: RequestContext): void {
  if (context.exchange.header("tenon-rpc") !== "1") {
    throw frameworkError("UNSUPPORTED_MEDIA_TYPE", "multipart at this address needs the header tenon-rpc: 1");
  }
}

type Ending = Pick<Route, "handle" | "encode">;

/** Calling the handler and encoding what it gives, by the kind of procedure. */
function compileEnding(
  operation: Operation,
  plan: DependencyPlan,
  { backEnd, describe, serializer }: RouteSettings,
): Ending {
  const makeArgument = compileArgument(operation, plan.used);
  const handler = operation.procedure.handler as (argument: object) => unknown;
  switch (operation.kind) {
    case "query":
    case "mutation":
      return {
        handle: (context) => handler(makeArgument(context)),
        encode: compileOutput(operation, backEnd, serializer),
      };
    case "stream":
      return {
        handle: (context) => (context.method === "HEAD" ? NOT_STARTED : handler(makeArgument(context))),
        encode: compileStream(operation, backEnd, describe),
      };
    case "socket": {
      const accept = compileSocket(operation, backEnd, (context, socket) =>
        handler(Object.assign(makeArgument(context), { socket })),
      );
      return { handle: () => undefined, encode: (_result, context) => accept(context) };
    }
  }
}
