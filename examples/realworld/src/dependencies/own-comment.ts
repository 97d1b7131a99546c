import { dependency } from "@tenon/core";
import { z } from "zod";
import { findCommentKey } from "../data/comments.ts";
import { NOT_YOURS } from "../errors.ts";
import { currentUser } from "./current-user.ts";
import { database } from "./database.ts";
import { articleKey } from "./own-article.ts";

/** Which row the caller's own comment is; 404 if the article has no such comment, 403 if it is somebody else's. */
export const ownComment = dependency
  .use({ user: currentUser, database })
  .guard(articleKey)
  .input({ id: z.int() })
  .errors(NOT_YOURS)
  .resolve(async ({ user, database, input, errors }) => {
    const comment = await findCommentKey(database, input.slug, input.id);
    if (comment === undefined) {
      return errors.NOT_FOUND({ resource: "comment" });
    }
    return comment.authorId === user.id ? comment : errors.NOT_YOURS({ resource: "comment" });
  });
