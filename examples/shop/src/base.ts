import { procedure } from "@tenon/core";
import { caller } from "./account/caller.ts";
import { database } from "./data/database.ts";

/** What everybody may do. */
export const open = procedure.use({ database });

/** What only somebody who is signed in may do; `.scopes(…)` makes it less. */
export const authed = procedure.use({ caller, database });
