import { html, procedure, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const PAGE = `
    <html>
        <head>
            <title>Some HTML in here</title>
        </head>
        <body>
            <h1>Look ma! HTML!</h1>
        </body>
    </html>
    `;

const items = {
  list: procedure
    .route("GET /items/")
    .output(html())
    .query(() => PAGE),
};

export const routes = { items: router(items, { prefix: "" }) };

// FastAPI knows nothing of a Response that a handler returns; its document says 200, any JSON.
export const app = createApp(routes, { semantics: fastapi({ undescribed: ["items.list"] }) });
