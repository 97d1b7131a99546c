import { afterAll, expect, it } from "vitest";
import { emittedDocument } from "../../../tests/conformance/emitted-document.ts";
import { app } from "./app.ts";

// The first request starts it.
afterAll(() => app.stop());

it("serves the document that openapi.json pins; `vitest --update` writes it anew", async () => {
  const document = await emittedDocument((request) => app.fetch(request, { ip: "192.0.2.1" }));
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot("../openapi.json");
});
