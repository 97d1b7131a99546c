import { z } from "zod";
import { authed, open } from "../base.ts";
import { createComment, deleteComment, listComments } from "../data/comments.ts";
import { ownComment } from "../dependencies/own-comment.ts";
import { NOT_FOUND } from "../errors.ts";
import { Comment, NewComment } from "../schemas/comment.ts";
import { Slug } from "../schemas/text.ts";

/** GET /api/articles/{slug}/comments */
export const list = open
  .input({ slug: Slug })
  .output({ comments: z.array(Comment) })
  .errors(NOT_FOUND)
  .doc({ summary: "List the comments on an article, the newest first" })
  .query(async ({ input, database, viewer, errors }) => {
    const comments = await listComments(database, input.slug, viewer?.id);
    return comments ? { comments } : errors.NOT_FOUND({ resource: "article" });
  });

/** POST /api/articles/{slug}/comments */
export const create = authed
  .input({ slug: Slug, comment: NewComment })
  .output({ comment: Comment })
  .errors(NOT_FOUND)
  .doc({ summary: "Comment on an article" })
  .mutation(async ({ input, database, user, errors }) => {
    const comment = await createComment(database, input.slug, user.id, input.comment.body);
    return comment ? { comment } : errors.NOT_FOUND({ resource: "article" });
  });

/** DELETE /api/articles/{slug}/comments/{id} */
export const remove = authed
  .use({ own: ownComment })
  .output(z.void())
  .doc({ summary: "Delete a comment of yours" })
  .mutation(({ database, own }) => deleteComment(database, own.id));
