import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const ModelName = z.enum(["alexnet", "resnet", "lenet"]).meta({ id: "ModelName" });

const messages = {
  alexnet: "Deep Learning FTW!",
  lenet: "LeCNN all the images",
  resnet: "Have some residuals",
} as const;

const models = {
  read: procedure
    .route("GET /{model_name}")
    .input({ model_name: ModelName })
    .output({ model_name: ModelName, message: z.string() })
    .query(({ input: { model_name } }) => ({ model_name, message: messages[model_name] })),
};

export const routes = { models };

export const app = createApp(routes, { semantics: fastapi() });
