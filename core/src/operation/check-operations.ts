import { DefinitionError } from "../error/definition-error.ts";
import { checkExamples } from "./check-examples.ts";
import type { Operation } from "./operation.ts";

/** Refuses operations that could not both be reached, and ids that would not be unique. */
export function checkOperations(operations: readonly Operation[]): void {
  const addresses = new Map<string, Operation>();
  const ids = new Map<string, Operation>();
  for (const operation of operations) {
    const address = `${operation.method} ${operation.path.replace(/\{[^}]*\*\}/g, "{*}").replace(/\{[^}*]*\}/g, "{}")}`;
    const twin = addresses.get(address);
    if (twin !== undefined) {
      throw new DefinitionError(
        "DUPLICATE_ADDRESS",
        `'${twin.id}' and '${operation.id}' are both at ${operation.method} ${operation.path}: give one another route or prefix`,
      );
    }
    addresses.set(address, operation);
    const namesake = ids.get(operation.operationId);
    if (namesake !== undefined) {
      throw new DefinitionError(
        "DUPLICATE_OPERATION_ID",
        `'${namesake.id}' and '${operation.id}' have the same operationId '${operation.operationId}': change one in .doc(…)`,
      );
    }
    ids.set(operation.operationId, operation);
  }
  checkConventionalNeighbours(operations);
  for (const operation of operations) {
    checkExamples(operation);
    checkLinks(operation, ids);
  }
}

function checkLinks({ id, documentation }: Operation, ids: ReadonlyMap<string, Operation>): void {
  for (const [name, link] of Object.entries(documentation.links ?? {})) {
    const target = ids.get(link.operation);
    if (target === undefined) {
      throw new DefinitionError(
        "UNKNOWN_OPERATION",
        `'${id}' has the link '${name}' to '${link.operation}', which is no operation: write its operationId`,
      );
    }
    const unknown = Object.keys(link.parameters ?? {}).find(
      (key) => !target.parameters.some((parameter) => parameter.name === key),
    );
    if (unknown !== undefined) {
      throw new DefinitionError(
        "UNKNOWN_OPERATION",
        `'${id}' has the link '${name}' with the parameter '${unknown}', which '${link.operation}' does not have`,
      );
    }
  }
}

/**
 * `GET /items/stats` made by convention beside a string `{id}` would take one value away from the parameter unseen:
 * it must be written with `.route`.
 */
function checkConventionalNeighbours(operations: readonly Operation[]): void {
  for (const operation of operations) {
    if (operation.procedure.route !== undefined || operation.path.endsWith("}")) {
      continue;
    }
    const slash = operation.path.lastIndexOf("/");
    const name = operation.path.slice(slash + 1);
    const rival = operations.find(
      (other) =>
        other.method === operation.method &&
        other !== operation &&
        other.path.slice(0, slash + 1) === operation.path.slice(0, slash + 1) &&
        /^\{[^}*]+\}$/.test(other.path.slice(slash + 1)) &&
        acceptsText(other, other.path.slice(slash + 2, -1)),
    );
    if (rival !== undefined) {
      throw new DefinitionError(
        "SHADOWED_ROUTE",
        `'${operation.id}' at ${operation.method} ${operation.path} takes the value '${name}' away from '${rival.id}' (${rival.path}): write .route("${operation.method} /${name}") to say that this is meant`,
      );
    }
  }
}

function acceptsText(operation: Operation, key: string): boolean {
  const schema = operation.parameters.find(
    (parameter) => parameter.in === "path" && parameter.name === key,
  )?.schema;
  const type = (schema as { _zod?: { def?: { type?: string } } } | undefined)?._zod?.def?.type;
  return type === undefined || type === "string" || type === "any" || type === "unknown";
}
