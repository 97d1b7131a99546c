import { procedure, router, text } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";

const LEGACY = `<?xml version="1.0"?>
    <shampoo>
    <Header>
        Apply shampoo here.
    </Header>
    <Body>
        You'll have to use soap here.
    </Body>
    </shampoo>
    `;

const legacy = {
  list: procedure
    .route("GET /legacy/")
    .output(text("application/xml"))
    .query(() => LEGACY),
};

export const routes = { legacy: router(legacy, { prefix: "" }) };

// FastAPI knows nothing of a Response that a handler returns; its document says 200, any JSON.
export const app = createApp(routes, { semantics: fastapi({ undescribed: ["legacy.list"] }) });
