import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** The present, but at least a millisecond after the last change: two changes never carry one time. */
export function changedNow(updatedAt: PgColumn): SQL {
  return sql`greatest(now(), ${updatedAt} + interval '1 millisecond')`;
}
