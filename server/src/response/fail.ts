import { ApiError, type ErrorShape, FRAMEWORK_STATUS } from "@tenon/core";
import { compileEncoderOf } from "./error-data.ts";
import type { HeaderList, Reply } from "../exchange/reply.ts";
import { addVary, getHeader } from "../exchange/reply.ts";
import { challengeOfOperation } from "../security/challenge.ts";
import type { ReportedRequest, RequestContext } from "../request/request-context.ts";
import { acceptsRich } from "./rich.ts";
import { checkHeader } from "./reply-headers.ts";
import { makersOf } from "../route/handler-argument.ts";
import {
  describeProblem,
  type Envelope,
  FrameworkError,
  frameworkError,
  type ProblemDocument,
  type RefusedBody,
  writeProblem,
} from "./problem.ts";

/** Who hears of failures. */
export interface FailureSettings {
  /** Hears of everything that the caller is only told an opaque 500 about. */
  readonly report: (error: unknown, request: ReportedRequest | undefined) => void;
}

/** A failure as a problem, with the headers that go with it. */
export interface Described {
  readonly problem: ProblemDocument;
  readonly headers: HeaderList;
}

const NONE: Declared = {};
const NO_STATUSES = {};

type Declared = Readonly<Record<string, ErrorShape>>;

/** Turns whatever failed into a problem; `declared` are the errors that may be told, the operation's own by default. */
export type Describe = (error: unknown, context: RequestContext, declared?: Declared) => Described;

/** Turns whatever failed into a reply. */
export type Fail = (error: unknown, context: RequestContext, declared?: Declared) => Reply;

/** What an application says of problems that differs from the canonical. */
export interface ProblemWords {
  readonly statuses?: Readonly<Partial<Record<string, number>>>;
  /** The type of a code's problems; `about:blank` otherwise. */
  readonly typeOf?: ((code: string) => string) | undefined;
}

/** Makes the one place where any failure becomes a problem. */
export function compileDescribe(
  report: FailureSettings["report"],
  { statuses = NO_STATUSES, typeOf }: ProblemWords = {},
): Describe {
  return (error, context, declared = context.served?.errors ?? NONE) => {
    const { failure, instance } = asFailure(mapped(error, context), context, declared, report);
    const encoded = encodeData(failure, context, declared, report);
    const headers = headersOf(encoded.failure, context);
    const problem = describeProblem(
      encoded.failure,
      encoded.data,
      instance,
      statuses[encoded.failure.code],
      typeOf?.(encoded.failure.code),
    );
    const isRevived = encoded.meta !== undefined && acceptsRich(context.exchange.header("accept"));
    return { problem: isRevived ? { ...problem, meta: encoded.meta } : problem, headers };
  };
}

/** Makes the reply to a failure: the canonical problem, or the app's envelope of it. */
export function compileFail(describe: Describe, envelope: Envelope | undefined): Fail {
  return (error, context, declared) => {
    const { problem, headers } = describe(error, context, declared);
    if (envelope === undefined) {
      return writeProblem(problem, headers, undefined);
    }
    addVary(headers, "accept");
    const isCanonical = acceptsRich(context.exchange.header("accept"));
    try {
      return writeProblem(problem, headers, isCanonical ? undefined : envelope, refusedIn(error));
    } catch (thrown) {
      // Past the envelope there is only the canonical form, which cannot fail.
      return writeProblem(describe(thrown, context).problem, [], undefined);
    }
  };
}

function refusedIn(error: unknown): RefusedBody | undefined {
  return error instanceof FrameworkError ? error.refused : undefined;
}

function headersOf({ code, headers = {} }: ApiError, { served }: RequestContext): HeaderList {
  const list = Object.entries(headers).flatMap(([name, value]) => [name.toLowerCase(), value]);
  if (
    code === "UNAUTHENTICATED" &&
    served !== undefined &&
    getHeader(list, "www-authenticate") === undefined
  ) {
    // Whoever verified the credential need not know by which scheme it came (RFC 9110, 15.5.2).
    const challenge = challengeOfOperation(served);
    list.push(...(challenge === "" ? [] : ["www-authenticate", challenge]));
  }
  return list;
}

/** The declared failure that the procedure maps an error to. What the mapping itself throws takes the error's place. */
function mapped(error: unknown, { served }: RequestContext): unknown {
  if (served === undefined || served.procedure.errorMaps.length === 0 || error instanceof ApiError) {
    return error;
  }
  const found = served.procedure.errorMaps.find(({ type }) => error instanceof type);
  if (found === undefined) {
    return error;
  }
  try {
    return found.map(error as never, makersOf(served.errors) as never);
  } catch (thrown) {
    return thrown;
  }
}

/** Declared failures pass; anything else is opaque outside and reported inside, under one id. */
function asFailure(
  error: unknown,
  context: RequestContext,
  declared: Declared,
  report: FailureSettings["report"],
): { failure: ApiError; instance: string | undefined } {
  const unfit = error instanceof ApiError && isDeclared(error, declared) ? faultOf(error) : error;
  if (unfit === undefined && error instanceof ApiError) {
    return { failure: error, instance: undefined };
  }
  const instance = `urn:uuid:${crypto.randomUUID()}`;
  if (!context.isDeparture(unfit)) {
    report(mark(unfit, instance), context);
  }
  return { failure: frameworkError("INTERNAL"), instance };
}

/** What keeps a declared failure from being sent: a header that would break the framing. */
function faultOf({ headers = {} }: ApiError): unknown {
  try {
    for (const [name, value] of Object.entries(headers)) {
      checkHeader(name, value);
    }
    return undefined;
  } catch (fault) {
    return fault;
  }
}

/** The id under which the log finds the caller's problem; a frozen error goes without. */
function mark(error: unknown, instance: string): Error {
  if (error instanceof Error && !(error instanceof ApiError)) {
    Reflect.defineProperty(error, "instance", { value: instance, configurable: true, enumerable: true });
    return error;
  }
  return new UndeclaredError(error, instance);
}

function isDeclared(error: ApiError, declared: Declared): boolean {
  return (
    error instanceof FrameworkError ||
    Object.hasOwn(FRAMEWORK_STATUS, error.code) ||
    (Object.hasOwn(declared, error.code) && declared[error.code]?.status === error.status)
  );
}

/** Something was thrown that no declaration covers. */
class UndeclaredError extends Error {
  override readonly name = "UndeclaredError";
  readonly instance: string;

  constructor(thrown: unknown, instance: string) {
    super(
      thrown instanceof ApiError
        ? `the error '${thrown.code}' is not declared here: add it to .errors(…)`
        : "something that is no Error was thrown",
      {
        cause: thrown,
      },
    );
    this.instance = instance;
  }
}

/** The data of a declared error is validated like any output. */
function encodeData(
  failure: ApiError,
  context: RequestContext,
  declared: Declared,
  report: FailureSettings["report"],
): { failure: ApiError; data: unknown; meta?: unknown } {
  const schema = declared[failure.code]?.data;
  if (failure instanceof FrameworkError || schema === undefined) {
    return { failure, data: failure instanceof FrameworkError ? failure.data : undefined };
  }
  const result = compileEncoderOf(schema)(failure.data);
  if (result.ok) {
    return { failure, data: result.value, meta: result.meta };
  }
  report(
    new Error(
      `the data of the error '${failure.code}' of '${context.operation}' does not fit its schema: ${result.sentence}`,
    ),
    context,
  );
  return { failure: frameworkError("INTERNAL"), data: undefined };
}
