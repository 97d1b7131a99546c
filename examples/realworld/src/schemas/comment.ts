import { z } from "zod";
import { Profile } from "./profile.ts";
import { FilledText } from "./text.ts";

/** What a reader says about an article. */
export const NewComment = z.object({ body: FilledText }).meta({ id: "NewComment" });

/** A comment on an article. */
export const Comment = z
  .object({
    id: z.int(),
    body: z.string(),
    createdAt: z.date(),
    updatedAt: z.date(),
    author: Profile,
  })
  .meta({ id: "Comment" });
