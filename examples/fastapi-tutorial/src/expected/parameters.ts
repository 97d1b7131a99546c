import { ask, type Complaint, extra, get, missing, noInteger, noNumber, refused, type Table } from "./ask.ts";

const JSON_422 = "422:application/json";
const LIST = [{ item_name: "Foo" }, { item_name: "Bar" }, { item_name: "Baz" }];
const FOUND = [{ item_id: "Foo" }, { item_id: "Bar" }];
const LONG = "This is an amazing item that has a long description";

function above(limit: number, loc: string, kind: "greater_than" | "greater_than_equal"): Complaint {
  const words = kind === "greater_than" ? "greater than" : "greater than or equal to";
  return [kind, ["path", loc], `Input should be ${words} ${limit}`];
}

function below(limit: number, place: string, loc: string, kind: "less_than" | "less_than_equal"): Complaint {
  const words = kind === "less_than" ? "less than" : "less than or equal to";
  return [kind, [place, loc], `Input should be ${words} ${limit}`];
}

function tooShort(name: string): Complaint {
  return ["string_too_short", ["query", name], "String should have at least 3 characters"];
}

function tooLong(name: string): Complaint {
  return ["string_too_long", ["query", name], "String should have at most 50 characters"];
}

const FIFTY = "q".repeat(51);
const COOKIES = { session_id: "123", fatebook_tracker: "456", googall_tracker: "789" };
const COOKIE = { cookie: "session_id=123; fatebook_tracker=456; googall_tracker=789" };
const HEADERS = {
  host: "testserver",
  "save-data": "true",
  "if-modified-since": "yesterday",
  traceparent: "123",
};

