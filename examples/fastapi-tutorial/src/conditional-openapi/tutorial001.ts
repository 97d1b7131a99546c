import { html, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const { OPENAPI_URL = "/openapi.json" } = process.env;
const openapi = OPENAPI_URL.startsWith("/") ? (OPENAPI_URL as `/${string}`) : false;

const root = {
  root: procedure
    .route("GET /")
    .output({ message: z.string() })
    .query(() => ({ message: "Hello World" })),
};

/** Tenon has one docs page; whoever looks for it under its other name finds the way. */
const alias = {
  redoc: procedure
    .route("GET /redoc")
    .output(html())
    .doc({ hidden: true })
    .query(
      () =>
        `<!doctype html><title>Docs</title><a href="/docs">Docs</a> of <a href="${OPENAPI_URL}">openapi.json</a>`,
    ),
};

export const routes = {
  root: router(root, { prefix: "" }),
  ...(openapi === false ? {} : { alias: router(alias, { prefix: "" }) }),
};

export const app = createApp(routes, { semantics: fastapi(), openapi });
