import { router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { cors } from "@tenon/server/middleware";
import * as about from "./about.ts";
import { envelope } from "./envelope.ts";
import * as articles from "./routers/articles.ts";
import * as comments from "./routers/comments.ts";
import * as favorites from "./routers/favorites.ts";
import * as profiles from "./routers/profiles.ts";
import * as tags from "./routers/tags.ts";
import * as user from "./routers/user.ts";
import * as users from "./routers/users.ts";

// #region app
/** The RealWorld API. Importing it starts nothing. */
export const app = createApp(
  {
    users: router(users, { prefix: "/api/users", tags: ["User and Authentication"] }),
    user: router(user, { prefix: "/api/user", tags: ["User and Authentication"] }),
    profiles: router(profiles, { prefix: "/api/profiles", id: "username", tags: ["Profile"] }),
    articles: router(articles, { prefix: "/api/articles", id: "slug", tags: ["Articles"] }),
    favorites: router(favorites, { prefix: "/api/articles/{slug}/favorite", tags: ["Favorites"] }),
    comments: router(comments, { prefix: "/api/articles/{slug}/comments", tags: ["Comments"] }),
    tags: router(tags, { prefix: "/api/tags", tags: ["Tags"] }),
  },
  {
    info: about.info,
    tags: about.tags,
    envelope,
    middleware: [cors({ origins: "*", headers: ["authorization", "content-type"] })],
  },
);

/** What a client needs to know, and all it needs: `import type { App }`. */
export type App = typeof app;
// #endregion
