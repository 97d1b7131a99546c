import { binary, download, html, json, procedure, raw, redirect, text } from "@tenon/core";
import { z } from "zod";
import { user, visitor } from "../sample-dependencies.ts";
import { Item, item, NOT_FOUND } from "./item.schema.ts";

/** Statuses, headers and cookies of replies. */
export const statuses = {
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

/** What breaks its promises. */
export const faults = {
  broken: procedure.output(z.string()).query(() => {
    throw new Error("secret");
  }),
  liar: procedure.output({ id: z.int() }).query(() => ({ id: "one" }) as never),
};

const BYTES = new Uint8Array([137, 80, 78, 71]);

/** Everything that is no JSON. */
export const media = {
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
      path: id === 404 ? "none.ts" : "replies.ts",
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

/** How JSON is written. */
export const modes = {
  nulls: procedure.output(json(z.array(Item), { omit: "null" })).query(() => [item]),
  defaults: procedure.output(json(Item, { omit: "defaults" })).query(() => ({ ...item, tags: [] })),
  trusted: procedure.output(json(Item, { trust: true })).query(() => item),
};
