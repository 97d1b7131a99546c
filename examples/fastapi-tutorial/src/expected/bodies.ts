import { ask, extra, missing, noInteger, noNumber, refused, type Table } from "./ask.ts";

const ITEM = { name: "Foo", price: 50.5, description: "Some Foo", tax: 0.3 };
const PLAIN = { name: "Foo", price: 50.5, description: null, tax: null };
const NESTED = { name: "Foo", description: "A very nice Item", price: 35.4, tax: 3.2 };
const IMAGE = { url: "http://example.com/image.png", name: "example image" };
const NEEDS_ITEM = [missing("body", "name"), missing("body", "price")];
const WHOLE = "body:application/json → 200:application/json 422:application/json";

/** Bodies of JSON, of forms, of files. */
export const bodies: Table = {
  "body/tutorial002": {
    asked: [
      ask("POST /items/", { json: { name: "Foo", price: 50.5, tax: 0.5 } }, 200, {
        json: { ...PLAIN, tax: 0.5, price_with_tax: 51 },
      }),
      ask("POST /items/", { json: { name: "Foo", price: "50.5" } }, 200, { json: PLAIN }),
      refused("POST /items/", { json: {} }, ...NEEDS_ITEM),
      refused("POST /items/", {}, missing("body")),
    ],
    documented: { "POST /items/": WHOLE },
  },
  "body/tutorial003": {
    asked: [
      ask("PUT /items/123", { json: ITEM }, 200, { json: { item_id: 123, ...ITEM } }),
      refused("PUT /items/foo", { json: {} }, noInteger("path", "item_id"), ...NEEDS_ITEM),
    ],
    documented: { "PUT /items/{item_id}": `path:item_id ${WHOLE}` },
  },
  "body/tutorial004": {
    asked: [
      ask("PUT /items/123?q=somequery", { json: ITEM }, 200, {
        json: { item_id: 123, ...ITEM, q: "somequery" },
      }),
      ask("PUT /items/123", { json: { name: "Foo", price: 50.5 } }, 200, {
        json: { item_id: 123, ...PLAIN },
      }),
    ],
  },
  "body-multiple-params/tutorial002": {
    asked: [
      ask("PUT /items/5", { json: { item: ITEM, user: { username: "johndoe" } } }, 200, {
        json: { item_id: 5, item: ITEM, user: { username: "johndoe", full_name: null } },
      }),
      refused("PUT /items/5", {}, missing("body", "item"), missing("body", "user")),
      refused("PUT /items/5", { json: { user: { username: "johndoe" } } }, missing("body", "item")),
      refused(
        "PUT /items/5",
        { json: { item: { name: "Foo" }, user: { username: "johndoe" } } },
        missing("body", "item", "price"),
      ),
      refused(
        "PUT /items/foo",
        { json: { item: ITEM, user: { username: "johndoe" } } },
        noInteger("path", "item_id"),
      ),
    ],
    documented: { "PUT /items/{item_id}": `path:item_id ${WHOLE}` },
  },
  "body-multiple-params/tutorial003": {
    asked: [
      ask("PUT /items/5", { json: { importance: 2, item: ITEM, user: { username: "Dave" } } }, 200, {
        json: { item_id: 5, importance: 2, item: ITEM, user: { username: "Dave", full_name: null } },
      }),
      refused(
        "PUT /items/5",
        { json: {} },
        missing("body", "item"),
        missing("body", "user"),
        missing("body", "importance"),
      ),
    ],
  },
  "body-multiple-params/tutorial004": {
    asked: [
      ask("PUT /items/5?q=x", { json: { importance: 2, item: ITEM, user: { username: "Dave" } } }, 200, {
        json: { item_id: 5, importance: 2, item: ITEM, user: { username: "Dave", full_name: null }, q: "x" },
      }),
      refused("PUT /items/5", { json: { importance: 0, item: ITEM, user: { username: "Dave" } } }, [
        "greater_than",
        ["body", "importance"],
        "Input should be greater than 0",
      ]),
    ],
    documented: { "PUT /items/{item_id}": `path:item_id query:q? ${WHOLE}` },
  },
  "body-nested-models/tutorial001": {
    asked: [
      ask("PUT /items/1", { json: { ...NESTED, tags: ["foo", 1, "foo"] } }, 200, {
        json: { item_id: 1, item: { ...NESTED, tags: ["foo", 1, "foo"] } },
      }),
      ask("PUT /items/5", { json: { name: "Foo", price: 50.5 } }, 200, {
        json: { item_id: 5, item: { ...PLAIN, tags: [] } },
      }),
      refused("PUT /items/5", { json: {} }, ...NEEDS_ITEM),
    ],
  },
  "body-nested-models/tutorial002": {
    asked: [
      ask("PUT /items/1", { json: { ...NESTED, tags: ["foo", "bar", "foo"] } }, 200, {
        json: { item_id: 1, item: { ...NESTED, tags: ["foo", "bar", "foo"] } },
      }),
    ],
  },
  "body-nested-models/tutorial003": {
    asked: [
      ask("PUT /items/1", { json: { ...NESTED, tags: ["foo", "bar", "foo"] } }, 200, {
        json: { item_id: 1, item: { ...NESTED, tags: ["foo", "bar"] } },
      }),
    ],
  },
  "body-nested-models/tutorial005": {
    asked: [
      ask("PUT /items/1", { json: { ...NESTED, tags: ["foo"], image: IMAGE } }, 200, {
        json: { item_id: 1, item: { ...NESTED, tags: ["foo"], image: IMAGE } },
      }),
      refused(
        "PUT /items/5",
        { json: { ...NESTED, image: { url: "http://example.com/x.png" } } },
        missing("body", "image", "name"),
      ),
    ],
  },
  "body-nested-models/tutorial006": {
    asked: [
      ask("PUT /items/1", { json: { ...NESTED, tags: ["foo"], images: [IMAGE] } }, 200, {
        json: { item_id: 1, item: { ...NESTED, tags: ["foo"], images: [IMAGE] } },
      }),
      refused("PUT /items/5", { json: { ...NESTED, images: IMAGE } }, [
        "list_type",
        ["body", "images"],
        "Input should be a valid list",
      ]),
    ],
  },
  "body-nested-models/tutorial008": {
    asked: [
      ask("POST /images/multiple/", { json: [IMAGE, IMAGE] }, 200, { json: [IMAGE, IMAGE] }),
      refused("POST /images/multiple/", { json: IMAGE }, [
        "list_type",
        ["body"],
        "Input should be a valid list",
      ]),
      refused("POST /images/multiple/", { json: [{ name: "x" }] }, missing("body", 0, "url")),
    ],
    documented: { "POST /images/multiple/": WHOLE },
  },
  "body-nested-models/tutorial009": {
    asked: [
      ask("POST /index-weights/", { json: { 2: 2.2, 3: 3.3 } }, 200, { json: { 2: 2.2, 3: 3.3 } }),
      refused("POST /index-weights/", { json: { 2: "x" } }, noNumber("body", "2")),
      ask("POST /index-weights/", { json: { foo: 2.2 } }, 422),
    ],
  },
  "body-updates/tutorial002": {
    asked: [
      ask("GET /items/foo", {}, 200, {
        json: { name: "Foo", description: null, price: 50.2, tax: 10.5, tags: [] },
      }),
      ask("PATCH /items/foo", { json: { name: "Fooz" } }, 200, {
        json: { name: "Fooz", description: null, price: 50.2, tax: 10.5, tags: [] },
      }),
      ask("PATCH /items/bar", { json: { tags: ["x"], description: null } }, 200, {
        json: { name: "Bar", description: null, price: 62, tax: 20.2, tags: ["x"] },
      }),
    ],
  },
  "schema-extra-example/tutorial001": {
    asked: [ask("PUT /items/5", { json: ITEM }, 200, { json: { item_id: 5, item: ITEM } })],
    documented: { "PUT /items/{item_id}": `path:item_id ${WHOLE}` },
  },
  "schema-extra-example/tutorial002": {
    asked: [ask("PUT /items/5", { json: ITEM }, 200, { json: { item_id: 5, item: ITEM } })],
  },
  "schema-extra-example/tutorial003": {
    asked: [ask("PUT /items/5", { json: ITEM }, 200, { json: { item_id: 5, item: ITEM } })],
  },
  "schema-extra-example/tutorial005": {
    asked: [ask("PUT /items/5", { json: ITEM }, 200, { json: { item_id: 5, item: ITEM } })],
  },
  "request-form-models/tutorial002": {
    asked: [
      ask("POST /login/", { form: { username: "Foo", password: "secret" } }, 200, {
        json: { username: "Foo", password: "secret" },
      }),
      refused(
        "POST /login/",
        { form: { username: "Foo", password: "secret", extra: "extra" } },
        extra("body", "extra"),
      ),
      refused("POST /login/", { form: { username: "Foo" } }, missing("body", "password")),
      refused("POST /login/", {}, missing("body", "username"), missing("body", "password")),
      refused(
        "POST /login/",
        { json: { username: "Foo", password: "secret" } },
        missing("body", "username"),
        missing("body", "password"),
      ),
    ],
    documented: {
      "POST /login/": "body:application/x-www-form-urlencoded → 200:application/json 422:application/json",
    },
  },
  "request-files/tutorial001-02": {
    asked: [
      ask("POST /files/", {}, 200, { json: { message: "No file sent" } }),
      ask("POST /uploadfile/", {}, 200, { json: { message: "No upload file sent" } }),
      ask("POST /files/", { files: [["file", "test.txt", "<file content>"]] }, 200, {
        json: { file_size: 14 },
      }),
      ask("POST /uploadfile/", { files: [["file", "test.txt", "<file content>"]] }, 200, {
        json: { filename: "test.txt" },
      }),
    ],
    documented: {
      "POST /files/": "body?:multipart/form-data → 200:application/json 422:application/json",
      "POST /uploadfile/": "body?:multipart/form-data → 200:application/json 422:application/json",
    },
  },
  "request-files/tutorial001-03": {
    asked: [
      ask("POST /files/", { files: [["file", "test.txt", "<file content>"]] }, 200, {
        json: { file_size: 14 },
      }),
      refused("POST /files/", {}, missing("body", "file")),
    ],
    documented: {
      "POST /files/": "body:multipart/form-data → 200:application/json 422:application/json",
      "POST /uploadfile/": "body:multipart/form-data → 200:application/json 422:application/json",
    },
  },
  "request-files/tutorial002": {
    asked: [
      refused("POST /files/", {}, missing("body", "files")),
      refused("POST /files/", { json: { file: "Foo" } }, missing("body", "files")),
      ask(
        "POST /files/",
        {
          files: [
            ["files", "test.txt", "<file content>"],
            ["files", "test2.txt", "<file content2>"],
          ],
        },
        200,
        { json: { file_sizes: [14, 15] } },
      ),
      ask("POST /uploadfiles/", { files: [["files", "test.txt", "<file content>"]] }, 200, {
        json: { filenames: ["test.txt"] },
      }),
    ],
    documented: {
      "GET /": "→ 200:application/json",
      "POST /files/": "body:multipart/form-data → 200:application/json 422:application/json",
      "POST /uploadfiles/": "body:multipart/form-data → 200:application/json 422:application/json",
    },
  },
  "request-files/tutorial003": {
    asked: [
      ask("POST /files/", { files: [["files", "test.txt", "<file content>"]] }, 200, {
        json: { file_sizes: [14] },
      }),
      ask("GET /", {}, 200, { headers: { "content-type": "text/html; charset=utf-8" } }),
    ],
  },
  "json-base64-bytes/tutorial001": {
    asked: [
      ask("POST /data", { json: { description: "A file", data: "SGVsbG8sIFdvcmxkIQ==" } }, 200, {
        json: { description: "A file", content: "Hello, World!" },
      }),
      ask("GET /data", {}, 200, { json: { description: "A plumbus", data: "aGVsbG8=" } }),
      ask("POST /data-in-out", { json: { description: "A plumbus", data: "aGVsbG8=" } }, 200, {
        json: { description: "A plumbus", data: "aGVsbG8=" },
      }),
    ],
  },
  "strict-content-type/tutorial001": {
    asked: [
      ask("POST /items/", { text: '{"name": "Foo", "price": 50.5}' }, 200, {
        json: { name: "Foo", price: 50.5 },
      }),
      ask("POST /items/", { json: { name: "Foo", price: 50.5 } }, 200, {
        json: { name: "Foo", price: 50.5 },
      }),
      ask(
        "POST /items/",
        { text: '{"name": "Foo", "price": 50.5}', headers: { "content-type": "text/plain" } },
        422,
      ),
    ],
  },
  "custom-request-and-route/tutorial002": {
    asked: [
      ask("POST /", { json: [1, 2, 3] }, 200, { json: 6 }),
      ask("POST /", { json: { numbers: [1, 2, 3] } }, 422, {
        json: {
          detail: {
            errors: [{ type: "list_type", loc: ["body"], msg: "Input should be a valid list" }],
            body: { numbers: [1, 2, 3] },
          },
        },
      }),
    ],
  },
};
