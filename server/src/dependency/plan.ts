import { DefinitionError, type DependencyDefinition, type Operation, type UseStep } from "@tenon/core";

/** One dependency in the plan of an operation. */
export interface Step {
  readonly index: number;
  readonly dependency: DependencyDefinition;
  /** When its value closes, where it does not live as long as the app. */
  readonly closesAfter: "call" | "request";
  /** Keys of its argument, and the steps whose values stand there. */
  readonly used: readonly (readonly [key: string, index: number])[];
  /** The steps that have to be done before. */
  readonly below: readonly number[];
}

/** Steps that may run together. */
export type Batch = readonly Step[];

/** What has to be resolved for an operation, in order; made once, at start. */
export interface DependencyPlan {
  readonly steps: readonly Step[];
  /** Security schemes: their credentials are read before anything else. */
  readonly credentials: readonly Step[];
  /** Everything that decides whether the request may go on; no body byte is parsed before. */
  readonly admission: readonly Batch[];
  readonly rest: readonly Batch[];
  /** Keys of the handler's argument, and the steps whose values stand there. */
  readonly used: readonly (readonly [key: string, index: number])[];
  /** Input keys that admission reads. */
  readonly admissionKeys: ReadonlySet<string>;
}

interface Draft extends Step {
  readonly level: number;
  isAdmission: boolean;
}

/** Orders the dependencies of an operation: siblings of one `.use` share a batch, a later `.use` or `.guard` waits. */
export function planDependencies(
  operation: Operation,
  defaultScope: "call" | "request" = "call",
): DependencyPlan {
  const drafts: Draft[] = [];
  const planned = new Map<DependencyDefinition, Draft>();

  const place = (dependency: DependencyDefinition, from: number): Draft => {
    const known = dependency.isFresh ? undefined : planned.get(dependency);
    if (known !== undefined) {
      return known;
    }
    const { used, level, below } = walk(dependency.uses, from);
    const draft: Draft = {
      index: drafts.length,
      dependency,
      closesAfter: closingOf(dependency, defaultScope),
      used,
      level,
      below,
      isAdmission: dependency.security !== undefined || below.some((index) => drafts[index]?.isAdmission),
    };
    drafts.push(draft);
    planned.set(dependency, draft);
    return draft;
  };

  // The level at which something after these steps can run, and the values that they put into the argument.
  const walk = (steps: readonly UseStep[], from: number) => {
    const used: (readonly [string, number])[] = [];
    const below: number[] = [];
    let level = from;
    for (const step of steps) {
      let next = level;
      const members =
        step.kind === "use"
          ? step.entries
          : step.dependencies.map((dependency) => [undefined, dependency] as const);
      for (const [key, dependency] of members) {
        const draft = place(dependency, step.kind === "guard" ? next : level);
        if (step.kind === "guard") {
          draft.isAdmission = true;
        }
        if (key !== undefined) {
          used.push([key, draft.index]);
        }
        below.push(draft.index);
        next = Math.max(next, draft.level + 1);
      }
      level = next;
    }
    return { used, level, below };
  };

  const { used } = walk(operation.uses, 0);
  admitBelow(drafts);
  const request = drafts.filter(({ dependency }) => dependency.scope !== "app");
  const admission = request.filter((draft) => draft.isAdmission && draft.dependency.security === undefined);
  const admissionKeys = new Set(
    drafts.filter((draft) => draft.isAdmission).flatMap(({ dependency }) => [...dependency.input.keys()]),
  );
  checkAdmission(operation, admissionKeys);
  return {
    steps: drafts,
    credentials: request.filter(({ dependency }) => dependency.security !== undefined),
    admission: batches(admission),
    rest: batches(request.filter((draft) => !draft.isAdmission)),
    used,
    admissionKeys,
  };
}

function closingOf(
  { scope, isScopeSaid }: DependencyDefinition,
  byDefault: "call" | "request",
): "call" | "request" {
  return scope === "request" ? scope : isScopeSaid ? "call" : byDefault;
}

/** Admission in two halves, around the reading of the body. */
export interface SplitAdmission {
  readonly early: readonly Batch[];
  readonly late: readonly Batch[];
}

/**
 * Splits admission where parameters travel in the body, as they do at the canonical address: what decides by such a
 * parameter, and what builds upon that, has to wait for it. Everything else still comes before the first byte.
 */
export function splitAdmission({ admission }: DependencyPlan, readable: ReadonlySet<string>): SplitAdmission {
  const late = new Set<number>();
  for (const { index, dependency, below } of admission.flat()) {
    if (
      [...dependency.input.keys()].some((key) => !readable.has(key)) ||
      below.some((each) => late.has(each))
    ) {
      late.add(index);
    }
  }
  const half = (isLate: boolean): readonly Batch[] =>
    admission
      .map((batch) => batch.filter(({ index }) => late.has(index) === isLate))
      .filter((batch) => batch.length > 0);
  return { early: half(false), late: half(true) };
}

/** What admission uses belongs to it. */
function admitBelow(drafts: readonly Draft[]): void {
  for (let index = drafts.length - 1; index >= 0; index--) {
    const draft = drafts[index] as Draft;
    if (draft.isAdmission) {
      for (const below of draft.below) {
        (drafts[below] as Draft).isAdmission = true;
      }
    }
  }
}

function batches(drafts: readonly Draft[]): readonly Batch[] {
  const levels = new Map<number, Step[]>();
  for (const draft of drafts) {
    const batch = levels.get(draft.level);
    if (batch === undefined) {
      levels.set(draft.level, [draft]);
    } else {
      batch.push(draft);
    }
  }
  return [...levels].sort(([one], [other]) => one - other).map(([, batch]) => batch);
}

function checkAdmission(operation: Operation, keys: ReadonlySet<string>): void {
  for (const key of keys) {
    const isParameter = operation.parameters.some((parameter) => parameter.key === key);
    if (!isParameter) {
      throw new DefinitionError(
        "BODY_IN_ADMISSION",
        `'${operation.id}' decides on admission by the body key '${key}', but no body is read before admission: read it from a parameter, or use the dependency after the guard`,
      );
    }
  }
}
