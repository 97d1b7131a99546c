import { dependency } from "@tenon/core";
import { type Account, accounts, passwordCost } from "./accounts.ts";
import { checkPassword, hashPassword } from "./password.ts";

// #region sign-in
/** Finds the account of a name and a password. One hash is computed whoever asks; one more where the stored one is outdated. */
export const signIn = dependency
  .use({ accounts, passwordCost })
  .resolve(
    ({ accounts: known, passwordCost: cost }) =>
      async (name: string, password: string): Promise<Account | undefined> => {
        const account = known.get(name);
        const verdict = await checkPassword(password, account?.passwordHash, cost);
        if (account === undefined || verdict === "wrong") {
          return undefined;
        }
        if (verdict === "outdated") {
          // Only now is the password known, and the cost of today can take effect.
          account.passwordHash = await hashPassword(password, cost);
        }
        return account;
      },
  );
// #endregion
