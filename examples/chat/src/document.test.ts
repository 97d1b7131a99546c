import { afterAll, expect, it } from "vitest";
import { app } from "./app.ts";

// The first request starts it.
afterAll(() => app.stop());

it("serves the document that openapi.json pins; `vitest --update` writes it anew", async () => {
  const response = await app.fetch(new Request("http://localhost/openapi.json"));
  expect(response.status).toBe(200);
  const document = `${JSON.stringify(await response.json(), null, 2)}\n`;
  await expect(document).toMatchFileSnapshot("../openapi.json");
});
