import { and, desc, eq } from "drizzle-orm";
import { findArticleKey } from "./articles.ts";
import type { Database } from "./database.ts";
import { type Profile, profileColumns } from "./profiles.ts";
import { articles, comments, users } from "./schema.ts";

/** A comment as the viewer sees it. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly author: Profile;
}

/** Which row a comment is, and who may delete it. */
export interface CommentKey {
  readonly id: number;
  readonly authorId: number;
}

/** The comments on an article, newest first; undefined when there is no article at this slug. */
export async function listComments(
  database: Database,
  slug: string,
  viewerId?: number,
): Promise<Comment[] | undefined> {
  const article = await findArticleKey(database, slug);
  return (
    article &&
    selectComments(database, viewerId)
      .where(eq(comments.articleId, article.id))
      .orderBy(desc(comments.createdAt), desc(comments.id))
  );
}

/** Adds a comment; undefined when there is no article at this slug. */
export function createComment(
  database: Database,
  slug: string,
  authorId: number,
  body: string,
): Promise<Comment | undefined> {
  return database.transaction(async (transaction) => {
    // The lock keeps the article from being deleted before the comment stands.
    const [article] = await transaction
      .select({ id: articles.id })
      .from(articles)
      .where(eq(articles.slug, slug))
      .for("key share");
    if (article === undefined) {
      return undefined;
    }
    const rows = await transaction
      .insert(comments)
      .values({ articleId: article.id, authorId, body })
      .returning({ id: comments.id });
    const created = await selectComments(transaction, authorId).where(eq(comments.id, rows[0]!.id));
    return created[0];
  });
}

/** The row and the author of a comment on the article at this slug. */
export async function findCommentKey(
  database: Database,
  slug: string,
  id: number,
): Promise<CommentKey | undefined> {
  const rows = await database
    .select({ id: comments.id, authorId: comments.authorId })
    .from(comments)
    .innerJoin(articles, eq(articles.id, comments.articleId))
    .where(and(eq(articles.slug, slug), eq(comments.id, id)));
  return rows[0];
}

/** Removes a comment. */
export async function deleteComment(database: Database, id: number): Promise<void> {
  await database.delete(comments).where(eq(comments.id, id));
}

function selectComments(database: Database, viewerId: number | undefined) {
  return database
    .select({
      id: comments.id,
      body: comments.body,
      createdAt: comments.createdAt,
      updatedAt: comments.updatedAt,
      author: profileColumns(viewerId),
    })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId));
}