/** Paths, queries, cookies and headers. */
export const parameters: Table = {
  "path-params/tutorial002": {
    asked: [
      get("/items/1", { item_id: 1 }),
      refused("GET /items/foo", {}, noInteger("path", "item_id")),
      refused("GET /items/4.2", {}, noInteger("path", "item_id")),
    ],
    documented: { "GET /items/{item_id}": `path:item_id → 200:application/json ${JSON_422}` },
  },
  "path-params/tutorial005": {
    asked: [
      get("/models/alexnet", { model_name: "alexnet", message: "Deep Learning FTW!" }),
      get("/models/lenet", { model_name: "lenet", message: "LeCNN all the images" }),
      get("/models/resnet", { model_name: "resnet", message: "Have some residuals" }),
      refused("GET /models/foo", {}, [
        "enum",
        ["path", "model_name"],
        "Input should be 'alexnet', 'resnet' or 'lenet'",
      ]),
    ],
    documented: { "GET /models/{model_name}": `path:model_name → 200:application/json ${JSON_422}` },
  },
  "query-params/tutorial001": {
    asked: [
      get("/items/", LIST),
      get("/items/?skip=1", LIST.slice(1)),
      get("/items/?skip=1&limit=1", LIST.slice(1, 2)),
      refused("GET /items/?skip=x", {}, noInteger("query", "skip")),
      ask("GET /items?skip=1", {}, 307, { headers: { location: "http://testserver/items/?skip=1" } }),
    ],
    documented: { "GET /items/": `query:skip? query:limit? → 200:application/json ${JSON_422}` },
  },
  "query-params/tutorial002": {
    asked: [get("/items/foo", { item_id: "foo" }), get("/items/bar?q=x", { item_id: "bar", q: "x" })],
  },
  "query-params/tutorial004": {
    asked: [
      get("/users/123/items/foo", { item_id: "foo", owner_id: 123, description: LONG }),
      get("/users/1/items/bar?q=somequery", {
        item_id: "bar",
        owner_id: 1,
        q: "somequery",
        description: LONG,
      }),
      get("/users/42/items/baz?short=on", { item_id: "baz", owner_id: 42 }),
      get("/users/42/items/baz?short=True", { item_id: "baz", owner_id: 42 }),
      refused("GET /users/a/items/b?short=c", {}, noInteger("path", "user_id"), [
        "bool_parsing",
        ["query", "short"],
        "Input should be a valid boolean, unable to interpret input",
      ]),
    ],
  },
  "query-params/tutorial006": {
    asked: [
      get("/items/foo?needy=very", { item_id: "foo", needy: "very", skip: 0, limit: null }),
      refused(
        "GET /items/foo?skip=a&limit=b",
        {},
        missing("query", "needy"),
        noInteger("query", "skip"),
        noInteger("query", "limit"),
      ),
    ],
    documented: {
      "GET /items/{item_id}": `path:item_id query:needy query:skip? query:limit? → 200:application/json ${JSON_422}`,
    },
  },
  "query-params-str-validations/tutorial001": {
    asked: [get("/items/", { items: FOUND }), get("/items/?q=query", { items: FOUND, q: "query" })],
    documented: { "GET /items/": `query:q? → 200:application/json ${JSON_422}` },
  },
  "query-params-str-validations/tutorial002": {
    asked: [
      get("/items/?q=x", { items: FOUND, q: "x" }),
      refused(`GET /items/?q=${FIFTY}`, {}, tooLong("q")),
    ],
  },
  "query-params-str-validations/tutorial003": {
    asked: [
      refused("GET /items/?q=qu", {}, tooShort("q")),
      refused(`GET /items/?q=${FIFTY}`, {}, tooLong("q")),
    ],
  },
  "query-params-str-validations/tutorial005": {
    asked: [
      get("/items/", { items: FOUND, q: "fixedquery" }),
      refused("GET /items/?q=fo", {}, tooShort("q")),
    ],
  },
  "query-params-str-validations/tutorial006": {
    asked: [
      refused("GET /items/", {}, missing("query", "q")),
      get("/items/?q=query", { items: FOUND, q: "query" }),
      refused("GET /items/?q=fo", {}, tooShort("q")),
    ],
    documented: { "GET /items/": `query:q → 200:application/json ${JSON_422}` },
  },
  "query-params-str-validations/tutorial006c": {
    asked: [refused("GET /items/", {}, missing("query", "q")), refused("GET /items/?q=", {}, tooShort("q"))],
  },
  "query-params-str-validations/tutorial007": {
    asked: [get("/items/", { items: FOUND }), refused("GET /items/?q=fo", {}, tooShort("q"))],
  },
  "query-params-str-validations/tutorial008": {
    asked: [get("/items/?q=foo", { items: FOUND, q: "foo" })],
  },
  "query-params-str-validations/tutorial009": {
    asked: [
      get("/items/?item-query=query", { items: FOUND, q: "query" }),
      get("/items/?q=query", { items: FOUND }),
    ],
    documented: { "GET /items/": `query:item-query? → 200:application/json ${JSON_422}` },
  },
  "query-params-str-validations/tutorial010": {
    asked: [
      get("/items/", { items: FOUND }),
      get("/items/?item-query=fixedquery", { items: FOUND, q: "fixedquery" }),
      get("/items/?q=fixedquery", { items: FOUND }),
      refused("GET /items/?item-query=nonregexquery", {}, [
        "string_pattern_mismatch",
        ["query", "item-query"],
        "String should match pattern '^fixedquery$'",
      ]),
    ],
  },
  "query-params-str-validations/tutorial012": {
    asked: [get("/items/", { q: ["foo", "bar"] }), get("/items/?q=baz&q=foobar", { q: ["baz", "foobar"] })],
  },
  "query-params-str-validations/tutorial013": {
    asked: [get("/items/", { q: [] }), get("/items/?q=foo&q=bar", { q: ["foo", "bar"] })],
  },
  "query-params-str-validations/tutorial014": {
    asked: [
      get("/items/?hidden_query=somevalue", { hidden_query: "somevalue" }),
      get("/items/", { hidden_query: "Not found" }),
    ],
    documented: { "GET /items/": "→ 200:application/json" },
  },
  "path-params-numeric-validations/tutorial001": {
    asked: [
      get("/items/42", { item_id: 42 }),
      get("/items/123?item-query=somequery", { item_id: 123, q: "somequery" }),
      refused("GET /items/foo", {}, noInteger("path", "item_id")),
    ],
    documented: {
      "GET /items/{item_id}": `path:item_id query:item-query? → 200:application/json ${JSON_422}`,
    },
  },
  "path-params-numeric-validations/tutorial002": {
    asked: [
      get("/items/42?q=", { item_id: 42 }),
      get("/items/123?q=somequery", { item_id: 123, q: "somequery" }),
      refused("GET /items/foo?q=", {}, noInteger("path", "item_id")),
      refused("GET /items/123", {}, missing("query", "q")),
    ],
  },
  "path-params-numeric-validations/tutorial003": {
    asked: [
      get("/items/42?q=x", { item_id: 42, q: "x" }),
      refused("GET /items/foo", {}, noInteger("path", "item_id"), missing("query", "q")),
    ],
  },
  "path-params-numeric-validations/tutorial005": {
    asked: [
      get("/items/1?q=", { item_id: 1 }),
      get("/items/1000?q=somequery", { item_id: 1000, q: "somequery" }),
      refused("GET /items/0?q=", {}, above(0, "item_id", "greater_than")),
      refused("GET /items/1001?q=", {}, below(1000, "path", "item_id", "less_than_equal")),
    ],
  },
  "path-params-numeric-validations/tutorial006": {
    asked: [
      get("/items/0?q=&size=0.1", { item_id: 0, size: 0.1 }),
      get("/items/1000?q=somequery&size=10.4", { item_id: 1000, q: "somequery", size: 10.4 }),
      refused("GET /items/-1?q=x&size=1", {}, above(0, "item_id", "greater_than_equal")),
      refused("GET /items/0?q=x&size=0.0", {}, [
        "greater_than",
        ["query", "size"],
        "Input should be greater than 0",
      ]),
      refused("GET /items/0?q=x&size=10.5", {}, below(10.5, "query", "size", "less_than")),
      refused("GET /items/0?q=x&size=big", {}, noNumber("query", "size")),
    ],
  },
  "query-param-models/tutorial002": {
    asked: [
      get("/items/?limit=10&offset=5&order_by=updated_at&tags=tag1&tags=tag2", {
        limit: 10,
        offset: 5,
        order_by: "updated_at",
        tags: ["tag1", "tag2"],
      }),
      get("/items/", { limit: 100, offset: 0, order_by: "created_at", tags: [] }),
      refused(
        "GET /items/?limit=150&offset=-1&order_by=invalid",
        {},
        ["less_than_equal", ["query", "limit"], "Input should be less than or equal to 100"],
        ["greater_than_equal", ["query", "offset"], "Input should be greater than or equal to 0"],
        ["enum", ["query", "order_by"], "Input should be 'created_at' or 'updated_at'"],
      ),
      refused("GET /items/?tool=plumbus", {}, extra("query", "tool")),
    ],
  },
  "cookie-param-models/tutorial001": {
    asked: [
      get("/items/", COOKIES, COOKIE),
      get(
        "/items/",
        { session_id: "1", fatebook_tracker: null, googall_tracker: null },
        { cookie: "session_id=1" },
      ),
      refused("GET /items/", {}, missing("cookie", "session_id")),
      get("/items/", COOKIES, { cookie: `${COOKIE.cookie}; extra=track-me-here-too` }),
    ],
    documented: {
      "GET /items/": `cookie:session_id cookie:fatebook_tracker? cookie:googall_tracker? → 200:application/json ${JSON_422}`,
    },
  },
  "cookie-param-models/tutorial002": {
    asked: [
      get("/items/", COOKIES, COOKIE),
      refused("GET /items/", {}, missing("cookie", "session_id")),
      refused(
        "GET /items/",
        { headers: { cookie: "session_id=123; extra=track-me-here-too" } },
        extra("cookie", "extra"),
      ),
    ],
  },
  "header-params/tutorial002": {
    asked: [
      get("/items/", { strange_header: null }),
      get("/items/", { strange_header: "FastAPI test" }, { strange_header: "FastAPI test" }),
      get("/items/", { strange_header: null }, { "strange-header": "Not really underscore" }),
    ],
    documented: { "GET /items/": `header:strange_header? → 200:application/json ${JSON_422}` },
  },
  "header-params/tutorial003": {
    asked: [
      get("/items/", { "X-Token values": null }),
      get("/items/", { "X-Token values": ["foo"] }, { "x-token": "foo" }),
    ],
    documented: { "GET /items/": `header:x-token? → 200:application/json ${JSON_422}` },
  },
  "header-param-models/tutorial002": {
    asked: [
      get(
        "/items/",
        {
          host: "testserver",
          save_data: true,
          if_modified_since: "yesterday",
          traceparent: "123",
          x_tag: [],
        },
        HEADERS,
      ),
      refused("GET /items/", { headers: { ...HEADERS, tool: "plumbus" } }, extra("header", "tool")),
    ],
  },
};
