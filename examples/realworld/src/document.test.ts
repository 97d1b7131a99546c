import { expect, it } from "vitest";
import { call, describeApi } from "./test-api.ts";

describeApi("the document", () => {
  it("is the one that openapi.json pins; `vitest --update` writes it anew", async () => {
    const { status, body } = await call("GET /openapi.json");
    expect(status).toBe(200);
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot("../openapi.json");
  });
});
