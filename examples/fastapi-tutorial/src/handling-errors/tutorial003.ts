import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

class UnicornError extends Error {
  readonly unicorn: string;

  constructor(unicorn: string) {
    super(`${unicorn} did something`);
    this.unicorn = unicorn;
  }
}

const Unicorn = z.object({ name: z.string() });

const magical = procedure
  .errors({ UNICORN: { status: 418, data: Unicorn } })
  .mapError(UnicornError, (error, errors) => errors.UNICORN({ name: error.unicorn }));

const unicorns = {
  read: magical
    .route("GET /{name}")
    .input({ name: z.string() })
    .output({ unicorn_name: z.string() })
    .query(({ input }) => {
      if (input.name === "yolo") {
        throw new UnicornError(input.name);
      }
      return { unicorn_name: input.name };
    }),
};

export const routes = { unicorns };

export const app = createApp(routes, {
  semantics: fastapi({
    errors: {
      UNICORN: ({ data }) => ({
        message: `Oops! ${Unicorn.parse(data).name} did something. There goes a rainbow...`,
      }),
    },
  }),
});
