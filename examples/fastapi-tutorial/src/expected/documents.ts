import { ask, get, type Table } from "./ask.ts";

const ITEM = { name: "Foo", price: 42 };
const STORED = { name: "Foo", description: null, price: 42, tax: null, tags: [] };
const YAML = `
name: Deadpoolio
tags:
- x-force
- x-men
- x-avengers
`;
const YAML_TYPE = { "content-type": "application/x-yaml" };

/** What is said of operations beyond their schemas. */
export const documents: Table = {
  "path-operation-configuration/tutorial001": {
    asked: [ask("POST /items/", { json: ITEM }, 201, { json: STORED })],
    documented: { "POST /items/": "body:application/json → 201:application/json 422:application/json" },
  },
  "path-operation-configuration/tutorial003": {
    asked: [ask("POST /items/", { json: ITEM }, 200, { json: STORED })],
  },
  "path-operation-configuration/tutorial004": {
    asked: [ask("POST /items/", { json: ITEM }, 200, { json: STORED })],
  },
  "path-operation-configuration/tutorial005": {
    asked: [ask("POST /items/", { json: ITEM }, 200, { json: STORED })],
    documented: { "POST /items/": "body:application/json → 200:application/json 422:application/json" },
  },
  "path-operation-advanced-configuration/tutorial001": { asked: [get("/items/", [{ item_id: "Foo" }])] },
  "path-operation-advanced-configuration/tutorial002": { asked: [get("/items/", [{ item_id: "Foo" }])] },
  "path-operation-advanced-configuration/tutorial004": {
    asked: [ask("POST /items/", { json: ITEM }, 200, { json: STORED })],
  },
  "path-operation-advanced-configuration/tutorial005": {
    asked: [get("/items/", [{ item_id: "portal-gun" }])],
  },
  "path-operation-advanced-configuration/tutorial006": {
    asked: [
      ask("POST /items/", { text: "this is actually not validated" }, 200, {
        json: {
          size: 30,
          content: { name: "Maaaagic", price: 42, description: "Just kiddin', no magic here. ✨" },
        },
      }),
    ],
    documented: { "POST /items/": "body:application/json → 200:application/json" },
  },
  "path-operation-advanced-configuration/tutorial007": {
    asked: [
      ask("POST /items/", { text: YAML, headers: YAML_TYPE }, 200, {
        json: { name: "Deadpoolio", tags: ["x-force", "x-men", "x-avengers"] },
      }),
      ask(
        "POST /items/",
        { text: "name: Deadpoolio\ntags:\nx - x-force\nx - x-men\n", headers: YAML_TYPE },
        422,
        {
          json: { detail: "Invalid YAML" },
        },
      ),
      ask(
        "POST /items/",
        { text: "name: Deadpoolio\ntags:\n- x-force\n- sneaky: object\n", headers: YAML_TYPE },
        422,
        {
          detail: [["string_type", ["tags", 1], "Input should be a valid string"]],
        },
      ),
    ],
    documented: { "POST /items/": "body:application/x-yaml → 200:application/json" },
  },
  "additional-responses/tutorial002": {
    asked: [get("/items/foo", { id: "foo", value: "there goes my hero" })],
    documented: {
      "GET /items/{item_id}": "path:item_id query:img? → 200:application/json,image/png 422:application/json",
    },
  },
  "additional-responses/tutorial003": {
    asked: [
      get("/items/foo", { id: "foo", value: "there goes my hero" }),
      ask("GET /items/bar", {}, 404, { json: { message: "Item not found" } }),
    ],
    documented: {
      "GET /items/{item_id}": "path:item_id → 200:application/json 404:application/json 422:application/json",
    },
  },
  "additional-responses/tutorial004": {
    asked: [get("/items/foo", { id: "foo", value: "there goes my hero" })],
    documented: {
      "GET /items/{item_id}":
        "path:item_id query:img? → 200:application/json,image/png 302 403 404 422:application/json",
    },
  },
  "openapi-webhooks/tutorial001": {
    asked: [get("/users/", ["Rick", "Morty"])],
    documented: { "GET /users/": "→ 200:application/json" },
  },
  "extending-openapi/tutorial001": {
    asked: [get("/items/", [{ name: "Foo" }])],
  },
  "separate-openapi-schemas/tutorial001": {
    asked: [
      ask("POST /items/", { json: { name: "Foo" } }, 200, { json: { name: "Foo", description: null } }),
      get("/items/", [
        { name: "Portal Gun", description: "Device to travel through the multi-rick-verse" },
        { name: "Plumbus", description: null },
      ]),
    ],
  },
  "separate-openapi-schemas/tutorial002": {
    asked: [
      ask("POST /items/", { json: { name: "Foo" } }, 200, { json: { name: "Foo", description: null } }),
    ],
  },
};
