// oxlint-disable typescript/await-thenable -- a call that is refused has no type to await
import {
  type ApiError,
  body,
  cookie,
  dependency,
  type Failure,
  file,
  type FrameworkProblem,
  form,
  header,
  type Problem,
  procedure,
  query,
  type Router,
  router,
  type TransportProblems,
} from "@tenon/core";
import { expectTypeOf } from "vitest";
import { z } from "zod";
import { createClient } from "./create-client.ts";
import { asForm, styled } from "./styled.ts";

interface Session {
  find(id: number): Promise<{ id: number; name: string } | undefined>;
}
declare const session: Session;

// ── dependencies: by return, promise, generator, async generator ──
export const pool = dependency.scope("app").resolve(async function* () {
  yield { connect: () => session };
});
export const db = dependency.use({ pool }).resolve(function* ({ pool }) {
  yield pool.connect();
});
export const currentUser = dependency
  .use({ db })
  .input({ token: header("x-token", z.string()) })
  .errors({ EXPIRED: { status: 401, data: { since: z.string() } } })
  .resolve(({ input, errors }) =>
    input.token === "" ? errors.EXPIRED({ since: "noon" }) : { name: input.token },
  );
export const audit = dependency
  .use({ user: currentUser })
  .input({ trace: query(z.string().optional()) })
  .resolve(({ user }) => user.name);
expectTypeOf<(typeof pool)["~value"]>().toEqualTypeOf<{ connect: () => Session }>();
expectTypeOf<(typeof db)["~value"]>().toEqualTypeOf<Session>();
expectTypeOf<(typeof currentUser)["~value"]>().toEqualTypeOf<{ name: string }>();
dependency
  .scope("app")
  .use({ db })
  // @ts-expect-error a longer scope cannot use a shorter one
  .resolve(() => 1);
dependency
  .use({ db })
  .scope("app")
  // @ts-expect-error … whichever comes first
  .resolve(() => 1);
dependency
  .scope("app")
  .input({ a: z.string() })
  // @ts-expect-error scope app has no request, so no input
  .resolve(() => 1);
// @ts-expect-error reserved name
procedure.use({ input: db });

const Item = z.object({
  id: z.int(),
  name: z.string(),
  kind: z.enum(["a", "b"]),
  note: z.string().optional(),
});

namespace items {
  export const list = procedure
    .use({ db })
    .input({ q: z.string().optional(), limit: z.int().default(20) })
    .output(z.array(Item))
    .query(({ input, db, ctx, signal }) => {
      expectTypeOf(input).toEqualTypeOf<{ q?: string | undefined; limit: number }>();
      expectTypeOf(db).toEqualTypeOf<Session>();
      ctx.after(() => 1);
      signal.throwIfAborted();
      return [{ id: 1, name: "x", kind: "a" }];
    });
  export const read = procedure
    .use({ db })
    .input({ id: z.int() })
    .output({ id: z.int(), name: z.string() })
    .errors({ NOT_FOUND: { status: 404, data: { id: z.int() } }, GONE: { status: 410 } })
    .query(async ({ input, db, errors }) => (await db.find(input.id)) ?? errors.NOT_FOUND({ id: input.id }));
  export const create = procedure
    .use({ user: currentUser })
    .input({ name: z.string(), price: z.number() })
    .output(Item)
    .mutation(({ input, user, errors }) => {
      expectTypeOf(input.token).toEqualTypeOf<string>();
      return input.price < 0 ? errors.EXPIRED({ since: user.name }) : { id: 1, name: input.name, kind: "b" };
    });
  export const update = procedure
    .output({ 200: Item, 201: { id: z.int() } })
    .guard(audit)
    .input({ id: z.int() })
    .input({ name: z.string() })
    .mutation(({ input, reply }) =>
      input.id ? reply(201, { id: input.id }) : reply(200, { id: 1, name: input.name, kind: "a" }),
    );
  export const remove = procedure
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {});
  export const archive = procedure
    .route("POST /{id}/archive")
    .input(z.object({ id: z.int(), reason: z.string() }))
    .output(z.boolean())
    .status(202)
    .mutation(() => true);
  export const search = procedure
    .input({
      filter: query(z.strictObject({ q: z.string(), page: z.int().optional() })),
      theme: cookie(z.string().optional()),
    })
    .output(z.array(z.string()))
    .query(() => []);
  export const replace = procedure
    .input({ id: z.int(), dry: query(z.boolean().optional(), { name: "dry-run" }), item: body(Item) })
    .output(Item)
    .mutation(({ input }) => input.item);
  export const upload = procedure
    .input({ title: form(z.string()), note: form(z.string().optional()) })
    .output(z.string())
    .mutation(({ input }) => `${input.title}${input.note ?? ""}`);
  export const watch = procedure
    .input({ since: z.int() })
    .output(Item)
    .stream(async function* ({ input, lastEventId }) {
      yield { id: input.since, name: lastEventId ?? "", kind: "a" };
    });
  export const chat = procedure
    .input({ room: z.string() })
    .receive({ text: z.string() })
    .send({ from: z.string(), text: z.string() })
    .socket(async ({ socket, input }) => {
      for await (const message of socket) {
        await socket.send({ from: input.room, text: message.text });
      }
    });
  export const helper = (x: number): number => x;
}
namespace users {
  export const read = procedure
    .input({ org: z.string(), name: z.string() })
    .output({ id: z.string() })
    .query(({ input }) => ({ id: input.name }));
}
namespace status {
  export const read = procedure.output({ up: z.boolean() }).query(() => ({ up: true }));
}

