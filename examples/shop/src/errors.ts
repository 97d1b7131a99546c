import type { ErrorShape } from "@tenon/core";
import { z } from "zod";

/** There is no such product or order, or not for this caller. */
export const NOT_FOUND = {
  NOT_FOUND: { status: 404, data: z.object({ resource: z.enum(["product", "picture", "order"]) }) },
} satisfies Record<string, ErrorShape>;

/** Somebody or something has that name already. */
export const TAKEN = {
  TAKEN: { status: 409, data: z.object({ field: z.enum(["email", "name"]) }) },
} satisfies Record<string, ErrorShape>;

/** Not this email with this password. Which of the two is wrong is not said. */
export const WRONG_LOGIN = {
  WRONG_LOGIN: { status: 401, description: "The email or the password is wrong" },
} satisfies Record<string, ErrorShape>;
