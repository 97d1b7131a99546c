import { serve } from "@tenon/server/node";
import { app } from "./app.ts";

const { url } = await serve(app, {
  port: Number(process.env.PORT || 8000),
  host: process.env.HOST || "127.0.0.1",
});
console.log(`Assistant  ${url}/chat`);
console.log(`Docs       ${url}/docs`);
