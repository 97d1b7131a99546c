import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";
import { Seconds } from "./seconds.ts";

const Moment = z.iso.datetime({ offset: true });

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({
      item_id: z.uuid(),
      start_datetime: Moment,
      end_datetime: Moment,
      process_after: Seconds,
      repeat_at: z.iso.time().nullable().default(null),
    })
    .output({
      item_id: z.uuid(),
      start_datetime: Moment,
      end_datetime: Moment,
      process_after: z.number(),
      repeat_at: z.iso.time().nullable(),
      start_process: Moment,
      duration: z.number(),
    })
    .mutation(({ input }) => {
      const start = Date.parse(input.start_datetime) + input.process_after * 1000;
      return {
        ...input,
        start_process: new Date(start).toISOString().replace(/(\.000)?Z$/, "+00:00"),
        duration: (Date.parse(input.end_datetime) - start) / 1000,
      };
    }),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
