import { dependency } from "@tenon/core";
import { readTokenKey } from "../auth/token.ts";

/** What tokens are signed with, read once. */
export const tokenKey = dependency.scope("app").resolve(() => {
  const { key, warning } = readTokenKey(process.env);
  if (warning !== undefined) {
    console.warn(warning);
  }
  return key;
});
