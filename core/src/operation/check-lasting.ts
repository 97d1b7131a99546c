import { DefinitionError } from "../error/definition-error.ts";
import type { ProcedureDefinition } from "../procedure/procedure.ts";
import type { RequestBody } from "./operation.ts";

/** Checks the options of a stream or a socket. */
export function checkLasting(
  { lasting }: ProcedureDefinition,
  body: RequestBody | undefined,
  id: string,
): void {
  const { replay, ...numbers } = lasting;
  for (const [name, value] of Object.entries(numbers)) {
    const least = name === "maxMessage" || name === "keepAlive" ? 1 : 0;
    if (!(value >= least && value < Number.POSITIVE_INFINITY)) {
      throw new DefinitionError("BAD_OPTION", `'${id}': ${name} is a number from ${least}, not ${value}`);
    }
  }
  if (replay !== undefined && (body?.kind === "form" || body?.kind === "raw")) {
    throw new DefinitionError(
      "BAD_OPTION",
      `'${id}' keeps events for those who come back, and its input is a form or raw bytes, which cannot be compared: take JSON`,
    );
  }
}
