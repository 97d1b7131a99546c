import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Moment = z.iso.datetime({ offset: true });
const Duration = z.iso.duration();

const items = {
  change: procedure
    .route("PUT /{item_id}")
    .input({
      item_id: z.uuid(),
      start_datetime: Moment,
      end_datetime: Moment,
      process_after: Duration,
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
    .mutation(({ input }) => ({
      ...input,
      process_after: 0,
      start_process: input.start_datetime,
      duration: 0,
    })),
};

export const app = createApp({ items }, { semantics: fastapi() });
