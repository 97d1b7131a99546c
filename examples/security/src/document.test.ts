import { expect, it } from "vitest";
import { app as apiKeys } from "./api-keys.ts";
import { app as authorizationCode } from "./authorization-code.ts";
import { app as jwks } from "./jwks.ts";
import { app as passwordLogin } from "./password-login.ts";
import { app as sessionLogin } from "./session-login.ts";

it.each([
  ["api-keys", apiKeys],
  ["authorization-code", authorizationCode],
  ["jwks", jwks],
  ["password-login", passwordLogin],
  ["session-login", sessionLogin],
])("the document of %s is as it was", async (name, app) => {
  const response = await app.fetch(new Request("http://localhost/openapi.json"));
  const document = `${JSON.stringify(await response.json(), undefined, 2)}\n`;
  await expect(document).toMatchFileSnapshot(`../documents/${name}.json`);
});
