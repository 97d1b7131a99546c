import { z } from "zod";
import { ROLES } from "../data/tables.ts";
import { SCOPES, type Scope } from "../account/roles.ts";

export const Email = z.email().max(254);
/** At least 12 characters, and no more than a hash should be made of (OWASP, Authentication Cheat Sheet). */
export const Password = z.string().min(12).max(128).meta({ format: "password" });

/** Somebody who is signed in, and what the pages may offer. */
export const Account = z
  .object({
    id: z.int(),
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    scopes: z.array(z.enum(Object.keys(SCOPES) as [Scope, ...Scope[]])),
  })
  .meta({ id: "Account" });
