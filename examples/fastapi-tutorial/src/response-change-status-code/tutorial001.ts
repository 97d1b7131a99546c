import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const tasks = new Map([["foo", "Listen to the Bar Fighters"]]);

const root = {
  ensure: procedure
    .route("PUT /{task_id}")
    .input({ task_id: z.string() })
    .output({ 200: z.string(), 201: z.string() })
    .mutation(({ input: { task_id }, reply }) => {
      const task = tasks.get(task_id);
      if (task !== undefined) {
        return reply(200, task);
      }
      tasks.set(task_id, "This didn't exist before");
      return reply(201, "This didn't exist before");
    }),
};

export const routes = { "get-or-create-task": root };

export const app = createApp(routes, { semantics: fastapi() });
