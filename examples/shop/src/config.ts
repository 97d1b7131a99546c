import { dependency } from "@tenon/core";
import { settings } from "@tenon/server/settings";
import { z } from "zod";

const shape = {
  /** A PostgreSQL server; without one, a PostgreSQL in this process. */
  databaseUrl: z
    .url({ protocol: /^postgres(ql)?$/ })
    .meta({ secret: true })
    .optional(),
  /** Where that one keeps its data; without a folder they end with the process. */
  databaseFolder: z.string().min(1).optional(),
  /** Where pictures are kept. */
  pictureFolder: z.string().min(1).default("pictures"),
  /** Signs access tokens (RFC 7518, 3.2: at least 256 bits). Without one, tokens end with the process. */
  tokenSecret: z.string().min(32).meta({ secret: true }).optional(),
  /** Where mail goes out; without a server it is printed. */
  smtpUrl: z
    .url({ protocol: /^smtps?$/ })
    .meta({ secret: true })
    .optional(),
  mailFrom: z.string().default("The shop <shop@shop.example>"),
};

/** What the shop is told by its environment, and by a file `.env`. */
export type Config = ReturnType<typeof readConfig>;

/** Reads the settings; throws one error that lists all that is wrong with them. */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  return settings(shape, { prefix: "SHOP_", files: [".env"], env });
}

/** The settings, as a dependency; tests put others in their place. */
export const config = dependency.scope("app").resolve((): Config => readConfig());
