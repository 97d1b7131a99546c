import {
  binary,
  body,
  cookie,
  download,
  file,
  form,
  header,
  html,
  json,
  patch,
  procedure,
  query,
  raw,
  redirect,
  router,
  sse,
  text,
} from "@tenon/core";
import { createApp, plugin } from "@tenon/server";
import {
  cache,
  compress,
  cors,
  decompress,
  rateLimit,
  requestId,
  secureHeaders,
  session,
  timeout,
} from "@tenon/server/middleware";
import { z } from "zod";
import {
  basic,
  cookieKey,
  flood,
  headerKey,
  queryKey,
  quota,
  spent,
  tenant,
  user,
  visitor,
} from "./sample-dependencies.ts";

const Size = z.enum(["s", "m", "l"]);
const Item = z
  .object({
    id: z.int(),
    name: z.string().min(1).max(40),
    price: z.number().positive().max(1000),
    tags: z.array(z.string().min(1)).default([]),
    size: Size.optional(),
    note: z.string().nullable(),
  })
  .meta({ id: "Item" });
const NewItem = Item.omit({ id: true }).meta({ id: "NewItem" });
const item = { id: 1, name: "Tea", price: 2.5, tags: ["hot"], note: null };
const NOT_FOUND = {
  NOT_FOUND: { status: 404, data: { id: z.int() }, description: "No item has this id." },
} as const;

const items = {
  list: procedure
    .use({ visitor })
    .input({
      q: z.string().optional(),
      limit: z.int().min(1).max(100).default(20),
      ratio: z.number().gt(0).lt(1).default(0.5),
      isNew: z.boolean().optional(),
      since: z.date().optional(),
      above: z.bigint().optional(),
      size: Size.optional(),
      tag: z.array(z.string().min(2)).default([]),
      ids: query(z.array(z.int()).optional(), { explode: false }),
      spaced: query(z.array(z.int()).optional(), { style: "spaceDelimited" }),
      piped: query(z.set(z.enum(["a", "b"])).optional(), { style: "pipeDelimited" }),
      box: z.strictObject({ width: z.int(), unit: z.enum(["cm", "in"]).optional() }).optional(),
      where: query.json(z.object({ any: z.array(z.object({ name: z.string().nullable() })) }).optional()),
      owner: z.string().nullable().default(null),
      sort: query(z.string().min(3).default("name"), { name: "sort-by" }),
    })
    .responseHeaders({ "x-total": z.int() })
    .output(z.array(Item))
    .query(({ ctx }) => {
      ctx.response.headers.set("x-total", 1);
      return [item];
    }),
  create: procedure
    .use({ user })
    .input(NewItem)
    .output(Item)
    .errors({
      NAME_TAKEN: { status: 409, data: { name: z.string() }, description: "Another item has this name." },
      CLOSED: { status: 409, headers: { "retry-after": "Seconds until the shop opens." } },
    })
    .mutation(({ input, errors }) => {
      if (input.name === "closed") {
        return errors.CLOSED({ headers: { "retry-after": "60" } });
      }
      return input.name === "taken" ? errors.NAME_TAKEN({ name: input.name }) : { ...item, ...input };
    }),
  read: procedure
    .use({ visitor })
    .input({ id: z.int().min(0) })
    .output(Item)
    .errors(NOT_FOUND)
    .query(({ input, errors }) => (input.id === 404 ? errors.NOT_FOUND({ id: input.id }) : item)),
  replace: procedure
    .use({ user, key: headerKey })
    .input({ id: z.int(), item: body(NewItem) })
    .output(Item)
    .errors(NOT_FOUND)
    .mutation(({ input, errors }) => {
      if (input.id === 404) {
        throw errors.NOT_FOUND({ id: input.id });
      }
      return { ...input.item, id: input.id };
    }),
  update: procedure
    .use({ tenant })
    .guard(quota)
    .input({ id: z.int(), name: z.string().min(1).nullish(), price: z.number().optional() })
    .output(Item)
    .mutation(({ input }) => ({ ...item, id: input.id })),
  remove: procedure
    .use({ user: basic })
    .input({ id: z.int() })
    .output(z.void())
    .mutation(() => {}),
};

