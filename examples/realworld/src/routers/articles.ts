import { z } from "zod";
import { authed, open } from "../base.ts";
import { findArticle, listArticles, listFeed } from "../data/article-query.ts";
import { createArticle, deleteArticle, updateArticle } from "../data/articles.ts";
import { ownArticle } from "../dependencies/own-article.ts";
import { uniqueness } from "../dependencies/uniqueness.ts";
import { NOT_FOUND } from "../errors.ts";
import { Article, ArticleChanges, ArticlePage, NewArticle } from "../schemas/article.ts";
import { page, PAGE_LIMIT } from "../schemas/page.ts";
import { Slug, Text } from "../schemas/text.ts";

/** GET /api/articles */
export const list = open
  .input({
    tag: Text.optional(),
    author: Text.meta({ description: "A username" }).optional(),
    favorited: Text.meta({ description: "The username of somebody who likes them" }).optional(),
    ...page,
  })
  .output(ArticlePage)
  .doc({ summary: "List articles, the newest first" })
  .query(({ input, database, viewer }) =>
    listArticles(database, { ...input, limit: Math.min(input.limit, PAGE_LIMIT) }, viewer?.id),
  );

/** GET /api/articles/feed */
export const feed = authed
  .route("GET /feed")
  .input(page)
  .output(ArticlePage)
  .doc({ summary: "List articles by the users whom you follow, the newest first" })
  .query(({ input, database, user }) =>
    listFeed(database, user.id, { ...input, limit: Math.min(input.limit, PAGE_LIMIT) }),
  );

/** POST /api/articles */
export const create = authed
  .guard(uniqueness)
  .input({ article: NewArticle })
  .output({ article: Article })
  .doc({ summary: "Publish an article" })
  .mutation(async ({ input, database, user }) => ({
    article: await createArticle(database, user.id, input.article),
  }));

/** GET /api/articles/{slug} */
export const read = open
  .input({ slug: Slug })
  .output({ article: Article })
  .errors(NOT_FOUND)
  .doc({ summary: "Read an article" })
  .query(async ({ input, database, viewer, errors }) => {
    const article = await findArticle(database, input.slug, viewer?.id);
    return article ? { article } : errors.NOT_FOUND({ resource: "article" });
  });

// The slug is an input of `ownArticle`, so it is one of every procedure that uses it.
const authored = authed.use({ own: ownArticle });

/** PUT /api/articles/{slug} */
export const update = authored
  .guard(uniqueness)
  .route("PUT /{slug}")
  .input({ article: ArticleChanges })
  .output({ article: Article })
  .doc({ summary: "Change an article of yours" })
  .mutation(async ({ input, database, user, own, errors }) => {
    const article = await updateArticle(database, own.id, input.article, user.id);
    return article ? { article } : errors.NOT_FOUND({ resource: "article" });
  });

/** DELETE /api/articles/{slug} */
export const remove = authored
  .output(z.void())
  .doc({ summary: "Delete an article of yours" })
  .mutation(({ database, own }) => deleteArticle(database, own.id));
