import { and, asc, eq, gt, ilike, or } from "drizzle-orm";
import type { Database } from "./open-database.ts";
import { products } from "./tables.ts";

/** A product as it is stored. */
export type ProductRow = typeof products.$inferSelect;

/** Which products: `search` looks into names and descriptions, `after` is the last id of the page before. */
export interface ProductFilter {
  readonly search?: string | undefined;
  readonly after: number;
  readonly limit: number;
}

/** The products that meet the filter, by id. */
export function listProducts(
  database: Database,
  { search, after, limit }: ProductFilter,
): Promise<ProductRow[]> {
  const pattern = search === undefined ? undefined : `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const matches =
    pattern === undefined
      ? undefined
      : or(ilike(products.name, pattern), ilike(products.description, pattern));
  return database
    .select()
    .from(products)
    .where(and(gt(products.id, after), matches))
    .orderBy(asc(products.id))
    .limit(limit);
}

/** The product with an id. */
export async function findProduct(database: Database, id: number): Promise<ProductRow | undefined> {
  const [found] = await database.select().from(products).where(eq(products.id, id));
  return found;
}

/** Stores a product; undefined where the name is taken. */
export async function createProduct(
  database: Database,
  product: typeof products.$inferInsert,
): Promise<ProductRow | undefined> {
  const [created] = await database.insert(products).values(product).onConflictDoNothing().returning();
  return created;
}

/** What changes in a product: an absent or undefined key leaves the value. */
export interface ProductChanges {
  readonly description?: string | undefined;
  readonly cents?: number | undefined;
  readonly stock?: number | undefined;
  readonly picture?: string | null | undefined;
}

/** Changes what is given of a product; undefined where there is none. */
export async function updateProduct(
  database: Database,
  id: number,
  changes: ProductChanges,
): Promise<ProductRow | undefined> {
  if (Object.values(changes).every((value) => value === undefined)) {
    return findProduct(database, id);
  }
  const [updated] = await database.update(products).set(changes).where(eq(products.id, id)).returning();
  return updated;
}
