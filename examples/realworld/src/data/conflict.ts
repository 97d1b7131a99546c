/** What another row already holds. */
export type ConflictField = "username" | "email" | "title";

/** A value that has to be unique is taken. */
export class Conflict extends Error {
  override readonly name = "Conflict";
  readonly field: ConflictField;

  constructor(field: ConflictField, options?: ErrorOptions) {
    super(`${field} has already been taken`, options);
    this.field = field;
  }
}

/** Runs a write; a broken uniqueness constraint comes out as a `Conflict`, any other failure as it is. */
export async function reportConflicts<Result>(write: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const field = takenField(error);
    throw field === undefined ? error : new Conflict(field, { cause: error });
  }
}

const FIELD_OF_CONSTRAINT = new Map<unknown, ConflictField>([
  ["users_username_key", "username"],
  ["users_email_key", "email"],
  // The slug is made from the title, so the title is what the author can change.
  ["articles_slug_key", "title"],
]);

const UNIQUE_VIOLATION = "23505";

/** The field behind a unique violation; both drivers name the constraint, and Drizzle wraps them in a `cause`. */
function takenField(error: unknown): ConflictField | undefined {
  for (let link = error; link instanceof Error; link = link.cause) {
    if ("code" in link && link.code === UNIQUE_VIOLATION && "constraint" in link) {
      return FIELD_OF_CONSTRAINT.get(link.constraint);
    }
  }
  return undefined;
}
