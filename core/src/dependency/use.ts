import { DefinitionError } from "../error/definition-error.ts";
import type { Mistake } from "../type/mistake.ts";
import type { Shape } from "../type/schema-side.ts";
import type { AnyDependency, DependencyDefinition, UseStep } from "./dependency.ts";

/** Names that the handler's argument already has. */
export const RESERVED_KEYS: readonly string[] = [
  "input",
  "errors",
  "reply",
  "ctx",
  "signal",
  "lastEventId",
  "socket",
];

interface Reserved {
  input?: Mistake<"'input' is a reserved name: choose another key for the dependency">;
  errors?: Mistake<"'errors' is a reserved name: choose another key for the dependency">;
  reply?: Mistake<"'reply' is a reserved name: choose another key for the dependency">;
  ctx?: Mistake<"'ctx' is a reserved name: choose another key for the dependency">;
  signal?: Mistake<"'signal' is a reserved name: choose another key for the dependency">;
  lastEventId?: Mistake<"'lastEventId' is a reserved name: choose another key for the dependency">;
  socket?: Mistake<"'socket' is a reserved name: choose another key for the dependency">;
}

/** What `.use` takes: dependencies by the key under which the handler sees their values. */
export type Dependencies = Record<string, AnyDependency> & Reserved;

/** The values of used dependencies, by key. */
export type Values<Used extends Shape> = { readonly [Key in keyof Used]: Used[Key]["~value"] };

/** The scopes that `.scopes(…)` may name: those that the schemes of used dependencies declare. */
export type ScopesOf<Used extends AnyDependency> = [Used["~scopes"]] extends [never]
  ? Mistake<"no scheme with scopes is used: put .use({ token: security.oauth2({ scopes: … }) }) before .scopes(…)">
  : Used["~scopes"];

/** Checks and freezes one `.use({ … })`. */
export function readUse(
  dependencies: Record<string, unknown>,
  before: readonly UseStep[],
  where: string,
): UseStep {
  const entries = Object.entries(dependencies).map(([key, value]) => {
    if (RESERVED_KEYS.includes(key)) {
      throw new DefinitionError(
        "RESERVED_NAME",
        `${where} uses a dependency under '${key}', which is a reserved name: choose another key`,
      );
    }
    if ((value as DependencyDefinition | undefined)?.["~kind"] !== "dependency") {
      throw new DefinitionError(
        "NOT_A_SCHEMA",
        `${where} uses '${key}', which is no dependency: finish it with .resolve(…), or import it without a circle`,
      );
    }
    for (const step of before) {
      if (
        step.kind === "use" &&
        step.entries.some(([used, dependency]) => used === key && dependency !== value)
      ) {
        throw new DefinitionError(
          "DUPLICATE_KEY",
          `${where} uses two dependencies under the key '${key}': rename one`,
        );
      }
    }
    return [key, value as DependencyDefinition] as const;
  });
  return Object.freeze({ kind: "use", entries: Object.freeze(entries) });
}
