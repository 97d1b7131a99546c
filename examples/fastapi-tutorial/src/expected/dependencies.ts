import { ask, get, missing, refused, type Table } from "./ask.ts";

const TOKEN = { "x-token": "fake-super-secret-token" };
const ITEMS = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];

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
