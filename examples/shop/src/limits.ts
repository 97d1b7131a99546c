import { rateLimit } from "@tenon/server/middleware";

/** Ten attempts to sign in a minute from one address, whatever the account. */
export const signInLimit = rateLimit({ name: "sign-in", limit: 10, window: 60 });