// ── what the chain refuses ──
procedure
  .route("GET /{itemId}")
  .input({ id: z.int() })
  .output(z.string())
  // @ts-expect-error the route names a key that the input lacks (route first)
  .query(() => "x");
procedure
  .input({ id: z.int() })
  .output(z.string())
  .route("GET /{itemId}")
  // @ts-expect-error … (input first)
  .query(() => "x");
// a key of the template may come from a dependency
procedure
  .route("GET /t/{token}")
  .use({ user: currentUser })
  .output(z.string())
  .query(() => "x");
// @ts-expect-error not a method and path
procedure.route("FETCH /x");
// @ts-expect-error not a status of a problem
procedure.errors({ ODD: { status: 200 } });
// @ts-expect-error no output
procedure.input({ id: z.int() }).query(() => "x");
// @ts-expect-error the handler breaks the promise of the output
procedure.output({ name: z.string() }).query(() => ({ name: 1 }));
procedure
  .errors({ NO: { status: 404, data: { id: z.int() } } })
  .output(z.void())
  // @ts-expect-error wrong error data
  .query(({ errors }) => errors.NO({ id: "x" }));
// @ts-expect-error undeclared status
procedure.output({ 200: z.string(), 201: z.string() }).query(({ reply }) => reply(204, "x"));
procedure
  .input({ item: body(Item) })
  .output(z.string())
  // @ts-expect-error a GET has no body
  .query(() => "x");
procedure
  .route("POST /search")
  .input({ item: body(Item) })
  .output(z.string())
  .query(() => "x");
// input and output forms stay apart where they differ
const apart = procedure
  .input({
    a: z.int().default(1),
    b: z.stringbool(),
    c: z.string().transform(Number),
    e: z.string().optional(),
  })
  .output({ at: z.date() })
  .query(({ input }) => {
    expectTypeOf(input).toEqualTypeOf<{ a: number; b: boolean; c: number; e?: string | undefined }>();
    return { at: new Date() };
  });
expectTypeOf<(typeof apart)["~input"]>().toEqualTypeOf<{
  a?: number | undefined;
  b: string;
  c: string;
  e?: string | undefined;
}>();
// literals keep their context
procedure.output({ kind: z.enum(["a", "b"]) }).query(() => ({ kind: "a" }));
// codecs run backward in outputs: the handler returns the server side, the client gets the wire side
const IsoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});
const codecs = procedure
  .output({
    at: IsoDate,
    nested: z.array(z.object({ at: IsoDate.nullable() })),
    size: z.int().default(3),
    plain: z.string(),
  })
  .query(() => ({ at: new Date(), nested: [{ at: null }, { at: new Date() }], plain: "x" }));
expectTypeOf<(typeof codecs)["~output"]>().toEqualTypeOf<{
  at: string;
  nested: { at: string | null }[];
  size: number;
  plain: string;
}>();

