import { serve } from "@tenon/server/node";
import { app } from "./app.ts";
import { SAMPLE_PASSWORD } from "./data/sample.ts";

const { url } = await serve(app, {
  port: Number(process.env.PORT || 8000),
  host: process.env.HOST || "127.0.0.1",
});

console.log(`
  Shop       ${url}
  Docs       ${url}/docs
  Document   ${url}/openapi.json

  Sample accounts, password ${SAMPLE_PASSWORD}:
    ada@example.com (customer), tom@shop.example (clerk), mira@shop.example (manager)
`);
