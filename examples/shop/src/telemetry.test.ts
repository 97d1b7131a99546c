import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, it } from "vitest";
import { spanProcessors } from "./telemetry.ts";
import { describeShop } from "./test-shop.ts";

let exporter: InMemorySpanExporter;

describeShop(
  "telemetry",
  (shop) => {
    it("makes a span for each request, named after its operation", async () => {
      const ada = await shop().signIn("ada@example.com");
      exporter.reset();
      await ada.api.orders.list();
      await ada.fetch("/products/999");
      await expect.poll(() => exporter.getFinishedSpans().length).toBe(2);
      const spans = exporter.getFinishedSpans().map(({ name, attributes }) => ({
        name,
        status: attributes["http.response.status_code"],
        route: attributes["http.route"],
      }));
      expect(spans).toEqual([
        { name: "orders.list", status: 200, route: "/orders" },
        { name: "products.read", status: 404, route: "/products/{id}" },
      ]);
    });
  },
  (app) => {
    exporter = new InMemorySpanExporter();
    return app.override(spanProcessors, [new SimpleSpanProcessor(exporter)]);
  },
);