// ── the client ──
const routes = {
  items,
  status,
  orgs: router({ users: router(users, { prefix: "/people", id: "name" }) }, { prefix: "/orgs/{org}" }),
  admin: { items },
  root: router({ health: procedure.output({ ok: z.boolean() }).query(() => ({ ok: true })) }, { prefix: "" }),
};
expectTypeOf(routes.orgs).toExtend<Router<unknown, "/orgs/{org}", "id">>();
const api = createClient<{ "~routes": typeof routes }>({ url: "http://127.0.0.1:8000" });

export async function rpc(): Promise<void> {
  const item = await api.items.read({ id: 7 });
  expectTypeOf(item).toEqualTypeOf<{ id: number; name: string }>();
  await api.items.list();
  await api.items.create({ name: "x", price: 1 }, { headers: { "x-token": "t" } });
  await api.items.search({ filter: { q: "x" } });
  await api.items.search({ filter: { q: "x" } }, { cookies: { theme: "dark" } });
  await api.orgs.users.read({ org: "o", name: "1" });
  await api.admin.items.read({ id: 7 });
  await api.root.health();
  const both = await api.items.update({ id: 1, name: "x" }, { headers: { "x-token": "t" } });
  expectTypeOf(both).toEqualTypeOf<
    { id: number; name: string; kind: "a" | "b"; note?: string | undefined } | { id: number }
  >();
  for await (const one of api.items.watch.stream({ since: 1 })) {
    expectTypeOf(one.kind).toEqualTypeOf<"a" | "b">();
  }
  const socket = await api.items.chat.connect({ room: "r" });
  socket.send({ text: "x" });
  for await (const message of socket) {
    expectTypeOf(message).toEqualTypeOf<{ from: string; text: string }>();
  }
  const result = await api.items.read.safe({ id: 7 });
  if (result.ok) {
    expectTypeOf(result.data).toEqualTypeOf<{ id: number; name: string }>();
  } else {
    expectTypeOf(result.error).toEqualTypeOf<
      | Problem<"NOT_FOUND", 404, { id: number }>
      | Problem<"GONE", 410, undefined>
      | FrameworkProblem
      | TransportProblems
    >();
    if (result.error.code === "NOT_FOUND") {
      expectTypeOf(result.error.status).toEqualTypeOf<404>();
      expectTypeOf(result.error.data).toEqualTypeOf<{ id: number }>();
    }
  }
  const made = await api.items.create.safe({ name: "x", price: 1 }, { headers: { "x-token": "t" } });
  if (!made.ok && made.error.code === "EXPIRED") {
    expectTypeOf(made.error.data).toEqualTypeOf<{ since: string }>();
  }
  // @ts-expect-error wrong type
  await api.items.read({ id: "7" });
  // @ts-expect-error the dependency's header is missing
  await api.items.create({ name: "x", price: 1 });
  // @ts-expect-error no such procedure
  await api.items.reed({ id: 7 });
  // @ts-expect-error a Mistake, not a function: the export is not a procedure
  api.items.helper(1);
  // @ts-expect-error a stream is called by .stream
  await api.items.watch({ since: 1 });
  // @ts-expect-error the result is not any
  const bad: number = item.name;
  expectTypeOf(bad).toBeNumber();
}

