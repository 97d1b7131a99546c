import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createEmptyDatabase, TEST_SERVER } from "../../../../tests/databases/empty-database.ts";
import { config, readConfig } from "../config.ts";
import { database, transaction } from "./database.ts";
import { createProduct, listProducts } from "./products.ts";

const Name = { name: z.string().max(20) };
const insert = procedure.use({ transaction }).input(Name);
const product = ({ name }: { name: string }) => ({ name, cents: 1, stock: 1 });

const app = createApp({
  products: {
    create: insert.output(z.void()).mutation(async ({ input, transaction }) => {
      await createProduct(transaction, product(input));
    }),
    fail: insert
      .route("POST /fail")
      .errors({ NO: { status: 409 } })
      .output(z.void())
      .mutation(async ({ input, transaction, errors }) => {
        await createProduct(transaction, product(input));
        return errors.NO();
      }),
    lie: insert
      .route("POST /lie")
      .output({ id: z.int() })
      .mutation(async ({ input, transaction }) => {
        await createProduct(transaction, product(input));
        return { id: "not a number" as never };
      }),
    conflict: insert
      .route("POST /conflict")
      .output(z.void())
      .mutation(async ({ input, transaction }) => {
        await createProduct(transaction, product(input));
        await createProduct(transaction, { ...product(input), name: `${input.name}, again`, stock: -1 });
      }),
    list: procedure
      .use({ database })
      .output(z.array(z.string()))
      .query(async ({ database }) =>
        (await listProducts(database, { after: 5, limit: 100 })).map(({ name }) => name),
      ),
  },
});

describe.each(TEST_SERVER === undefined ? ["PGlite"] : ["PGlite", "PostgreSQL"])(
  "a transaction around a handler on %s",
  (name) => {
    const errors: unknown[] = [];
    let tested: typeof app;
    let remove: (() => Promise<void>) | undefined;
    beforeAll(async () => {
      const empty = name === "PGlite" ? undefined : await createEmptyDatabase(TEST_SERVER!);
      remove = empty?.remove;
      tested = app
        .override(config, readConfig(empty ? { SHOP_DATABASE_URL: empty.url } : {}))
        .with({ onError: (error) => errors.push(error) });
      await tested.start();
    });
    afterAll(async () => {
      await tested.stop();
      await remove?.();
    });

    const post = async (path: string, name: string): Promise<number> => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ name });
      const request = new Request(`http://localhost/products${path}`, { method: "POST", headers, body });
      return (await tested.fetch(request)).status;
    };
    const stored = async (): Promise<unknown> =>
      (await tested.fetch(new Request("http://localhost/products"))).json();

    it("is kept once there is a reply, and seen by whoever has got it", async () => {
      expect([await post("", "kept"), await stored()]).toEqual([201, ["kept"]]);
    });

    it.each([
      ["a declared failure", "/fail", 409],
      ["a reply that cannot be written", "/lie", 500],
      ["a query that fails", "/conflict", 500],
    ])("is undone by %s", async (_failure, path, status) => {
      expect([await post(path, "undone"), await stored()]).toEqual([status, ["kept"]]);
      expect(errors.splice(0)).toHaveLength(status === 500 ? 1 : 0);
    });

    it("keeps many at once apart", async () => {
      const names = Array.from({ length: 12 }, (_, index) => `many ${index}`);
      const statuses = await Promise.all(names.map((name, index) => post(index % 2 ? "/fail" : "", name)));
      expect(statuses).toEqual(names.map((_, index) => (index % 2 ? 409 : 201)));
      expect(await stored()).toHaveLength(7);
    });
  },
);
