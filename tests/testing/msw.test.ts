import { createClient } from "@tenon/client";
import { handlers, type OnWire } from "@tenon/client/msw";
import { body, file, form, procedure, query, router } from "@tenon/core";
import { describe as describeApi } from "@tenon/core/openapi";
import { createApp } from "@tenon/server";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";

const Item = z.object({ id: z.int(), name: z.string(), at: z.date(), tags: z.set(z.string()) });
type Item = z.infer<typeof Item>;
const items = {
  list: procedure
    .input({
      tag: query(z.array(z.string()).default([])),
      limit: z.int().default(10),
      open: z.boolean().default(true),
    })
    .output(z.array(Item))
    .query(() => []),
  create: procedure
    .input({ name: z.string(), at: z.date() })
    .output(Item)
    .errors({ NAME_TAKEN: { status: 409, data: { since: z.date() } } })
    .mutation(({ input, errors }) =>
      input.name === "taken" ? errors.NAME_TAKEN({ since: new Date(0) }) : { ...item, ...input },
    ),
  read: procedure
    .input({ id: z.int() })
    .output(Item)
    .errors({ NOT_FOUND: { status: 404, data: { id: z.int() } } })
    .query(({ input, errors }) => (input.id === 7 ? item : errors.NOT_FOUND({ id: input.id }))),
  remove: procedure
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {}),
  archive: procedure
    .route("POST /{id}/archive")
    .input({ id: z.int() })
    .output({ 200: Item, 202: z.object({ job: z.string() }) })
    .mutation(({ reply }) => reply(202, { job: "1" })),
  replace: procedure
    .input({ id: z.int(), item: body(z.object({ name: z.string() })) })
    .output(z.string())
    .mutation(({ input }) => input.item.name),
  upload: procedure
    .input({ title: form(z.string()), picture: file() })
    .output(z.string())
    .mutation(({ input }) => input.title),
  watch: procedure.output(z.object({ at: z.date() })).stream(async function* () {
    yield { at: new Date(0) };
  }),
};
const item: Item = { id: 7, name: "pen", at: new Date(0), tags: new Set(["a"]) };
const app = createApp({
  items,
  nested: router({ deep: { list: procedure.output(z.int()).query(() => 1) } }),
});
type App = typeof app;

const document = describeApi(app.operations, { info: { title: "T", version: "1" }, rpcPath: "/rpc" });
const url = "http://api.example";
// #region mock
const api = createClient<App>({ url });
const mock = handlers<App>({ url, document });
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());
// #endregion

