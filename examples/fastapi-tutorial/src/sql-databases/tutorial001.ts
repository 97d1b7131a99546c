import { body, dependency, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Hero = z
  .object({
    id: z.int().nullable().default(null),
    name: z.string(),
    age: z.int().nullable().default(null),
    secret_name: z.string(),
  })
  .meta({ id: "Hero" });
type Hero = z.infer<typeof Hero>;

/** A table in memory. */
class Heroes {
  readonly #rows = new Map<number, Hero>();
  #last = 0;

  add(hero: Hero): Hero {
    const id = hero.id ?? this.#last + 1;
    this.#last = Math.max(this.#last, id);
    const stored = { ...hero, id };
    this.#rows.set(id, stored);
    return stored;
  }

  list(offset: number, limit: number): Hero[] {
    return [...this.#rows.values()].slice(offset, offset + limit);
  }

  find(id: number): Hero | undefined {
    return this.#rows.get(id);
  }

  remove(id: number): boolean {
    return this.#rows.delete(id);
  }
}

const heroes = dependency.scope("app").resolve(() => new Heroes());

const table = procedure.use({ heroes });
const one = table.input({ hero_id: z.int() }).errors({ HERO_NOT_FOUND: { status: 404 } });

const crud = {
  add: table
    .route("POST /heroes/")
    .input({ hero: body(Hero) })
    .output(Hero)
    .mutation(({ input, heroes }) => heroes.add(input.hero)),
  list: table
    .route("GET /heroes/")
    .input({ offset: z.int().default(0), limit: z.int().max(100).default(100) })
    .output(z.array(Hero))
    .query(({ input, heroes }) => heroes.list(input.offset, input.limit)),
  read: one
    .route("GET /heroes/{hero_id}")
    .output(Hero)
    .query(
      ({ input, heroes, errors }) =>
        heroes.find(input.hero_id) ?? errors.HERO_NOT_FOUND({ detail: "Hero not found" }),
    ),
  remove: one
    .route("DELETE /heroes/{hero_id}")
    .output({ ok: z.boolean() })
    .mutation(({ input, heroes, errors }) =>
      heroes.remove(input.hero_id) ? { ok: true } : errors.HERO_NOT_FOUND({ detail: "Hero not found" }),
    ),
};

export const routes = { heroes: router(crud, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
