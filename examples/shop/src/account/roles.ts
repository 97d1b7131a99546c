import type { User } from "../data/users.ts";

/** What an access token can allow. */
export const SCOPES = {
  "products:write": "Add and change products",
  "orders:read": "See everybody's orders",
  "orders:ship": "Say that an order left",
} as const;

/** One of them. */
export type Scope = keyof typeof SCOPES;

/** What each role may do. */
export const SCOPES_OF_ROLE: Readonly<Record<User["role"], readonly Scope[]>> = {
  customer: [],
  clerk: ["orders:read", "orders:ship"],
  manager: ["orders:read", "orders:ship", "products:write"],
};
