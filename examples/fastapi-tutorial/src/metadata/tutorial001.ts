import { procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const items = {
  list: procedure
    .route("GET /items/")
    .output(z.array(z.object({ name: z.string() })))
    .query(() => [{ name: "Katana" }]),
};

export const routes = { items: router(items, { prefix: "" }) };

export const app = createApp(routes, {
  semantics: fastapi(),
  info: {
    title: "ChimichangApp",
    summary: "Deadpool's favorite app. Nuff said.",
    description: [
      "",
      "ChimichangApp API helps you do awesome stuff. 🚀",
      "",
      "## Items",
      "",
      "You can **read items**.",
      "",
      "## Users",
      "",
      "You will be able to:",
      "",
      "* **Create users** (_not implemented_).",
      "* **Read users** (_not implemented_).",
      "",
    ].join("\n"),
    version: "0.0.1",
    termsOfService: "http://example.com/terms/",
    contact: {
      name: "Deadpoolio the Amazing",
      url: "http://x-force.example.com/contact/",
      email: "dp@x-force.example.com",
    },
    license: { name: "Apache 2.0", url: "https://www.apache.org/licenses/LICENSE-2.0.html" },
  },
});
