import { expectTypeOf } from "vitest";
import { z } from "zod";
import {
  type CheckApp,
  type ErrorsOf,
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
  Mistake<`'${"list" | "read" | "archive"}' is below a prefix that names '{org}', but its input has no key 'org'`>;
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
expectTypeOf<CheckApp<{ "~routes": { twins: typeof twins } }>>().toEqualTypeOf<
  | Mistake<"'read' and 'other' are both at 'GET /{id}' of their router">
  | Mistake<"'other' and 'read' are both at 'GET /{id}' of their router">
>();
