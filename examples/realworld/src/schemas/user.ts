import { z } from "zod";
import { LIMITS } from "../data/limits.ts";
import { BLANK, FilledText, required, Text, Username } from "./text.ts";

const Email = z.email(required).min(1, BLANK).max(LIMITS.email, "is too long");

// The bound keeps the hashing of one password short; nobody types more.
const Password = z.string(required).min(1, BLANK).max(1000, "is too long").meta({ format: "password" });

/** What a login asks for. */
export const Login = z.object({ email: FilledText, password: Password }).meta({ id: "LoginUser" });

/** What a registration asks for. */
export const NewUser = z
  .object({ username: Username, email: Email, password: Password })
  .meta({ id: "NewUser" });

/** What a user may change: an absent key leaves the value, `null` and the empty text remove it. */
export const UserChanges = z
  .object({
    username: Username,
    email: Email,
    password: Password,
    bio: Text.nullable(),
    image: Text.nullable(),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, "needs at least one field")
  .meta({ id: "UpdateUser", minProperties: 1 });

/** The user who is signed in, with a token for further requests. */
export const User = z
  .object({
    email: z.string(),
    token: z.string(),
    username: z.string(),
    bio: z.string().nullable(),
    image: z.string().nullable(),
  })
  .meta({ id: "User" });