const places = {
  everywhere: procedure
    .route("PUT /everywhere/{word}")
    .use({ key: cookieKey })
    .input({
      word: z.string().min(2),
      page: query(z.int().min(0)),
      agent: header("x-agent", z.string().min(3)),
      weights: header("x-weights", z.array(z.int())),
      seen: cookie("seen", z.array(z.int()).optional()),
      device: header(z.object({ saveData: z.boolean().optional() })),
      attempt: header("x-attempt", z.int().max(9).optional()),
      theme: cookie("theme", z.enum(["dark", "light"])),
      filter: query(z.object({ minimum: z.number().optional(), kind: z.string() })),
      text: z.string().max(5),
    })
    .output({ word: z.string(), page: z.int(), kind: z.string(), text: z.string() })
    .mutation(({ input: { word, page, filter, text } }) => ({ word, page, kind: filter.kind, text })),
  rest: procedure
    .route("GET /files/{path*}")
    .use({ key: queryKey })
    .input({ path: z.string() })
    .output({ path: z.string() })
    .query(({ input }) => input),
  segments: procedure
    .route("GET /segments/{pair}/{rest*}")
    .input({ pair: z.tuple([z.int(), z.int()]), rest: z.array(z.string().min(1)).min(1) })
    .output({ pair: z.array(z.int()), rest: z.array(z.string()) })
    .query(({ input }) => input),
  change: procedure
    .route("PATCH /change/{id}")
    .input({ id: z.int(), change: body(patch(Item)) })
    .output(z.array(z.string()))
    .mutation(({ input }) => Object.keys(input.change)),
  strict: procedure
    .route("POST /strict")
    .input(z.strictObject({ a: z.string(), b: z.int().optional() }))
    .output(z.string())
    .mutation(({ input }) => input.a),
  anything: procedure
    .route("POST /anything")
    .input({ value: body(z.unknown()) })
    .output(z.unknown())
    .mutation(() => ({ free: ["form"] })),
  note: procedure
    .route("POST /note")
    .input({ note: body.text() })
    .output(z.string())
    .mutation(({ input }) => input.note),
  parsed: procedure
    .route("POST /parsed")
    .input({
      item: body(z.object({ name: z.string().min(2) }), {
        types: ["application/x-sample"],
        parse: (text) => JSON.parse(text),
      }),
    })
    .output(z.string())
    .mutation(({ input }) => input.item.name),
  nothing: procedure
    .route("GET /nothing")
    .output(z.void())
    .query(() => {}),
  null: procedure
    .route("GET /null")
    .output(z.null())
    .query(() => null),
};

const forms = {
  login: procedure
    .input({
      name: form(z.string().min(2)),
      age: form(z.int().min(18).optional()),
      interest: form(z.array(z.string()).default([])),
      address: form(z.object({ city: z.string().min(2), zip: z.int().optional() }).optional(), {
        name: "home",
      }),
    })
    .output({ token: z.string() })
    .errors({ WRONG_CREDENTIALS: { status: 401 } })
    .mutation(({ input, errors }) =>
      input.name === "nobody" ? errors.WRONG_CREDENTIALS() : { token: input.name },
    ),
  model: procedure
    .input({
      user: form(z.strictObject({ name: z.string().min(2), roles: z.array(z.string()).optional() })),
    })
    .output({ name: z.string() })
    .mutation(({ input }) => ({ name: input.user.name })),
  upload: procedure
    .route("POST /forms/{folder}")
    .use({ user })
    .input({
      folder: z.string(),
      overwrite: query(z.boolean().default(false)),
      title: form(z.string().min(1)),
      details: form.json(z.object({ width: z.int().min(1) })),
      picture: file(z.file().max(1000).mime(["image/png"])),
      others: file(z.array(z.file()).default([])),
    })
    .output({ bytes: z.int(), folder: z.string() })
    .mutation(({ input }) => ({ bytes: input.picture.size, folder: input.folder })),
};

const uploads = {
  video: procedure
    .route("POST /videos")
    .input({
      channel: query(z.string().default("main")),
      title: form(z.string().min(1)),
      chapters: form.json(z.array(z.object({ at: z.int().min(0) }))),
      video: file.stream({ maxBytes: 1000, types: ["video/mp4", "video/webm"] }),
    })
    .output({ bytes: z.int(), type: z.string() })
    .mutation(async ({ input: { video } }) => {
      let bytes = 0;
      for await (const chunk of video) {
        bytes += chunk.byteLength;
      }
      return { bytes, type: video.type };
    }),
  gallery: procedure
    .route("POST /gallery")
    .input(
      z.strictObject({
        pictures: z.array(file({ maxBytes: 500, types: ["image/png"] })).max(3),
        thumbnail: z.optional(file({ name: "thumb" })),
      }),
    )
    .output({ names: z.array(z.string()) })
    .mutation(({ input }) => ({ names: input.pictures.map(({ name }) => name) })),
  profile: procedure
    .route("POST /profile")
    .input({
      person: form(
        z.strictObject({
          name: z.string().min(2),
          address: z.object({ city: z.string(), zip: z.int().optional() }),
          face: z.optional(file({ maxBytes: 500 })),
        }),
      ),
    })
    .output({ city: z.string() })
    .mutation(({ input }) => ({ city: input.person.address.city })),
  search: procedure
    .route("POST /search")
    .input({ filter: form(z.object({ text: z.string(), range: z.object({ from: z.int() }).optional() })) })
    .output(z.string())
    .mutation(({ input }) => input.filter.text),
};

