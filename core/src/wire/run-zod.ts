import type { Payload } from "../schema/check.ts";
import type { MaybePromise } from "../schema/issue.ts";
import type { PayloadFunction } from "../schema/node.ts";
import type { ZodSchema } from "../schema/zod-schema.ts";
import { oneWay } from "./complain.ts";
import type { RawIssue } from "./message.ts";
import { type Complaint, type Outcome, refused } from "./outcome.ts";
import { fromZodIssue } from "./zod-issue.ts";

/** Lets zod itself judge a server-side value: what lies behind a codec, and kinds that only zod understands. */
export function runZod(
  schema: ZodSchema,
  value: unknown,
  direction: "forward" | "backward",
): MaybePromise<Outcome> {
  try {
    const payload = runSync(schema, value, direction) ?? runAsync(schema, value, direction);
    return payload instanceof Promise ? payload.then(toOutcome) : toOutcome(payload, schema);
  } catch (error) {
    if (isNamed(error, "ZodEncodeError")) {
      return refused(value, oneWay());
    }
    throw error;
  }
}

/** Calls a transform or one half of a codec as zod does. */
export function runFunction(call: PayloadFunction, schema: unknown, value: unknown): MaybePromise<Outcome> {
  const payload = makePayload(schema, value);
  const result = call(value, payload);
  const finish = (next: unknown): Outcome => {
    const complaints = complaintsOf(payload.issues, schema);
    return { value: next, complaints, ...(complaints.length > 0 ? { isAborted: true } : {}) };
  };
  return result instanceof Promise ? result.then(finish) : finish(result);
}

// A check that complains about each of many items says enough long before its last.
const MAX_TAKEN = 1000;

/** Reads the complaints out of zod's issues. */
export function complaintsOf(issues: readonly unknown[], owner: unknown): Complaint[] {
  return (issues as readonly RawIssue[]).slice(0, MAX_TAKEN).flatMap((raw) => {
    const isSoft = raw.continue === true;
    const isFinal = raw.continue === false;
    return fromZodIssue(raw, owner).map((issue) => ({ issue, isSoft, isFinal }));
  });
}

// Schemas that were met with an asynchronous part, which zod only reports by throwing.
const asynchronous: WeakSet<ZodSchema> = new WeakSet();

function runSync(schema: ZodSchema, value: unknown, direction: "forward" | "backward"): Payload | undefined {
  if (asynchronous.has(schema)) {
    return undefined;
  }
  try {
    const payload = schema._zod.run({ value, issues: [] }, { async: false, direction });
    if (!(payload instanceof Promise)) {
      return payload;
    }
    // It is run again below; what became of this one matters to nobody.
    payload.catch(() => {});
  } catch (error) {
    if (!isNamed(error, "$ZodAsyncError")) {
      throw error;
    }
  }
  asynchronous.add(schema);
  return undefined;
}

async function runAsync(
  schema: ZodSchema,
  value: unknown,
  direction: "forward" | "backward",
): Promise<Payload> {
  return schema._zod.run({ value, issues: [] }, { async: true, direction });
}

function toOutcome(payload: Payload, owner?: unknown): Outcome {
  const complaints = complaintsOf(payload.issues, owner);
  return { value: payload.value, complaints, ...(payload.aborted === true ? { isAborted: true } : {}) };
}

// Errors are told by name, since there may be several copies of zod.
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && (error.name === name || error.constructor.name === name);
}

interface TransformPayload extends Payload {
  addIssue: (issue: string | Record<string, unknown>) => void;
}

// zod's classic transforms are given `addIssue` in addition to the list.
function makePayload(schema: unknown, value: unknown): TransformPayload {
  const issues: unknown[] = [];
  const addIssue = (issue: string | Record<string, unknown>): void => {
    if (typeof issue === "string") {
      issues.push({ message: issue, code: "custom", input: value, inst: schema });
    } else {
      issues.push({ code: "custom", input: value, inst: schema, ...issue });
    }
  };
  return { value, issues, addIssue };
}
