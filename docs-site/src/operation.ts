import type {
  OpenAPIObject,
  OperationObject,
  ParameterObject,
  PathItemObject,
  TagObject,
} from "@tenon/core/openapi";
import { resolve } from "./resolve.ts";

/** An operation of the document with its address. */
export interface DocumentedOperation {
  readonly id: string;
  /** The fragment that leads to it on the page. */
  readonly anchor: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly operation: OperationObject;
  readonly parameters: readonly ParameterObject[];
}

/** Operations under the tag that they are shown at: the first of theirs. */
export interface TagGroup {
  readonly tag: TagObject;
  readonly anchor: string;
  readonly operations: readonly DocumentedOperation[];
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** The operations of a document in its order, by tag. */
export function groupByTag(document: OpenAPIObject): readonly TagGroup[] {
  const operations = listOperations(document);
  const tags: TagObject[] = [...(document.tags ?? [])];
  for (const { operation } of operations) {
    const name = operation.tags?.[0] ?? "Operations";
    if (!tags.some((tag) => tag.name === name)) {
      tags.push({ name });
    }
  }
  return tags
    .map((tag) => ({
      tag,
      anchor: `tag-${encodeURIComponent(tag.name)}`,
      operations: operations.filter(({ operation }) => (operation.tags?.[0] ?? "Operations") === tag.name),
    }))
    .filter((group) => group.operations.length > 0);
}

/** Every operation of a document. */
export function listOperations(document: OpenAPIObject): readonly DocumentedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) => operationsOf(document, path, item));
}

/** The operations of one path, webhook or callback. */
export function operationsOf(
  document: OpenAPIObject,
  path: string,
  item: PathItemObject,
): readonly DocumentedOperation[] {
  return METHODS.flatMap((method) => {
    const operation = item[method];
    if (operation === undefined) {
      return [];
    }
    const id = operation.operationId ?? `${method} ${path}`;
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
      .map((parameter) => resolve<ParameterObject>(document, parameter))
      .filter((parameter) => parameter !== undefined);
    return [
      {
        id,
        anchor: `op-${encodeURIComponent(id)}`,
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? id,
        operation,
        parameters,
      },
    ];
  });
}
