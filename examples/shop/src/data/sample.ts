import { hashPassword } from "../account/password.ts";
import type { Database } from "./open-database.ts";
import { products, users } from "./tables.ts";

/** The password of the people below. */
export const SAMPLE_PASSWORD = "correct horse battery";

/** Fills an empty shop. */
export async function stock(database: Database): Promise<void> {
  const [somebody] = await database.select({ id: users.id }).from(users).limit(1);
  if (somebody !== undefined) {
    return;
  }
  const passwordHash = await hashPassword(SAMPLE_PASSWORD);
  await database
    .insert(users)
    .values([
      { email: "mira@shop.example", name: "Mira Kovac", role: "manager", passwordHash },
      { email: "tom@shop.example", name: "Tom Berg", role: "clerk", passwordHash },
      { email: "ada@example.com", name: "Ada Lind", passwordHash },
    ])
    .onConflictDoNothing();
  await database
    .insert(products)
    .values([
      {
        name: "Marking gauge",
        description: "Beech and brass, for lines along an edge",
        cents: 34_00,
        stock: 12,
      },
      { name: "Mortise chisel", description: "10 mm, ash handle with a hoop", cents: 41_50, stock: 8 },
      { name: "Dovetail saw", description: "15 teeth to the inch, brass back", cents: 79_00, stock: 5 },
      {
        name: "Carver's mallet",
        description: "Turned from one piece of lignum vitae",
        cents: 52_00,
        stock: 3,
      },
      {
        name: "Hide glue",
        description: "250 g of pearls, for joints that can be undone",
        cents: 9_80,
        stock: 40,
      },
    ])
    .onConflictDoNothing();
}
