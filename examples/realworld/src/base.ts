import { procedure } from "@tenon/core";
import { currentUser, viewer } from "./dependencies/current-user.ts";
import { database } from "./dependencies/database.ts";

// #region base
/** The base of what everybody may do; `viewer` is the user who is signed in, or null. */
export const open = procedure.use({ database, viewer });

/** The base of what only users may do. */
export const authed = procedure.use({ user: currentUser, database });
// #endregion
