import { procedure } from "@tenon/core";
import { z } from "zod";
import { listTags } from "../data/tags.ts";
import { database } from "../dependencies/database.ts";

/** GET /api/tags */
export const list = procedure
  .use({ database })
  .output({ tags: z.array(z.string()) })
  .doc({ summary: "List the tags that articles carry, the most used first" })
  .query(async ({ database }) => ({ tags: await listTags(database) }));
