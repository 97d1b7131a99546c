import { dependency } from "@tenon/core";
import { signToken } from "../auth/token.ts";
import type { User } from "../data/users.ts";
import { tokenKey } from "./token-key.ts";

/** Adds a fresh token to a user. */
export const signIn = dependency.use({ tokenKey }).resolve(({ tokenKey }) => async (user: User) => ({
  ...user,
  token: await signToken(user.id, tokenKey),
}));
