CREATE TABLE "users" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "email" varchar(254) NOT NULL CONSTRAINT "users_email_key" UNIQUE,
  "name" varchar(100) NOT NULL,
  "password_hash" text NOT NULL,
  "role" text NOT NULL DEFAULT 'customer' CHECK ("role" IN ('customer', 'clerk', 'manager'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
  "token_hash" text PRIMARY KEY,
  "user_id" bigint NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
  "expires_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "sessions_user_index" ON "sessions" ("user_id");
--> statement-breakpoint
CREATE TABLE "products" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "name" varchar(100) NOT NULL CONSTRAINT "products_name_key" UNIQUE,
  "description" text NOT NULL DEFAULT '',
  "cents" integer NOT NULL CHECK ("cents" >= 0),
  "stock" integer NOT NULL CHECK ("stock" >= 0),
  "picture" text
);
--> statement-breakpoint
CREATE TABLE "orders" (
  "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "user_id" bigint NOT NULL REFERENCES "users" ("id"),
  "placed_at" timestamp(3) with time zone NOT NULL DEFAULT now(),
  "shipped_at" timestamp(3) with time zone
);
--> statement-breakpoint
CREATE INDEX "orders_user_index" ON "orders" ("user_id", "id" DESC);
--> statement-breakpoint
CREATE TABLE "order_lines" (
  "order_id" bigint NOT NULL REFERENCES "orders" ("id") ON DELETE CASCADE,
  "position" integer NOT NULL,
  "product_id" bigint NOT NULL REFERENCES "products" ("id"),
  "quantity" integer NOT NULL CHECK ("quantity" > 0),
  "cents" integer NOT NULL,
  CONSTRAINT "order_lines_pkey" PRIMARY KEY ("order_id", "position")
);
