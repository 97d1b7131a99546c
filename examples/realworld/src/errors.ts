import type { ErrorShape } from "@tenon/core";
import { z } from "zod";

/** There is no such thing. */
export const NOT_FOUND = {
  NOT_FOUND: {
    status: 404,
    data: z.object({ resource: z.enum(["article", "comment", "profile"]) }),
    description: "There is no such article, comment or profile",
  },
} satisfies Record<string, ErrorShape>;

/** It belongs to somebody else. */
export const NOT_YOURS = {
  NOT_YOURS: {
    status: 403,
    data: z.object({ resource: z.enum(["article", "comment"]) }),
    description: "Only its author may do this",
  },
} satisfies Record<string, ErrorShape>;

/** Another user or article has this value already. */
export const TAKEN = {
  TAKEN: {
    status: 409,
    data: z.object({ field: z.enum(["username", "email", "title"]) }),
    description: "The value has already been taken",
  },
} satisfies Record<string, ErrorShape>;
