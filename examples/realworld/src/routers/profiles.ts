import { authed, open } from "../base.ts";
import { findProfile, followUser, unfollowUser } from "../data/profiles.ts";
import { NOT_FOUND } from "../errors.ts";
import { Profile } from "../schemas/profile.ts";
import { Text } from "../schemas/text.ts";

// #region procedures
/** GET /api/profiles/{username} */
export const read = open
  .input({ username: Text })
  .output({ profile: Profile })
  .errors(NOT_FOUND)
  .doc({ summary: "Read a profile" })
  .query(async ({ input, database, viewer, errors }) => {
    const profile = await findProfile(database, input.username, viewer?.id);
    return profile ? { profile } : errors.NOT_FOUND({ resource: "profile" });
  });

/** POST /api/profiles/{username}/follow */
export const follow = authed
  .route("POST /{username}/follow")
  .input({ username: Text })
  .output({ profile: Profile })
  .errors(NOT_FOUND)
  .doc({ summary: "Follow a user" })
  .mutation(async ({ input, database, user, errors }) => {
    const profile = await followUser(database, user.id, input.username);
    return profile ? { profile } : errors.NOT_FOUND({ resource: "profile" });
  });
// #endregion

/** DELETE /api/profiles/{username}/follow */
export const unfollow = authed
  .route("DELETE /{username}/follow")
  .input({ username: Text })
  .output({ profile: Profile })
  .errors(NOT_FOUND)
  .doc({ summary: "Unfollow a user" })
  .mutation(async ({ input, database, user, errors }) => {
    const profile = await unfollowUser(database, user.id, input.username);
    return profile ? { profile } : errors.NOT_FOUND({ resource: "profile" });
  });
