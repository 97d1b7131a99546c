import { serve } from "@tenon/server/node";
import { app } from "./app.ts";
import { SAMPLE_PASSWORD } from "./data/seed/seed.ts";

const { url } = await serve(app, {
  port: Number(process.env.PORT || 8000),
  host: process.env.HOST || "127.0.0.1",
});

console.log(`
  API        ${url}/api/articles
  Docs       ${url}/docs
  Document   ${url}/openapi.json

  Sample login: mira.kovac@conduit.example, password ${SAMPLE_PASSWORD}
`);
