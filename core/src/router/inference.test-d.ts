import { expectTypeOf } from "vitest";
import { z } from "zod";
import {
  type CheckApp,
  dependency,
  type ErrorsOf,
  implement,
  type InputsOf,
  type Mistake,
  type OutputsOf,
  procedure,
  type Problem,
  type RoutesOf,
  router,
} from "../index.ts";

const items = {
  list: procedure.output(z.array(z.string())).query(() => []),
  read: procedure
    .input({ id: z.int() })
    .output({ id: z.int(), at: z.date() })
    .errors({ GONE: { status: 410 } })
    .query(({ errors }) => errors.GONE()),
  archive: procedure
    .route("POST /{id}/archive")
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {}),
};
const routes = {
  items,
  orgs: router({ users: router(items, { prefix: "/people" }) }, { prefix: "/orgs/{org}" }),
};
interface App {
  "~routes": typeof routes;
}

expectTypeOf<InputsOf<App>["items"]["read"]>().toEqualTypeOf<{ id: number }>();
expectTypeOf<OutputsOf<App>["items"]["read"]>().toEqualTypeOf<{ id: number; at: Date }>();
expectTypeOf<OutputsOf<App>["orgs"]["users"]["list"]>().toEqualTypeOf<string[]>();
expectTypeOf<ErrorsOf<App>["items"]["read"]>().toEqualTypeOf<Problem<"GONE", 410, undefined>>();
expectTypeOf<ErrorsOf<App>["items"]["list"]>().toEqualTypeOf<never>();
expectTypeOf<RoutesOf<App>>().toEqualTypeOf<
  | "GET /items"
  | "GET /items/{id}"
  | "POST /items/{id}/archive"
  | "GET /orgs/{org}/people"
  | "GET /orgs/{org}/people/{id}"
  | "POST /orgs/{org}/people/{id}/archive"
>();

// an app is checked as a whole only where it asks for it
expectTypeOf<CheckApp<{ "~routes": { items: typeof items } }>>().toEqualTypeOf<true>();
type Missing =
  Mistake<`'orgs.users.${"list" | "read" | "archive"}' is below a prefix that names '{org}', but its input has no key 'org'`>;
expectTypeOf<CheckApp<App>>().toExtend<Missing>();
const twins = {
  read: procedure
    .input({ id: z.int() })
    .output(z.void())
    .query(() => {}),
  other: procedure
    .route("GET /{id}")
    .input({ id: z.int() })
    .output(z.void())
    .query(() => {}),
};
type Check<Routes> = CheckApp<{ "~routes": Routes }>;
expectTypeOf<Check<{ twins: typeof twins }>>().toEqualTypeOf<
  Mistake<`'twins.${"read" | "other"}' shares the address 'GET /twins/{}' with another procedure: give one another route or prefix`>
>();

// whatever the router, the name of the parameter, and the way in which the address was written
const many = {
  list: procedure.output(z.string()).query(() => ""),
  all: procedure
    .route("GET /")
    .output(z.string())
    .query(() => ""),
};
expectTypeOf<Check<{ many: typeof many }>>().toEqualTypeOf<
  Mistake<`'many.${"list" | "all"}' shares the address 'GET /many' with another procedure: give one another route or prefix`>
>();
const bySlug = {
  show: procedure
    .route("GET /{slug}")
    .input({ slug: z.string() })
    .output(z.void())
    .query(() => {}),
};
const mounted = { twins: { read: twins.read }, slugs: router(bySlug, { prefix: "/twins" }) };
expectTypeOf<Check<typeof mounted>>().toEqualTypeOf<
  Mistake<`'${"twins.read" | "slugs.show"}' shares the address 'GET /twins/{}' with another procedure: give one another route or prefix`>
>();

// a conventional neighbour of a parameter that takes any text
const shadowed = {
  read: procedure
    .input({ id: z.string() })
    .output(z.void())
    .query(() => {}),
  stats: procedure.output(z.void()).query(() => {}),
};
expectTypeOf<Check<{ shadowed: typeof shadowed }>>().toEqualTypeOf<
  Mistake<`'shadowed.stats' takes the value 'stats' away from 'shadowed.read': write .route("…") to say that this is meant`>
>();
const numbered = { read: items.read, stats: shadowed.stats };
expectTypeOf<Check<{ numbered: typeof numbered }>>().toEqualTypeOf<true>();

// a name of the table, finished with the other word; a procedure beside the routers
const wrong = { list: procedure.output(z.void()).mutation(() => {}) };
expectTypeOf<Check<{ wrong: typeof wrong }>>().toEqualTypeOf<
  Mistake<`'wrong.list' is finished with .mutation, but the name 'list' stands for a query: rename it, or write .route("…")`>
>();
expectTypeOf<Check<{ alone: typeof items.list; items: typeof items }>>().toEqualTypeOf<
  Mistake<`'alone' is a procedure: entries of an app are routers; put it into a module with prefix ""`>
>();

// a contract is a procedure to everyone but the one who implements it
const contracts = {
  read: procedure
    .input({ id: z.int() })
    .output({ id: z.int(), at: z.date() })
    .errors({ GONE: { status: 410 } })
    .contract("query"),
};
expectTypeOf<InputsOf<typeof contracts>["read"]>().toEqualTypeOf<{ id: number }>();
expectTypeOf<(typeof contracts.read)["~call"]>().toEqualTypeOf<(typeof items.read)["~call"]>();
implement(contracts, {
  read: (each) =>
    each.use({ seven: dependency.resolve(() => 7) }).handle(({ input, seven, errors }) => {
      expectTypeOf(input).toEqualTypeOf<{ id: number }>();
      expectTypeOf(seven).toEqualTypeOf<number>();
      return seven === input.id ? { id: 1, at: new Date() } : errors.GONE();
    }),
});
implement(contracts, {
  // @ts-expect-error -- the output lacks a key
  read: (each) => each.handle(() => ({ id: 1 })),
});
