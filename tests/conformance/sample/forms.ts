import { file, form, query, procedure } from "@tenon/core";
import { z } from "zod";
import { user } from "../sample-dependencies.ts";

/** Fields, models and files beside them. */
export const forms = {
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

/** Files with limits, streamed ones, nested forms. */
export const uploads = {
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
