import { z } from "zod";

/** What others see of a user. */
export const Profile = z
  .object({
    username: z.string(),
    bio: z.string().nullable(),
    image: z.string().nullable(),
    following: z.boolean().meta({ description: "Whether the caller follows this user" }),
  })
  .meta({ id: "Profile" });