export async function rest(): Promise<void> {
  const one = await api.GET("/items/{id}", { path: { id: 7 } });
  if (one.ok) {
    expectTypeOf(one.data).toEqualTypeOf<{ id: number; name: string }>();
    expectTypeOf(one.status).toEqualTypeOf<200>();
  } else if (one.error.code === "GONE") {
    expectTypeOf(one.error.status).toEqualTypeOf<410>();
  }
  await api.GET("/items");
  await api.GET("/items", { query: { q: "x" } });
  const made = await api.POST("/items", { body: { name: "x", price: 1 }, headers: { "x-token": "t" } });
  if (made.ok) {
    expectTypeOf(made.status).toEqualTypeOf<201>();
  }
  const changed = await api.PATCH("/items/{id}", {
    path: { id: 1 },
    body: { name: "x" },
    headers: { "x-token": "t" },
    query: { trace: "z" },
  });
  if (changed.ok && changed.status === 201) {
    expectTypeOf(changed.data).toEqualTypeOf<{ id: number }>();
  }
  const gone = await api.DELETE("/items/{id}", { path: { id: 1 } });
  if (gone.ok) {
    expectTypeOf(gone.status).toEqualTypeOf<204>();
  }
  const archived = await api.POST("/items/{id}/archive", { path: { id: 1 }, body: { reason: "x" } });
  if (archived.ok) {
    expectTypeOf(archived.status).toEqualTypeOf<202>();
  }
  await api.GET("/items/search", { query: { q: "x" }, cookies: { theme: "dark" } });
  await api.PUT("/items/{id}", { path: { id: 1 }, body: { id: 1, name: "x", kind: "a" } });
  await api.PUT("/items/{id}", {
    path: { id: 1 },
    query: { "dry-run": true },
    body: { id: 1, name: "x", kind: "a" },
  });
  await api.POST("/items/upload", { body: asForm({ title: "x" }) });
  // @ts-expect-error a value without a file does not show that it is a form
  await api.POST("/items/upload", { body: { title: "x" } });
  for await (const event of api.GET("/items/watch", { query: { since: 1 } })) {
    expectTypeOf(event.name).toEqualTypeOf<string>();
  }
  await api.GET("/orgs/{org}/people/{name}", { path: { org: "o", name: "1" } });
  await api.GET("/admin/items/{id}", { path: { id: 1 } });
  await api.GET("/status");
  await api.GET("/health");
  // @ts-expect-error no such path
  await api.GET("/itemz/{id}", { path: { id: 7 } });
  // @ts-expect-error archive has left its conventional address
  await api.POST("/items/archive", { body: { id: 1, reason: "x" } });
  // @ts-expect-error the key belongs to the path
  await api.GET("/items/{id}", { query: { id: 7 } });
  // @ts-expect-error the header is missing
  await api.POST("/items", { body: { name: "x", price: 1 } });
  // @ts-expect-error wrong method
  await api.PUT("/items", {});
  // @ts-expect-error the body is one key's value
  await api.PUT("/items/{id}", { path: { id: 1 }, body: { item: 1 } });
}

// ── the `any` alarm ──
// oxlint-disable-next-line typescript/no-explicit-any -- what the alarm is for
type Lost = { "~routes": { items: typeof items; lost: any } };
// @ts-expect-error a lost module is a Mistake, not a client that accepts everything
createClient<Lost>({ url: "" }).lost.read({});
// @ts-expect-error a lost app: the sentence is on the argument
createClient<any>({ url: "" }); // oxlint-disable-line typescript/no-explicit-any -- what the alarm is for

expectTypeOf<ApiError<"X", 404, undefined>>().toExtend<Failure>();

// ── forms with files, in REST style ──
const uploads = {
  create: procedure
    .input({ note: form(z.string(), { name: "the-note" }), photo: z.optional(file()) })
    .output(z.string())
    .mutation(() => ""),
  replace: procedure
    .input({ id: z.int(), photos: z.array(file()), meta: form.json(z.object({ at: z.date() })) })
    .output(z.string())
    .mutation(() => ""),
  alone: procedure
    .input({ photo: z.optional(file()) })
    .output(z.string())
    .mutation(() => ""),
  needed: procedure
    .input({ photo: file() })
    .output(z.string())
    .mutation(() => ""),
};
export async function sendForms(photo: File, at: Date): Promise<void> {
  const api = createClient<{ "~routes": { uploads: typeof uploads } }>({ url: "" });
  await api.POST("/uploads", { body: { "the-note": "x", photo } });
  await api.POST("/uploads", { body: asForm({ "the-note": "x" }) });
  await api.POST("/uploads", { body: asForm({ "the-note": "x", photo }) });
  // @ts-expect-error without a file nothing shows that it is a form
  await api.POST("/uploads", { body: { "the-note": "x" } });
  // @ts-expect-error the part has a name of its own
  await api.POST("/uploads", { body: { note: "x", photo } });
  // @ts-expect-error the note is missing
  await api.POST("/uploads", { body: asForm({ photo }) });
  await api.PUT("/uploads/{id}", { path: { id: 1 }, body: { photos: [photo], meta: { at } } });
  await api.PUT("/uploads/{id}", {
    path: { id: 1 },
    body: asForm({ photos: [], meta: styled("json", { at }) }),
  });
  await api.POST("/uploads/alone", { body: { photo } });
  await api.POST("/uploads/alone", { body: asForm({}) });
  // @ts-expect-error without a file nothing shows that it is a form
  await api.POST("/uploads/alone", { body: {} });
  await api.POST("/uploads/needed", { body: { photo } });
  // @ts-expect-error the file is missing
  await api.POST("/uploads/needed", { body: asForm({}) });
}