describe("an application that msw stands for", () => {
  // #region fail
  it("shows that nothing is there", async () => {
    server.use(
      mock.items.read(({ input, problem }) =>
        problem({ code: "NOT_FOUND", status: 404, data: { id: input.id } }),
      ),
    );
    await expect(api.items.read({ id: 7 })).rejects.toMatchObject({ code: "NOT_FOUND", data: { id: 7 } });
  });
  // #endregion

  it("answers at both addresses with values that JSON does not have", async () => {
    server.use(
      mock.items.read(({ input }) => {
        expectTypeOf(input).toEqualTypeOf<{ id: number }>();
        return { ...item, id: input.id };
      }),
    );
    expect(await api.items.read({ id: 7 })).toEqual(item);
    const rest = await api.GET("/items/{id}", { path: { id: 8 } });
    expect(rest.ok && rest.data).toEqual({ ...item, id: 8 });
    // Whoever revives nothing gets plain JSON.
    const plain = await fetch(`${url}/items/7`);
    expect([plain.headers.get("content-type"), await plain.json()]).toEqual([
      "application/json",
      { id: 7, name: "pen", at: "1970-01-01T00:00:00.000Z", tags: ["a"] },
    ]);
  });

  it("gives the input whole, wherever it came from, as JSON has it", async () => {
    const seen: unknown[] = [];
    server.use(
      mock.items.list(({ input }) => {
        seen.push(input);
        return [];
      }),
      mock.items.create(({ input }) => {
        expectTypeOf(input.at).toEqualTypeOf<string>();
        return { ...item, name: input.name, at: new Date(input.at) };
      }),
      mock.items.replace(({ input }) => `${input.id} ${input.item.name}`),
      mock.items.upload(({ input }) => input.title),
    );
    await api.GET("/items", { query: { tag: ["a", "b"], limit: 3, open: false } });
    await api.items.list({ tag: ["a"] });
    expect(seen).toEqual([{ tag: ["a", "b"], limit: 3, open: false }, { tag: ["a"] }]);
    const made = await api.items.create.safe({ name: "cup", at: new Date(5) });
    expect(made).toMatchObject({ ok: true, status: 201, data: { name: "cup", at: new Date(5) } });
    const replaced = await api.PUT("/items/{id}", { path: { id: 3 }, body: { name: "cup" } });
    expect(replaced.ok && replaced.data).toBe("3 cup");
    expect(await api.items.upload({ title: "t", picture: new File(["x"], "x.png") })).toBe("t");
  });

  it("fails as the application would: with declared problems, their data, and the framework's", async () => {
    server.use(
      mock.items.create(({ problem }) =>
        problem({ code: "NAME_TAKEN", status: 409, data: { since: new Date(5) } }),
      ),
      mock.items.read(({ problem }) => problem({ code: "UNAUTHENTICATED", status: 401 })),
    );
    expect(await api.items.create.safe({ name: "x", at: new Date() })).toMatchObject({
      ok: false,
      error: { code: "NAME_TAKEN", status: 409, data: { since: new Date(5) } },
    });
    await expect(api.items.read({ id: 1 })).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });

  it("answers with one of several statuses, with nothing, and with a stream", async () => {
    server.use(
      mock.items.archive(({ reply }) => reply(202, { job: "9" })),
      mock.items.remove(() => undefined),
      mock.items.watch(async function* () {
        yield { at: new Date(1) };
        yield { at: new Date(2) };
      }),
      mock.nested.deep.list(() => 5),
    );
    expect(await api.items.archive.safe({ id: 1 })).toMatchObject({
      ok: true,
      status: 202,
      data: { job: "9" },
    });
    expect(await api.items.remove.safe({ id: 1 })).toMatchObject({ ok: true, status: 204 });
    const seen: Date[] = [];
    for await (const { at } of api.items.watch.stream()) {
      seen.push(at);
    }
    expect(seen).toEqual([new Date(1), new Date(2)]);
    expect(await api.nested.deep.list()).toBe(5);
  });

  it("says what the application says: the client cannot tell them apart", async () => {
    server.use(
      mock.items.read(({ input, problem }) =>
        input.id === 7 ? item : problem({ code: "NOT_FOUND", status: 404, data: { id: input.id } }),
      ),
      mock.items.create(({ input, problem }) =>
        input.name === "taken"
          ? problem({ code: "NAME_TAKEN", status: 409, data: { since: new Date(0) } })
          : { ...item, name: input.name, at: new Date(input.at) },
      ),
    );
    const real = createClient<App>({ fetch: (request) => app.fetch(request) });
    for (const ask of [
      (client: typeof api) => client.items.read.safe({ id: 7 }),
      (client: typeof api) => client.items.read.safe({ id: 8 }),
      (client: typeof api) => client.items.create.safe({ name: "cup", at: new Date(9) }),
      (client: typeof api) => client.items.create.safe({ name: "taken", at: new Date(9) }),
    ]) {
      const [mocked, answered] = [await ask(api), await ask(real)];
      expect(bare(mocked)).toEqual(bare(answered));
    }
  });

  it("knows types: outputs, problems and inputs are the procedure's own", () => {
    // @ts-expect-error -- no output of it
    mock.items.read(() => ({ id: 7 }));
    const since = new Date();
    // @ts-expect-error -- no problem of it
    mock.items.read(({ problem }) => problem({ code: "NAME_TAKEN", status: 409, data: { since } }));
    // @ts-expect-error -- its data are missing
    mock.items.read(({ problem }) => problem({ code: "NOT_FOUND", status: 404 }));
    expectTypeOf<
      OnWire<{ at: Date; ids: Set<bigint>; file: File; deep: [Date]; maybe?: Date }>
    >().toEqualTypeOf<{
      at: string;
      ids: string[];
      file: File;
      deep: [string];
      maybe?: string;
    }>();
  });

  it("answers anywhere where no address is named, and only calls by name without a document", async () => {
    server.use(handlers<App>().items.read(() => item));
    expect(await createClient<App>({ url: "http://elsewhere.example" }).items.read({ id: 1 })).toEqual(item);
    const rest = await api.GET("/items/{id}", { path: { id: 8 } });
    expect(rest).toMatchObject({ ok: false, error: { code: "NETWORK" } });
  });
});

/** Without what only a network adds. */
function bare(result: object): unknown {
  const { error } = result as { error?: { code: string; status: number; data: unknown } };
  return error === undefined ? result : { code: error.code, status: error.status, data: error.data };
}
