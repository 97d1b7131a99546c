import type { ErrorShape } from "./declared.ts";
import { DefinitionError } from "./definition-error.ts";
import { isSchema } from "../procedure/input-field.ts";
import { objectOf, readShape } from "../procedure/shape.ts";
import { FRAMEWORK_STATUS } from "./problem.ts";

/** Refuses codes that the framework answers with itself, and statuses that are no errors; raw shapes of data become schemas. */
export function checkErrors(errors: Record<string, ErrorShape>, where: string): Record<string, ErrorShape> {
  const checked: Record<string, ErrorShape> = {};
  for (const [code, shape] of Object.entries(errors)) {
    if (code in FRAMEWORK_STATUS) {
      throw new DefinitionError(
        "RESERVED_CODE",
        `${where} declares the error '${code}', a code of the framework: choose another`,
      );
    }
    if (!(shape.status >= 400 && shape.status <= 599)) {
      throw new DefinitionError(
        "RESERVED_CODE",
        `${where} declares the error '${code}' with status ${shape.status}: errors have 400 to 599`,
      );
    }
    const { data } = shape;
    const isShape = typeof data === "object" && data !== null && !isSchema(data);
    checked[code] = isShape ? { ...shape, data: objectOf(readShape(data, where)) } : shape;
  }
  return checked;
}

/** Joins declared errors; one code may not mean two things. */
export function mergeErrors(
  into: Readonly<Record<string, ErrorShape>>,
  more: Readonly<Record<string, ErrorShape>>,
  where: string,
): Record<string, ErrorShape> {
  for (const code of Object.keys(more)) {
    const existing = into[code];
    if (
      existing !== undefined &&
      (existing.status !== more[code]?.status || existing.data !== more[code]?.data)
    ) {
      throw new DefinitionError(
        "DUPLICATE_ERROR",
        `${where} declares the error '${code}' twice, differently: one code, one meaning`,
      );
    }
  }
  return { ...into, ...more };
}
