import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { follows, users } from "./schema.ts";

/** What others see of a user; `following` says whether the viewer reads them. */
export interface Profile {
  readonly username: string;
  readonly bio: string | null;
  readonly image: string | null;
  readonly following: boolean;
}

/** The profile of a user as the viewer sees it. */
export async function findProfile(
  database: Database,
  username: string,
  viewerId?: number,
): Promise<Profile | undefined> {
  const rows = await database
    .select(profileColumns(viewerId))
    .from(users)
    .where(eq(users.username, username));
  return rows[0];
}

/** Lets one user follow another, once at most; undefined when the other does not exist. */
export async function followUser(
  database: Database,
  followerId: number,
  username: string,
): Promise<Profile | undefined> {
  await database.execute(sql`
    insert into ${follows} (follower_id, followed_id)
    select ${followerId}::bigint, ${users.id} from ${users} where ${users.username} = ${username}
    on conflict do nothing
  `);
  return findProfile(database, username, followerId);
}

/** Ends it; undefined when the other user does not exist. */
export async function unfollowUser(
  database: Database,
  followerId: number,
  username: string,
): Promise<Profile | undefined> {
  const followed = database.select({ id: users.id }).from(users).where(eq(users.username, username));
  await database
    .delete(follows)
    .where(and(eq(follows.followerId, followerId), eq(follows.followedId, sql`(${followed})`)));
  return findProfile(database, username, followerId);
}

/** The columns of a profile, for any query that reads from `users`. */
export function profileColumns(viewerId: number | undefined) {
  return { username: users.username, bio: users.bio, image: users.image, following: isFollowing(viewerId) };
}

function isFollowing(viewerId: number | undefined): SQL<boolean> {
  return viewerId === undefined
    ? sql<boolean>`false`
    : sql<boolean>`exists (
        select from ${follows} where ${follows.followerId} = ${viewerId} and ${follows.followedId} = ${users.id}
      )`;
}
