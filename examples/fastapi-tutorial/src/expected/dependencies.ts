import { ask, get, missing, refused, type Table } from "./ask.ts";

const TOKEN = { "x-token": "fake-super-secret-token" };
const ITEMS = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

/** A dependency that hears of an error changes nothing about it, whether it throws it again or not. */
const GUNS = [
  get("/items/plumbus", "plumbus"),
  ask("GET /items/foo", {}, 404, { json: { detail: "Item not found, there's only a plumbus here" } }),
  ask("GET /items/portal-gun", {}, 500, { json: { detail: "Internal Server Error" } }),
];

/** Dependencies, credentials, events, background work; the others of these pages have recorded cases. */
export const dependencies: Table = {
  "dependencies/tutorial001-02": {
    asked: [get("/items/?q=foo", { q: "foo", skip: 0, limit: 100 })],
  },
  "dependencies/tutorial002": {
    asked: [
      get("/items/", { items: ITEMS }),
      get("/items/?q=bar&skip=1&limit=1", { q: "bar", items: ITEMS.slice(1, 2) }),
    ],
  },
  "dependencies/tutorial003": { asked: [get("/items/?q=foo", { q: "foo", items: ITEMS })] },
  "dependencies/tutorial005": {
    asked: [
      get("/items/", { q_or_cookie: null }),
      get("/items/?q=bar", { q_or_cookie: "bar" }),
      get("/items/", { q_or_cookie: "foo" }, { cookie: "last_query=foo" }),
      get("/items/?q=bar", { q_or_cookie: "bar" }, { cookie: "last_query=foo" }),
    ],
    documented: {
      "GET /items/": "query:q? cookie:last_query? → 200:application/json 422:application/json",
    },
  },
  "dependencies/tutorial006": {
    asked: [
      refused("GET /items/", {}, missing("header", "x-token"), missing("header", "x-key")),
      ask("GET /items/", { headers: { "x-token": "invalid" } }, 400, {
        json: { detail: "X-Token header invalid" },
      }),
      // What can be judged is judged, whatever else is missing.
      ask("GET /items/", { headers: { "x-key": "invalid" } }, 400, {
        json: { detail: "X-Key header invalid" },
      }),
      refused("GET /items/", { headers: TOKEN }, missing("header", "x-key")),
    ],
  },
  "dependencies/tutorial007": { asked: [get("/items/", { is_open: true })] },
  "dependencies/tutorial008": {
    asked: [
      get("/items/", "abc"),
      // Closed in reverse, each while what it uses is open.
      get("/events/", ["c closes, with ab", "b closes, with a", "a closes"]),
    ],
  },
  "dependencies/tutorial008c": { asked: GUNS },
  "dependencies/tutorial008d": { asked: GUNS },
  "dependencies/tutorial008e": { asked: [get("/users/me", "Rick")] },
  "dependencies/tutorial010": { asked: [get("/items/", { is_open: true })] },
  "dependencies/tutorial011": {
    asked: [
      get("/query-checker/", { fixed_content_in_query: false }),
      get("/query-checker/?q=foobar", { fixed_content_in_query: true }),
    ],
  },
  "security/tutorial002": {
    asked: [
      ask("GET /users/me", {}, 401, {
        json: { detail: "Not authenticated" },
        headers: { "www-authenticate": "Bearer" },
      }),
      get(
        "/users/me",
        {
          username: "testtokenfakedecoded",
          email: "john@example.com",
          full_name: "John Doe",
          disabled: null,
        },
        { authorization: "Bearer testtoken" },
      ),
    ],
  },
  "security/tutorial005": {
    asked: [
      ask("GET /users/me/", {}, 401, {
        json: { detail: "Not authenticated" },
        headers: { "www-authenticate": "Bearer" },
      }),
      ask("GET /users/me/", { headers: { authorization: "Notexistent testtoken" } }, 401, {
        json: { detail: "Not authenticated" },
        headers: { "www-authenticate": "Bearer" },
      }),
      ask("GET /users/me/", { headers: { authorization: "Bearer nonexistent" } }, 401, {
        json: { detail: "Could not validate credentials" },
        headers: { "www-authenticate": 'Bearer scope="me"' },
      }),
      ask("GET /users/me/items/", { headers: { authorization: "Bearer nonexistent" } }, 401, {
        headers: { "www-authenticate": 'Bearer scope="me items"' },
      }),
      ask("GET /status/", { headers: { authorization: "Bearer nonexistent" } }, 401, {
        headers: { "www-authenticate": "Bearer" },
      }),
      ask("POST /token", { form: { username: "johndoe", password: "incorrect" } }, 400, {
        json: { detail: "Incorrect username or password" },
      }),
      ask("POST /token", { form: { username: "foo", password: "secret" } }, 400, {
        json: { detail: "Incorrect username or password" },
      }),
      ask("POST /token", { form: { username: "johndoe", password: "secret" } }, 200),
    ],
  },
  "security/tutorial007": {
    asked: [
      get(
        "/users/me",
        { username: "stanleyjobson" },
        { authorization: `Basic ${btoa("stanleyjobson:swordfish")}` },
      ),
      ask("GET /users/me", { headers: { authorization: `Basic ${btoa("alice:swordfish")}` } }, 401, {
        json: { detail: "Incorrect username or password" },
        headers: { "www-authenticate": "Basic" },
      }),
    ],
  },
  "events/tutorial001": { asked: [get("/items/foo", { name: "Fighters" })] },
  "events/tutorial003": {
    asked: [get("/predict?x=2", { result: 84 }), refused("GET /predict", {}, missing("query", "x"))],
  },
};
