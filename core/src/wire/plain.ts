import type { SchemaIssue } from "../schema/issue.ts";
import { forbiddenKey, notFinite, tooDeep } from "./complain.ts";

/**
 * Looks through JSON that no schema describes: it may not go deeper than the limit, nor carry a `__proto__` key
 * that code which copies it would obey, nor a number that JSON could not hold again (`1e400` is read as infinite).
 */
export function findUnsafe(value: unknown, depth: number, depthLimit: number): SchemaIssue | undefined {
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : notFinite();
  }
  if (typeof value !== "object" || value === null || !isPlainContainer(value)) {
    return undefined;
  }
  if (depth >= depthLimit) {
    return tooDeep(depthLimit);
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const issue = findUnsafe(value[index], depth + 1, depthLimit);
      if (issue !== undefined) {
        issue.path.unshift(index);
        return issue;
      }
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const issue =
      key === "__proto__"
        ? forbiddenKey(key)
        : within(key, findUnsafe((value as Record<string, unknown>)[key], depth + 1, depthLimit));
    if (issue !== undefined) {
      return issue;
    }
  }
  return undefined;
}

function within(key: string, issue: SchemaIssue | undefined): SchemaIssue | undefined {
  issue?.path.unshift(key);
  return issue;
}

// Files and other instances come from a form, not from JSON; they are not looked into.
function isPlainContainer(value: object): boolean {
  if (Array.isArray(value)) {
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
