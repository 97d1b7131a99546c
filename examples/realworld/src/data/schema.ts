import {
  bigint,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  varchar,
} from "drizzle-orm/pg-core";
import { LIMITS } from "./limits.ts";

/** Everyone who registered. */
export const users = pgTable("users", {
  id: identity(),
  username: varchar("username", { length: LIMITS.username }).notNull().unique("users_username_key"),
  email: varchar("email", { length: LIMITS.email }).notNull().unique("users_email_key"),
  passwordHash: text("password_hash").notNull(),
  bio: text("bio"),
  image: text("image"),
  createdAt: instant("created_at"),
  updatedAt: instant("updated_at"),
});

/** Who reads whom. */
export const follows = pgTable(
  "follows",
  {
    followerId: userId("follower_id"),
    followedId: userId("followed_id"),
  },
  (table) => [
    primaryKey({ name: "follows_pkey", columns: [table.followerId, table.followedId] }),
    index("follows_followed_index").on(table.followedId),
  ],
);

/** What people wrote. */
export const articles = pgTable(
  "articles",
  {
    id: identity(),
    slug: varchar("slug", { length: LIMITS.slug }).notNull().unique("articles_slug_key"),
    title: text("title").notNull(),
    description: text("description").notNull(),
    body: text("body").notNull(),
    authorId: userId("author_id"),
    createdAt: instant("created_at"),
    updatedAt: instant("updated_at"),
  },
  (table) => [
    index("articles_newest_index").on(table.createdAt.desc(), table.id.desc()),
    index("articles_author_index").on(table.authorId, table.createdAt.desc(), table.id.desc()),
  ],
);

/** Every tag ever used; `listTags` shows those that an article still carries. */
export const tags = pgTable("tags", {
  id: identity(),
  name: varchar("name", { length: LIMITS.tag }).notNull().unique("tags_name_key"),
});

/** The tags of an article, in the author's order. */
export const articleTags = pgTable(
  "article_tags",
  {
    articleId: articleId("article_id"),
    tagId: bigint("tag_id", { mode: "number" })
      .notNull()
      .references(() => tags.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
  },
  (table) => [
    primaryKey({ name: "article_tags_pkey", columns: [table.articleId, table.tagId] }),
    unique("article_tags_position_key").on(table.articleId, table.position),
    index("article_tags_tag_index").on(table.tagId),
  ],
);

/** Who likes which article. */
export const favorites = pgTable(
  "favorites",
  {
    userId: userId("user_id"),
    articleId: articleId("article_id"),
  },
  (table) => [
    primaryKey({ name: "favorites_pkey", columns: [table.userId, table.articleId] }),
    index("favorites_article_index").on(table.articleId),
  ],
);

/** What people said about an article. */
export const comments = pgTable(
  "comments",
  {
    id: identity(),
    body: text("body").notNull(),
    articleId: articleId("article_id"),
    authorId: userId("author_id"),
    createdAt: instant("created_at"),
    updatedAt: instant("updated_at"),
  },
  (table) => [
    index("comments_article_index").on(table.articleId, table.createdAt.desc(), table.id.desc()),
    index("comments_author_index").on(table.authorId),
  ],
);

// bigint, so that every safe integer that a client may ask for is in range.
function identity() {
  return bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
}

function userId<Name extends string>(name: Name) {
  return bigint(name, { mode: "number" })
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });
}

function articleId<Name extends string>(name: Name) {
  return bigint(name, { mode: "number" })
    .notNull()
    .references(() => articles.id, { onDelete: "cascade" });
}

// Milliseconds, as in a `Date`: the database holds no instant that the program cannot compare.
function instant<Name extends string>(name: Name) {
  return timestamp(name, { mode: "date", withTimezone: true, precision: 3 }).notNull().defaultNow();
}
