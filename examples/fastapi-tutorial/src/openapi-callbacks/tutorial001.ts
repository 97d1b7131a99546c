import { body, callback, procedure, query, router } from "@tenon/core";
import { createApp } from "@tenon/server";
import { fastapi } from "@tenon/server/fastapi";
import { z } from "zod";

const Invoice = z
  .object({
    id: z.string(),
    title: z.string().nullable().default(null),
    customer: z.string(),
    total: z.number(),
  })
  .meta({ id: "Invoice" });

const invoicePaid = callback("POST {$callback_url}/invoices/{$request.body.id}", {
  body: z.object({ description: z.string(), paid: z.boolean() }).meta({ id: "InvoiceEvent" }),
  response: z.object({ ok: z.boolean() }).meta({ id: "InvoiceEventReceived" }),
});

const invoices = {
  create: procedure
    .route("POST /invoices/")
    .input({ invoice: body(Invoice), callback_url: query(z.url().optional()) })
    .output({ msg: z.string() })
    .status(200)
    .doc({ callbacks: { invoice_notification: invoicePaid } })
    // Later: await send(invoicePaid, { description, paid: true }, { url: `${callback_url}/invoices/${id}` })
    .mutation(() => ({ msg: "Invoice received" })),
};

export const routes = { invoices: router(invoices, { prefix: "" }) };

export const app = createApp(routes, { semantics: fastapi() });
