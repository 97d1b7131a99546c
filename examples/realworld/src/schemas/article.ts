import { z } from "zod";
import { Profile } from "./profile.ts";
import { FilledText, required, Tag } from "./text.ts";

const TagList = z.array(Tag, required).max(50, "has too many tags");

/** What an author hands in. */
export const NewArticle = z
  .object({
    title: FilledText,
    description: FilledText,
    body: FilledText.meta({ description: "Markdown" }),
    tagList: TagList.optional(),
  })
  .meta({ id: "NewArticle" });

/** What an author changes: an absent key leaves the value, an empty `tagList` removes all tags. */
export const ArticleChanges = NewArticle.partial().meta({ id: "UpdateArticle" });

/** An article in a list: everything but its body. */
export const ArticleSummary = z
  .object({
    slug: z.string(),
    title: z.string(),
    description: z.string(),
    tagList: z.array(z.string()),
    createdAt: z.date(),
    updatedAt: z.date(),
    favorited: z.boolean().meta({ description: "Whether the caller likes it" }),
    favoritesCount: z.int(),
    author: Profile,
  })
  .meta({ id: "ArticleSummary" });

/** An article. */
export const Article = ArticleSummary.extend({ body: z.string() }).meta({ id: "Article" });

/** One page of a list, and how many articles the whole list has. */
export const ArticlePage = z
  .object({ articles: z.array(ArticleSummary), articlesCount: z.int() })
  .meta({ id: "ArticlePage" });
