import type { Operation } from "@tenon/core";
import { INVALID } from "@tenon/core/wire";
import { type DependencyPlan, planDependencies, splitAdmission, type Step } from "./dependency/plan.ts";
import { type MakeArgument, resolveBatches } from "./dependency/resolve.ts";
import { compileInput, refuseParameters } from "./request/decode-input.ts";
import { compileParameters } from "./request/decode-parameters.ts";
import { type ParameterPlan, planParameters } from "./request/parameter-plan.ts";
import { ignoreType } from "./request/ignore-type.ts";
import { type BodySettings, planBody } from "./request/plan-body.ts";
import { refuseStepwise } from "./request/refuse-stepwise.ts";
import { compileRefinements } from "./request/refine-input.ts";
import type { RequestContext } from "./request/request-context.ts";
import { withDeclaredHeaders } from "./response/declared-headers.ts";
import { compileOutput } from "./response/encode-output.ts";
import type { Describe } from "./response/fail.ts";
import { compileArgument } from "./route/handler-argument.ts";
import type { Address, Route } from "./route/route.ts";
import { rpcOperation } from "./route/rpc-operation.ts";
import { compileCredentials } from "./security/credentials.ts";
import { compileStream, NOT_STARTED } from "./stream/stream-reply.ts";
import type { BackEnd } from "./validation/compile-schema.ts";
import { compileSocket } from "./websocket/socket-reply.ts";

/** What the app says about every route. */
export interface RouteSettings extends BodySettings {
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
  const plan = planDependencies(operation, settings.semantics.defaultScope);
  const read = address === "rpc" ? rpcOperation(operation) : operation;
  const parameters = planParameters(read, settings.semantics.text);
  const planned = planBody(read, address, settings);
  // A handshake has no body: the input of its canonical address is in the query.
  const body =
    planned !== undefined && settings.semantics.mediaType === "ignore" && operation.kind !== "socket"
      ? ignoreType(planned, read, settings.semantics.untyped)
      : planned;
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
      plan.admissionKeys.size === 0
        ? undefined
        : settings.semantics.admission === "whole"
          ? refuseParameters(parameters, plan.admissionKeys)
          : refuseStepwise(parameters, early, plan.admissionKeys, makeArgument),
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

type Ending = Pick<Route, "handle" | "encode">;

/** Calling the handler and encoding what it gives, by the kind of procedure. */
function compileEnding(
  operation: Operation,
  plan: DependencyPlan,
  { backEnd, describe, serializer, semantics }: RouteSettings,
): Ending {
  const makeArgument = compileArgument(operation, plan.used);
  const handler = operation.procedure.handler as (argument: object) => unknown;
  switch (operation.kind) {
    case "query":
    case "mutation":
      return {
        handle: (context) => handler(makeArgument(context)),
        encode: withDeclaredHeaders(operation, backEnd, compileOutput(operation, backEnd, serializer)),
      };
    case "stream": {
      const { begin, encode } = compileStream(operation, backEnd, describe, semantics.streams);
      const call = (context: RequestContext, lastEventId: string | undefined): unknown =>
        handler(Object.assign(makeArgument(context), { lastEventId }));
      return {
        handle: (context) => (context.method === "HEAD" ? NOT_STARTED : begin(context, call)),
        encode: withDeclaredHeaders(operation, backEnd, encode),
      };
    }
    case "socket": {
      const handle = (context: RequestContext, socket: unknown): unknown =>
        handler(Object.assign(makeArgument(context), { socket }));
      const accept = compileSocket(operation, backEnd, handle, semantics.socketTexts);
      return { handle: () => undefined, encode: (_result, context) => accept(context) };
    }
  }
}
