import { dependency } from "@tenon/core";
import { findArticleKey } from "../data/articles.ts";
import { NOT_FOUND, NOT_YOURS } from "../errors.ts";
import { Slug } from "../schemas/text.ts";
import { currentUser } from "./current-user.ts";
import { database } from "./database.ts";

/** Which row the article at the slug is; 404 if there is none. */
export const articleKey = dependency
  .use({ database })
  .input({ slug: Slug })
  .errors(NOT_FOUND)
  .resolve(
    async ({ database, input, errors }) =>
      (await findArticleKey(database, input.slug)) ?? errors.NOT_FOUND({ resource: "article" }),
  );

/** The same for an article that the caller wrote; 403 if somebody else did. */
export const ownArticle = dependency
  .use({ user: currentUser })
  .use({ article: articleKey })
  .errors(NOT_YOURS)
  .resolve(({ user, article, errors }) =>
    article.authorId === user.id ? article : errors.NOT_YOURS({ resource: "article" }),
  );
