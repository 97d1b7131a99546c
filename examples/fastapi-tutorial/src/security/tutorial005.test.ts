import { expect, it } from "vitest";
import { app } from "./tutorial005.ts";

const ask = (path: string, token: string): Promise<Response> =>
  app.fetch(new Request(`http://testserver${path}`, { headers: { authorization: `Bearer ${token}` } }));

async function logIn(login: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams(login);
  const response = await app.fetch(new Request("http://testserver/token", { method: "POST", body }));
  const { access_token } = (await response.json()) as { readonly access_token: string };
  return access_token;
}

const john = { username: "johndoe", password: "secret" };

it("lets a token do what its scopes allow, those of dependencies included", async () => {
  const both = await logIn({ ...john, scope: "me items" });
  expect(await (await ask("/users/me/", both)).json()).toEqual({
    username: "johndoe",
    email: "johndoe@example.com",
    full_name: "John Doe",
    disabled: false,
  });
  expect(await (await ask("/users/me/items/", both)).json()).toEqual([{ item_id: "Foo", owner: "johndoe" }]);
  const me = await logIn({ ...john, scope: "me" });
  const lacking = await ask("/users/me/items/", me);
  expect([lacking.status, lacking.headers.get("www-authenticate"), await lacking.json()]).toEqual([
    401,
    'Bearer scope="me items"',
    { detail: "Not enough permissions" },
  ]);
  const none = await logIn(john);
  expect((await ask("/users/me/", none)).status).toBe(401);
  expect(await (await ask("/status/", none)).json()).toEqual({ status: "ok" });
});

it("knows who is inactive", async () => {
  const token = await logIn({ username: "alice", password: "secretalice", scope: "me" });
  const response = await ask("/users/me/", token);
  expect([response.status, await response.json()]).toEqual([400, { detail: "Inactive user" }]);
});

it("has the scopes in its document", async () => {
  const response = await app.fetch(new Request("http://testserver/openapi.json"));
  const { paths, components } = await response.json();
  expect([
    paths["/users/me/"].get.security,
    paths["/users/me/items/"].get.security,
    paths["/status/"].get.security,
  ]).toEqual([[{ oauth2: ["me"] }], [{ oauth2: ["me", "items"] }], [{ oauth2: [] }]]);
  expect(components.securitySchemes.oauth2.flows.password.scopes).toEqual({
    me: "Read information about the current user.",
    items: "Read items.",
  });
});
