import { ask, get, missing, noInteger, refused, type Table } from "./ask.ts";

const USER = { username: "johndoe", email: "johndoe@example.com", full_name: "Grave Dohl" };
const PAGE = `
    <html>
        <head>
            <title>Some HTML in here</title>
        </head>
        <body>
            <h1>Look ma! HTML!</h1>
        </body>
    </html>
    `;
const PORTAL = { message: "Here's your interdimensional portal." };
const RICK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";
const HTML = { "content-type": "text/html; charset=utf-8" };

/** Models of replies, statuses, headers, cookies, media types, errors. */
export const replies: Table = {
  "response-model/tutorial001": {
    asked: [
      get("/items/", [
        { name: "Portal Gun", description: null, price: 42, tax: null, tags: [] },
        { name: "Plumbus", description: null, price: 32, tax: null, tags: [] },
      ]),
    ],
  },
  "response-model/tutorial001-01": {
    asked: [
      ask("POST /items/", { json: { name: "x", price: 1 } }, 200, {
        json: { name: "x", description: null, price: 1, tax: null, tags: [] },
      }),
    ],
  },
  "response-model/tutorial002": {
    asked: [
      ask("POST /user/", { json: { ...USER, password: "secret" } }, 200, {
        json: { ...USER, password: "secret" },
      }),
    ],
  },
  "response-model/tutorial003-01": {
    asked: [ask("POST /user/", { json: { ...USER, password: "secret" } }, 200, { json: USER })],
  },
  "response-model/tutorial003-02": {
    asked: [
      get("/portal", PORTAL),
      ask("GET /portal?teleport=true", {}, 307, { headers: { location: RICK } }),
    ],
    documented: { "GET /portal": "query:teleport? → 200:application/json 422:application/json" },
  },
  "response-model/tutorial003-03": {
    asked: [ask("GET /teleport", {}, 307, { headers: { location: RICK } })],
    documented: { "GET /teleport": "→ 200:application/json" },
  },
  "response-model/tutorial003-05": {
    asked: [get("/portal", PORTAL)],
    documented: { "GET /portal": "query:teleport? → 200:application/json 422:application/json" },
  },
  "response-model/tutorial005": {
    asked: [
      get("/items/bar/name", { name: "Bar", description: "The Bar fighters" }),
      get("/items/bar/public", { name: "Bar", description: "The Bar fighters", price: 62 }),
    ],
  },
  "response-model/tutorial006": {
    asked: [get("/items/foo/name", { name: "Foo", description: null })],
  },
  "extra-models/tutorial001": {
    asked: [ask("POST /user/", { json: { ...USER, password: "secret" } }, 200, { json: USER })],
  },
  "extra-models/tutorial002": {
    asked: [
      ask("POST /user/", { json: { username: "x", email: "x@example.com", password: "y" } }, 200, {
        json: { username: "x", email: "x@example.com", full_name: null },
      }),
    ],
  },
  "extra-models/tutorial004": {
    asked: [
      get("/items/", [
        { name: "Foo", description: "There comes my hero" },
        { name: "Red", description: "It's my aeroplane" },
      ]),
    ],
  },
  "extra-models/tutorial005": {
    asked: [get("/keyword-weights/", { foo: 2.3, bar: 3.4 })],
    documented: { "GET /keyword-weights/": "→ 200:application/json" },
  },
  "response-status-code/tutorial002": {
    asked: [
      ask("POST /items/?name=Test", {}, 201, { json: { name: "Test" } }),
      refused("POST /items/", {}, missing("query", "name")),
    ],
    documented: { "POST /items/": "query:name → 201:application/json 422:application/json" },
  },
  "handling-errors/tutorial002": {
    asked: [
      get("/items-header/foo", { item: "The Foo Wrestlers" }),
      ask("GET /items-header/bar", {}, 404, {
        json: { detail: "Item not found" },
        headers: { "x-error": "There goes my error" },
      }),
    ],
    documented: { "GET /items-header/{item_id}": "path:item_id → 200:application/json 422:application/json" },
  },
  "handling-errors/tutorial004": {
    asked: [
      get("/items/2", { item_id: 2 }),
      ask("GET /items/3", {}, 418, { text: "Nope! I don't like 3." }),
      ask("GET /items/foo", {}, 400, {
        text: "Validation errors:\nField: (path, item_id), Error: Input should be a valid integer, unable to parse string as an integer",
      }),
    ],
  },
  "handling-errors/tutorial005": {
    asked: [
      ask("POST /items/", { json: { title: "towel", size: "XL" } }, 422, {
        json: {
          detail: [
            {
              type: "int_parsing",
              loc: ["body", "size"],
              msg: "Input should be a valid integer, unable to parse string as an integer",
            },
          ],
          body: { title: "towel", size: "XL" },
        },
      }),
      ask("POST /items/", { json: { title: "towel", size: 5 } }, 200, { json: { title: "towel", size: 5 } }),
    ],
  },
  "handling-errors/tutorial006": {
    asked: [
      refused("GET /items/foo", {}, noInteger("path", "item_id")),
      ask("GET /items/3", {}, 418, { json: { detail: "Nope! I don't like 3." } }),
      get("/items/2", { item_id: 2 }),
    ],
  },
  "response-directly/tutorial001": {
    asked: [
      ask(
        "PUT /items/1",
        { json: { title: "Foo", timestamp: "2023-01-01T12:00:00", description: "A test item" } },
        200,
        { json: { title: "Foo", timestamp: "2023-01-01T12:00:00", description: "A test item" } },
      ),
    ],
  },
  "response-directly/tutorial002": {
    asked: [ask("GET /legacy/", {}, 200, { headers: { "content-type": "application/xml" } })],
    documented: { "GET /legacy/": "→ 200:application/json" },
  },
  "custom-response/tutorial001": { asked: [get("/items/", [{ item_id: "Foo" }])] },
  "custom-response/tutorial001b": { asked: [get("/items/", [{ item_id: "Foo" }])] },
  "custom-response/tutorial002": {
    asked: [ask("GET /items/", {}, 200, { text: PAGE, headers: HTML })],
    documented: { "GET /items/": "→ 200:text/html" },
  },
  "custom-response/tutorial003": {
    asked: [ask("GET /items/", {}, 200, { text: PAGE, headers: HTML })],
    documented: { "GET /items/": "→ 200:application/json" },
  },
  "custom-response/tutorial005": {
    asked: [
      ask("GET /", {}, 200, {
        text: "Hello World",
        headers: { "content-type": "text/plain; charset=utf-8" },
      }),
    ],
    documented: { "GET /": "→ 200:text/plain" },
  },
  "custom-response/tutorial006": {
    asked: [ask("GET /typer", {}, 307, { headers: { location: "https://typer.tiangolo.com" } })],
    documented: { "GET /typer": "→ 200:application/json" },
  },
  "custom-response/tutorial006b": {
    asked: [ask("GET /fastapi", {}, 307, { headers: { location: "https://fastapi.tiangolo.com" } })],
    documented: { "GET /fastapi": "→ 307" },
  },
  "custom-response/tutorial009c": {
    asked: [ask("GET /", {}, 200, { text: '{\n  "message": "Hello World"\n}' })],
  },
  "custom-response/tutorial010": {
    asked: [
      ask("GET /items/", {}, 200, { text: "<h1>Items</h1><p>This is a list of items.</p>", headers: HTML }),
    ],
  },
  "response-cookies/tutorial001": {
    asked: [ask("POST /cookie/", {}, 200, { json: { message: "Come to the dark side, we have cookies" } })],
    documented: { "POST /cookie/": "→ 200:application/json" },
  },
  "response-headers/tutorial001": {
    asked: [
      ask("GET /headers/", {}, 200, {
        json: { message: "Hello World" },
        headers: { "x-cat-dog": "alone in the world", "content-language": "en-US" },
      }),
    ],
  },
  "response-headers/tutorial002": {
    asked: [
      ask("GET /headers-and-object/", {}, 200, {
        json: { message: "Hello World" },
        headers: { "x-cat-dog": "alone in the world" },
      }),
    ],
  },
  "dataclasses/tutorial001": {
    asked: [
      ask("POST /items/", { json: { name: "Foo", price: 3 } }, 200, {
        json: { name: "Foo", price: 3, description: null, tax: null },
      }),
      refused("POST /items/", { json: { name: "Foo", price: "invalid price" } }, [
        "float_parsing",
        ["body", "price"],
        "Input should be a valid number, unable to parse string as a number",
      ]),
    ],
  },
  "dataclasses/tutorial002": {
    asked: [
      get("/items/next", {
        name: "Island In The Moon",
        price: 12.99,
        description: "A place to be playin' and havin' fun",
        tags: ["breater"],
        tax: null,
      }),
    ],
  },
  "dataclasses/tutorial003": {
    asked: [
      ask(
        "POST /authors/foo/items/",
        { json: [{ name: "Bar" }, { name: "Baz", description: "Drop the Baz" }] },
        200,
        {
          json: {
            name: "foo",
            items: [
              { name: "Bar", description: null },
              { name: "Baz", description: "Drop the Baz" },
            ],
          },
        },
      ),
    ],
  },
  "encoder/tutorial001": {
    asked: [
      ask("PUT /items/1", { json: { title: "Foo", timestamp: "2023-01-01T12:00:00Z" } }, 200, { json: null }),
    ],
  },
};
