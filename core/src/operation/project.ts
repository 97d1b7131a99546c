import type { DependencyDefinition } from "../dependency/dependency.ts";
import type { Overriding } from "../dependency/override.ts";
import { DefinitionError } from "../error/definition-error.ts";
import { readProcedure } from "../procedure/procedure.ts";
import { RESERVED_NAMES } from "../router/naming.ts";
import { readRouter, type RouterDefinition } from "../router/router.ts";
import { checkOperations } from "./check-operations.ts";
import type { Operation } from "./operation.ts";
import { projectProcedure, type Surroundings } from "./project-procedure.ts";

const ROOT: Surroundings = {
  names: [],
  prefix: "",
  id: "id",
  tags: undefined,
  hasDefaultTags: true,
  overriding: undefined,
  guard: [],
  isDeprecated: false,
  isHidden: false,
  hasRpc: true,
  bodyLimit: undefined,
};

/** What projecting may leave out. */
export interface ProjectOptions {
  /** False where an operation has only the tags that it, or a router around it, names; the router's key otherwise. */
  readonly defaultTags?: boolean;
  /** What stands for dependencies, wherever they are used. */
  readonly overriding?: Overriding | undefined;
  /** Run before those of routers, for every operation. */
  readonly guard?: readonly DependencyDefinition[];
}

/**
 * Projects routers on HTTP: a flat list of operations, in the order of the document.
 * Exports that are neither procedures nor routers are ignored. Throws a `DefinitionError` for whatever cannot be served.
 */
export function project(
  routers: Readonly<Record<string, unknown>>,
  { defaultTags = true, overriding, guard = [] }: ProjectOptions = {},
): readonly Operation[] {
  const operations: Operation[] = [];
  const root = { ...ROOT, hasDefaultTags: defaultTags, overriding, guard };
  for (const [key, entry] of Object.entries(routers)) {
    checkName(key, root);
    if (readProcedure(entry) !== undefined) {
      throw new DefinitionError(
        "NOT_A_ROUTER",
        `'${key}' is a procedure: entries of an app are routers; put it into a module with prefix ""`,
      );
    }
    if (!isRouterLike(entry)) {
      throw new DefinitionError(
        "NOT_A_ROUTER",
        `'${key}' is no router: import a module of procedures (import * as ${key} from …)`,
      );
    }
    projectRouter(entry, key, root, operations);
  }
  checkOperations(operations);
  return operations;
}

function projectRouter(entry: object, key: string, outer: Surroundings, into: Operation[]): void {
  const definition = readRouter(entry);
  const here = enter(outer, key, definition);
  const found: Operation[] = [];
  const nested: [string, object][] = [];
  const routes = definition?.routes ?? (entry as Readonly<Record<string, unknown>>);
  for (const [name, value] of Object.entries(routes)) {
    const procedure = readProcedure(value);
    if (procedure !== undefined) {
      checkName(name, here);
      found.push(projectProcedure(procedure, name, here));
    } else if (readRouter(value) !== undefined || isNamespaceOfProcedures(value)) {
      checkName(name, here);
      nested.push([name, value as object]);
    }
  }
  into.push(...found.sort(byDocumentOrder));
  for (const [name, value] of nested) {
    projectRouter(value, name, here, into);
  }
}

function enter(outer: Surroundings, key: string, definition: RouterDefinition | undefined): Surroundings {
  return {
    names: [...outer.names, key],
    prefix: outer.prefix + (definition?.prefix ?? `/${key}`),
    id: definition?.id ?? "id",
    tags: definition?.tags ?? outer.tags,
    hasDefaultTags: outer.hasDefaultTags,
    overriding: outer.overriding,
    guard: [...outer.guard, ...(definition?.guard ?? [])],
    isDeprecated: outer.isDeprecated || (definition?.isDeprecated ?? false),
    isHidden: outer.isHidden || (definition?.isHidden ?? false),
    hasRpc: outer.hasRpc && (definition?.hasRpc ?? true),
    bodyLimit: definition?.bodyLimit ?? outer.bodyLimit,
  };
}

function checkName(name: string, { names }: Surroundings): void {
  if ((RESERVED_NAMES as readonly string[]).includes(name) || name.includes(".") || name === "") {
    throw new DefinitionError(
      "RESERVED_NAME",
      `'${[...names, name].join(".")}' has a reserved name: choose another than '${name}'`,
    );
  }
}

function isRouterLike(value: unknown): value is object {
  return readRouter(value) !== undefined || isPlain(value);
}

/** An exported object is a router when a procedure or a router is in it; other exports are the module's own business. */
function isNamespaceOfProcedures(value: unknown): boolean {
  return (
    isPlain(value) &&
    Object.values(value).some(
      (member) => readProcedure(member) !== undefined || readRouter(member) !== undefined,
    )
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

const TABLE_ORDER = ["list", "create", "read", "update", "replace", "remove"];

function byDocumentOrder(one: Operation, other: Operation): number {
  return rank(one) - rank(other) || (one.id < other.id ? -1 : 1);
}

function rank(operation: Operation): number {
  const order = operation.documentation.order;
  if (order !== undefined) {
    return order;
  }
  const index = TABLE_ORDER.indexOf(operation.id.slice(operation.id.lastIndexOf(".") + 1));
  return index < 0 ? TABLE_ORDER.length : index;
}