const centimetres = z.codec(z.string().regex(/^\d+cm$/), z.number(), {
  decode: (text) => Number(text.slice(0, -2)),
  encode: (number) => `${number}cm`,
});
const Leaf = z.object({ kind: z.literal("leaf"), at: z.date() }).meta({ id: "Leaf" });
const Branch = z
  .object({
    kind: z.literal("branch"),
    get parts() {
      return z.array(z.discriminatedUnion("kind", [Leaf, Branch]));
    },
  })
  .meta({ id: "Branch" });
const Rich = z
  .object({
    at: z.date(),
    count: z.bigint(),
    unique: z.set(z.string()),
    lookup: z.map(z.string(), z.date()),
    home: z.instanceof(URL),
    bytes: z.instanceof(Uint8Array),
    length: centimetres,
    scores: z.record(z.string(), z.number()),
    pair: z.tuple([z.string(), z.int()]),
    either: z.union([z.string(), z.int(), z.null()]),
    both: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    open: z.looseObject({ a: z.string() }),
    branch: Branch,
    email: z.email(),
    uuid: z.uuid(),
    day: z.iso.date(),
  })
  .meta({ id: "Rich" });

const wire = {
  echo: procedure
    .route("POST /wire")
    .input({ value: body(Rich) })
    .output(Rich)
    .mutation(({ input }) => input.value),
  fields: procedure
    .route("POST /wire/fields")
    .input(Rich.shape)
    .output({ value: Rich, nested: z.array(z.object({ at: z.date().nullable() })) })
    .mutation(({ input }) => ({ value: input, nested: [{ at: new Date(0) }, { at: null }] })),
  late: procedure
    .route("GET /wire/late")
    .input({ by: z.int().default(0) })
    .output(z.date())
    .errors({ LATE: { status: 409, data: { since: z.date(), ids: z.set(z.int()) } } })
    .query(({ input, errors }) =>
      input.by > 10 ? errors.LATE({ since: new Date(0), ids: new Set([1]) }) : new Date(0),
    ),
};

const statuses = {
  several: procedure
    .route("PUT /several/{id}")
    .input({ id: z.int() })
    .responseHeaders({ location: z.string().optional() })
    .output({
      200: Item,
      201: z.object({ made: z.date() }),
      202: z.object({ job: z.string() }),
      204: z.void(),
    })
    .mutation(({ input, reply }) => {
      switch (input.id) {
        case 201:
          return reply(201, { made: new Date(0) }, { headers: { location: "/several/201" } });
        case 202:
          return reply(202, { job: "1" });
        case 204:
          return reply(204, undefined);
        default:
          return reply(200, item);
      }
    }),
  accepted: procedure
    .route("POST /accepted")
    .status(202)
    .output({ job: z.string() })
    .responseHeaders({ "x-at": z.date(), "x-tags": z.array(z.string()), "x-rest": z.bigint().optional() })
    .responseCookies("session")
    .mutation(({ ctx }) => {
      ctx.response.headers.set("x-at", new Date(0));
      ctx.response.headers.set("x-tags", ["a", "b"]);
      ctx.cookies.set("session", "s");
      return { job: "1" };
    }),
};

const streams = {
  watch: procedure
    .use({ visitor, tenant })
    .input({ from: z.int().min(0).default(0) })
    .output({ n: z.int(), at: z.date() })
    .stream(async function* ({ input }) {
      yield { n: input.from, at: new Date(0) };
      yield sse({ n: input.from + 1, at: new Date(0) }, { id: "two", event: "more" });
    }),
  ending: procedure
    .input({ how: z.enum(["well", "declared", "thrown"]).default("well") })
    .output(z.string())
    .errors({ GONE: { status: 410, data: { last: z.int() } } })
    .stream(async function* ({ input, errors }) {
      yield "one\ntwo";
      if (input.how === "declared") {
        throw errors.GONE({ last: 1 });
      }
      if (input.how === "thrown") {
        throw new Error("secret");
      }
    }),
  talk: procedure
    .use({ user })
    .input({ room: z.string().default("hall") })
    .receive({ say: z.string() })
    .send({ said: z.string() })
    .socket(async ({ socket }) => {
      for await (const { say } of socket) {
        await socket.send({ said: say });
      }
    }),
};

