import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Settings = z.object({
  ADMIN_EMAIL: z.string(),
  APP_NAME: z.string().default("Awesome API"),
  ITEMS_PER_USER: z.coerce.number().default(50),
});
const settings = Settings.parse(process.env);

const root = {
  info: procedure
    .route("GET /info")
    .output({ app_name: z.string(), admin_email: z.string(), items_per_user: z.int() })
    .query(() => ({
      app_name: settings.APP_NAME,
      admin_email: settings.ADMIN_EMAIL,
      items_per_user: settings.ITEMS_PER_USER,
    })),
};

export const routes = { root: router(root, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
