import { procedure } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const CarItem = z.object({ description: z.string(), type: z.literal("car") }).meta({ id: "CarItem" });
const PlaneItem = z
  .object({ description: z.string(), type: z.literal("plane"), size: z.int() })
  .meta({ id: "PlaneItem" });
const Vehicle = z.discriminatedUnion("type", [PlaneItem, CarItem]);

const vehicles: Readonly<Record<string, z.infer<typeof Vehicle>>> = {
  item1: { description: "All my friends drive a low rider", type: "car" },
  item2: { description: "Music is my aeroplane, it's my aeroplane", type: "plane", size: 5 },
};

const items = {
  read: procedure
    .route("GET /{item_id}")
    .input({ item_id: z.string() })
    .output(Vehicle)
    .errors({ ITEM_NOT_FOUND: { status: 404 } })
    .query(({ input, errors }) => vehicles[input.item_id] ?? errors.ITEM_NOT_FOUND()),
};

export const routes = { items };

export const app = createApp(routes, { semantics: fastapi() });
