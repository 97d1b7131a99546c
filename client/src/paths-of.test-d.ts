import { header, procedure, query, router } from "@tenon/core";
import createFetchClient from "openapi-fetch";
import { expectTypeOf } from "vitest";
import { z } from "zod";
import type { PathsOf } from "./paths-of.ts";

const items = {
  list: procedure
    .input({ q: z.string().optional() })
    .output(z.array(z.string()))
    .query(() => []),
  read: procedure
    .input({ id: z.int() })
    .output({ id: z.int(), at: z.date(), tags: z.set(z.bigint()) })
    .errors({ GONE: { status: 410, data: { since: z.date() } } })
    .query(({ errors }) => errors.GONE({ since: new Date() })),
  create: procedure
    .input({ name: z.string(), dry: query(z.boolean().optional()), token: header("x-token", z.string()) })
    .output({ id: z.int() })
    .mutation(() => ({ id: 1 })),
  remove: procedure
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {}),
};
interface App {
  "~routes": { items: typeof items; orgs: ReturnType<typeof nested> };
}
declare function nested(): typeof orgs;
const orgs = router(
  {
    users: router(
      {
        read: procedure
          .input({ org: z.string() })
          .output(z.string())
          .query(() => "x"),
      },
      { prefix: "/me" },
    ),
  },
  { prefix: "/orgs/{org}" },
);

expectTypeOf<keyof PathsOf<App>>().toEqualTypeOf<"/items" | "/items/{id}" | "/orgs/{org}/me">();

const client = createFetchClient<PathsOf<App>>({ baseUrl: "http://localhost" });

export async function use(): Promise<void> {
  const read = await client.GET("/items/{id}", { params: { path: { id: 7 } } });
  if (read.data !== undefined) {
    expectTypeOf(read.data).toEqualTypeOf<{ id: number; at: string; tags: string[] }>();
  } else {
    expectTypeOf(read.error.code).toEqualTypeOf<"GONE">();
    expectTypeOf(read.error.data).toEqualTypeOf<{ since: string }>();
  }
  const made = await client.POST("/items", {
    params: { header: { "x-token": "t" }, query: { dry: true } },
    body: { name: "x" },
  });
  expectTypeOf(made.data).toEqualTypeOf<{ id: number } | undefined>();
  await client.GET("/items", { params: { query: { q: "x" } } });
  await client.DELETE("/items/{id}", { params: { path: { id: 7 } } });
  await client.GET("/orgs/{org}/me", { params: { path: { org: "o" } } });
  // @ts-expect-error no such path
  await client.GET("/itemz");
  // @ts-expect-error the path parameter is missing
  await client.GET("/items/{id}");
  // @ts-expect-error wrong type of a body's key
  await client.POST("/items", { params: { header: { "x-token": "t" } }, body: { name: 1 } });
}
