import { authed } from "../base.ts";
import { favoriteArticle, unfavoriteArticle } from "../data/articles.ts";
import { NOT_FOUND } from "../errors.ts";
import { Article } from "../schemas/article.ts";
import { Slug } from "../schemas/text.ts";

/** POST /api/articles/{slug}/favorite */
export const add = authed
  .route("POST /")
  .input({ slug: Slug })
  .output({ article: Article })
  .errors(NOT_FOUND)
  .doc({ summary: "Like an article" })
  .mutation(async ({ input, database, user, errors }) => {
    const article = await favoriteArticle(database, user.id, input.slug);
    return article ? { article } : errors.NOT_FOUND({ resource: "article" });
  });

/** DELETE /api/articles/{slug}/favorite */
export const remove = authed
  .input({ slug: Slug })
  .output({ article: Article })
  .errors(NOT_FOUND)
  .doc({ summary: "Like an article no longer" })
  .mutation(async ({ input, database, user, errors }) => {
    const article = await unfavoriteArticle(database, user.id, input.slug);
    return article ? { article } : errors.NOT_FOUND({ resource: "article" });
  });