const faults = {
  broken: procedure.output(z.string()).query(() => {
    throw new Error("secret");
  }),
  liar: procedure.output({ id: z.int() }).query(() => ({ id: "one" }) as never),
};

const BYTES = new Uint8Array([137, 80, 78, 71]);

const media = {
  page: procedure
    .use({ visitor })
    .input({ name: z.string().min(2).default("you") })
    .output(html())
    .query(({ input }) => `<p>${input.name}`),
  note: procedure.output(text("text/markdown")).query(() => "# Note"),
  picture: procedure.output(binary("image/png")).query(async function* () {
    yield BYTES;
  }),
  export: procedure
    .use({ user })
    .input({ format: z.enum(["a", "b"]) })
    .output(binary("application/zip"))
    .mutation(() => BYTES),
  report: procedure
    .input({ id: z.int() })
    .errors(NOT_FOUND)
    .output(download("text/plain"))
    .query(({ input: { id }, errors }) => ({
      root: new URL("./", import.meta.url).pathname,
      path: id === 404 ? "none.ts" : "sample-app.ts",
      missing: errors.NOT_FOUND({ id }),
    })),
  attachment: procedure
    .use({ user })
    .output(download())
    .query(() => ({ body: BYTES, filename: "naïve.png", etag: '"1"', lastModified: new Date(0) })),
  feed: procedure
    .output(raw("application/xml"))
    .query(() => new Response("<a/>", { headers: { "content-type": "application/xml" } })),
  moved: procedure.output(redirect(308)).query(() => "/media/page"),
  either: procedure
    .input({ id: z.int() })
    .output({ 200: z.object({ at: z.date() }), 203: text(), 303: redirect() })
    .mutation(({ input: { id }, reply }) =>
      id === 203
        ? reply(203, "text")
        : id === 303
          ? reply(303, new URL("https://example.com"))
          : reply(200, { at: new Date(0) }),
    ),
};

const modes = {
  nulls: procedure.output(json(z.array(Item), { omit: "null" })).query(() => [item]),
  defaults: procedure.output(json(Item, { omit: "defaults" })).query(() => ({ ...item, tags: [] })),
  trusted: procedure.output(json(Item, { trust: true })).query(() => item),
};

const limited = {
  list: procedure.output(z.array(z.date())).query(() => [new Date(0)]),
};

const layered = {
  few: procedure
    .wrap(rateLimit({ limit: 1, window: 1, store: spent, key: (ctx) => ctx.headers.get("x-often") }))
    .wrap(timeout(10_000))
    .output(z.string())
    .query(() => "few"),
  kept: procedure
    .wrap(cache({ control: "public, max-age=60" }))
    .wrap(session({ secrets: ["a secret of thirty-two characters"] }))
    .input({ word: z.string().default("") })
    .output(z.object({ word: z.string() }))
    .query(({ input }) => input),
};

/** What a plugin adds is documented like the rest. */
const linked = plugin("linked", {
  routes: { links: { list: procedure.output(z.string()).query(({ ctx }) => ctx.urlFor(limited.list)) } },
  middleware: [
    {
      name: "linked",
      responseHeaders: { "x-linked": "Links are given out." },
      handle: async (_ctx, next) => {
        const reply = await next();
        reply.headers.push("x-linked", "yes");
        return reply;
      },
    },
  ],
});

/** Every kind of input and output, of dependency, credential and failure. */
export const app = createApp(
  {
    items,
    places: router(places, { prefix: "" }),
    forms,
    uploads: router(uploads, { prefix: "" }),
    wire: router(wire, { prefix: "" }),
    statuses: router(statuses, { prefix: "" }),
    streams,
    media,
    modes,
    faults,
    limited,
    layered,
    restOnly: router({ list: procedure.output(z.string()).query(() => "") }, { rpc: false }),
  },
  {
    info: { title: "Sample", version: "1.0.0" },
    plugins: [linked],
    middleware: [
      requestId(),
      cors({ origins: ["https://shop.example"] }),
      secureHeaders(),
      compress(),
      decompress(),
      flood,
    ],
    onError: () => {},
  },
);
