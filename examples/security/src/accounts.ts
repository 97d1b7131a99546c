import { dependency } from "@tenon/core";
import { COST, type Cost, hashPassword } from "./password.ts";

/** Somebody who may sign in. */
export interface Account {
  readonly name: string;
  readonly scopes: readonly string[];
  passwordHash: string;
  /** Goes up when everything that was given out before is to end. */
  generation: number;
}

/** Accounts by name. Yours are in a database. */
export type Accounts = Map<string, Account>;

/** What hashing a password costs today. */
export const passwordCost = dependency.scope("app").resolve((): Cost => COST);

/** The accounts of the example: Ann, whose password is `correct horse`, and Bob, who may only read. */
export const accounts = dependency
  .scope("app")
  .use({ passwordCost })
  .resolve(async ({ passwordCost: cost }): Promise<Accounts> => {
    const add = async (name: string, password: string, scopes: string[]): Promise<[string, Account]> => [
      name,
      { name, scopes, passwordHash: await hashPassword(password, cost), generation: 1 },
    ];
    return new Map([
      await add("ann", "correct horse", ["notes:read", "notes:write"]),
      await add("bob", "battery staple", ["notes:read"]),
    ]);
  });
