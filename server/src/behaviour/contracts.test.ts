import {
  DefinitionError,
  dependency,
  implement,
  procedure,
  project,
  query,
  router,
  security,
  unauthenticated,
} from "@tenon/core";
import { describe } from "@tenon/core/openapi";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

// #region contract
const token = security.bearer();
const missing = z.object({ id: z.int() });
const contract = {
  items: {
    read: procedure
      .use({ token })
      .input({ id: z.int() })
      .output({ id: z.int(), owner: z.string() })
      .errors({ NOT_FOUND: { status: 404, data: missing } })
      .contract("query"),
    create: procedure.input({ name: z.string() }).output({ name: z.string() }).contract("mutation"),
    watch: procedure.output(z.int()).contract("stream"),
  },
  people: router({ list: procedure.output(z.array(z.string())).contract("query") }, { prefix: "/persons" }),
};
// #endregion

// #region implementation
const user = dependency
  .use({ token })
  .resolve(({ token: given }) => (given === "ann" ? { name: given } : unauthenticated()));
const database = dependency.resolve(() => new Map([[1, "pen"]]));

const implemented = implement(contract, {
  items: {
    read: (each) =>
      each
        .use({ user, database })
        .handle(({ input, user: { name }, database: items, errors }) =>
          items.has(input.id) ? { id: input.id, owner: name } : errors.NOT_FOUND({ id: input.id }),
        ),
    create: (each) => each.handle(({ input }) => ({ name: input.name })),
    watch: (each) =>
      each.handle(async function* () {
        yield 1;
        yield 2;
      }),
  },
  people: { list: (each) => each.handle(() => ["ann"]) },
});
// #endregion

behindEveryAdapter("a contract with an implementation", (adapter) => {
  it("is served as if it had been written in one piece", async () => {
    const authorization = "Bearer ann";
    const [read, gone, stranger, created, list] = await answers(
      adapter,
      createApp(implemented),
      ["/items/1", { headers: { authorization } }],
      ["/items/2", { headers: { authorization } }],
      ["/items/1", { headers: { authorization: "Bearer bob" } }],
      ["/items", json({ name: "cup" })],
      ["/persons"],
    );
    expect(read?.json).toEqual({ id: 1, owner: "ann" });
    expect(gone).toMatchObject({ status: 404, json: { code: "NOT_FOUND", data: { id: 2 } } });
    expect(stranger?.status).toBe(401);
    expect(created).toMatchObject({ status: 201, json: { name: "cup" } });
    expect(list?.json).toEqual(["ann"]);
  });
});

it("has the document of its contract", async () => {
  const info = { title: "T", version: "1" };
  const document = (routes: object): object => describe(project(routes as never), { info });
  expect(document(implemented)).toEqual(document(contract));
});

it("is not served without an implementation", () => {
  expect(() => createApp(contract)).toThrow(
    "TENON1027: 'items.create' is a contract without a handler: serve what implement(contract, …) gives",
  );
});

const one = { things: { list: procedure.output(z.int()).contract("query") } };
const adds = (used: unknown): (() => unknown) => {
  return () =>
    implement(one, {
      things: { list: (each) => each.use({ used: used as never }).handle(() => 1) },
    });
};

it.each([
  ["the input 'q'", dependency.input({ q: query(z.string()) }).resolve(() => 1)],
  ["the error 'ODD'", dependency.errors({ ODD: { status: 409 } }).resolve(() => 1)],
  ["the security scheme 'bearer'", dependency.use({ token }).resolve(() => 1)],
])("cannot add %s", (what, used) => {
  expect(adds(used)).toThrow(`the implementation of 'things.list' adds ${what}`);
});

it("says which contract has no handler, and which handler has no contract", () => {
  expect(() => implement(one, { things: {} } as never)).toThrow(
    "TENON1027: the contract 'things.list' is not implemented: write list: (procedure) => procedure.handle(…)",
  );
  expect(() => implement(one, { things: { list: () => undefined } } as never)).toThrow(
    "the implementation of 'things.list' does not end with .handle(…)",
  );
  const more = { things: { list: () => undefined, extra: () => undefined } };
  expect(() => implement(one, more as never)).toThrow(DefinitionError);
});
