import { dependency } from "@tenon/core";
import { database } from "../data/database.ts";
import { findUser, renewPasswordHash, type User } from "../data/users.ts";
import { checkPassword, hashPassword } from "./password.ts";

/** Finds who has an email and a password; undefined for both a wrong password and nobody. */
export const knownBy = dependency
  .use({ database })
  .resolve(({ database }) => async (email: string, password: string): Promise<User | undefined> => {
    const user = await findUser(database, email.toLowerCase());
    const { isRight, isOutdated } = await checkPassword(password, user?.passwordHash);
    if (user === undefined || !isRight) {
      return undefined;
    }
    if (isOutdated) {
      await renewPasswordHash(database, user.id, await hashPassword(password));
    }
    return user;
  });
