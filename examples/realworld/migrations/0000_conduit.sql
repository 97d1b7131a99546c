CREATE TABLE "users" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "username" varchar(100) NOT NULL CONSTRAINT "users_username_key" UNIQUE,
  "email" varchar(254) NOT NULL CONSTRAINT "users_email_key" UNIQUE,
  "password_hash" text NOT NULL,
  "bio" text,
  "image" text,
  "created_at" timestamp(3) with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp(3) with time zone NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE "follows" (
  "follower_id" bigint NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
  "followed_id" bigint NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
  CONSTRAINT "follows_pkey" PRIMARY KEY ("follower_id", "followed_id")
);
--> statement-breakpoint
CREATE INDEX "follows_followed_index" ON "follows" ("followed_id");
--> statement-breakpoint
CREATE TABLE "articles" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "slug" varchar(200) NOT NULL CONSTRAINT "articles_slug_key" UNIQUE,
  "title" text NOT NULL,
  "description" text NOT NULL,
  "body" text NOT NULL,
  "author_id" bigint NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
  "created_at" timestamp(3) with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp(3) with time zone NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX "articles_newest_index" ON "articles" ("created_at" DESC, "id" DESC);
--> statement-breakpoint
CREATE INDEX "articles_author_index" ON "articles" ("author_id", "created_at" DESC, "id" DESC);
--> statement-breakpoint
CREATE TABLE "tags" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "name" varchar(100) NOT NULL CONSTRAINT "tags_name_key" UNIQUE
);
--> statement-breakpoint
CREATE TABLE "article_tags" (
  "article_id" bigint NOT NULL REFERENCES "articles" ("id") ON DELETE CASCADE,
  "tag_id" bigint NOT NULL REFERENCES "tags" ("id") ON DELETE CASCADE,
  "position" integer NOT NULL,
  CONSTRAINT "article_tags_pkey" PRIMARY KEY ("article_id", "tag_id"),
  CONSTRAINT "article_tags_position_key" UNIQUE ("article_id", "position")
);
--> statement-breakpoint
CREATE INDEX "article_tags_tag_index" ON "article_tags" ("tag_id");
--> statement-breakpoint
CREATE TABLE "favorites" (
  "user_id" bigint NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
  "article_id" bigint NOT NULL REFERENCES "articles" ("id") ON DELETE CASCADE,
  CONSTRAINT "favorites_pkey" PRIMARY KEY ("user_id", "article_id")
);
--> statement-breakpoint
CREATE INDEX "favorites_article_index" ON "favorites" ("article_id");
--> statement-breakpoint
CREATE TABLE "comments" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "body" text NOT NULL,
  "article_id" bigint NOT NULL REFERENCES "articles" ("id") ON DELETE CASCADE,
  "author_id" bigint NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
  "created_at" timestamp(3) with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp(3) with time zone NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX "comments_article_index" ON "comments" ("article_id", "created_at" DESC, "id" DESC);
--> statement-breakpoint
CREATE INDEX "comments_author_index" ON "comments" ("author_id");
