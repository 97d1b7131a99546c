import { describe, expect, it } from "vitest";
import { asForm, asMedia, styled } from "../styled.ts";
import { encodeRest, encodeRpc } from "./encode-request.ts";

describe("encodeRpc", () => {
  it("sends one flat JSON object, and an empty one without input", () => {
    expect(encodeRpc("/rpc/a", { id: 7 }, false)).toEqual({
      method: "POST",
      url: "/rpc/a",
      fixed: {
        accept: "application/vnd.tenon+json, application/json;q=0.9",
        "content-type": "application/json",
      },
      body: '{"id":7}',
    });
    expect(encodeRpc("/rpc/a", undefined, false).body).toBe("{}");
  });

  it("lowers rich values to their wire form", () => {
    const { body } = encodeRpc(
      "/rpc/a",
      {
        at: new Date(0),
        big: 9007199254740993n,
        set: new Set([1]),
        map: new Map([["k", 1n]]),
        url: new URL("https://example.com"),
        bytes: new Uint8Array([255]),
        absent: undefined,
      },
      false,
    );
    expect(JSON.parse(body as string)).toEqual({
      at: "1970-01-01T00:00:00.000Z",
      big: "9007199254740993",
      set: [1],
      map: [["k", "1"]],
      url: "https://example.com/",
      bytes: "/w==",
    });
  });

  it("refuses what cannot be sent", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(() => encodeRpc("/rpc/a", circle, false)).toThrow(TypeError);
    expect(() => encodeRpc("/rpc/a", { at: new Date("x") }, false)).toThrow(TypeError);
  });

  it("asks for events where a stream is meant", () => {
    expect(encodeRpc("/rpc/a", {}, true).fixed).toEqual({
      accept: "text/event-stream, application/vnd.tenon+json;q=0.9",
      "content-type": "application/json",
    });
  });

  it("sends files as a form, with the header that no page of another site can send", () => {
    const file = new File(["abc"], "a.txt", { type: "text/plain" });
    const { fixed, body } = encodeRpc(
      "/rpc/a",
      {
        file,
        title: "T",
        at: new Date(0),
        count: 3,
        tags: ["a", "b"],
        meta: { deep: [1n] },
        absent: undefined,
      },
      false,
    );
    expect(fixed).toEqual({
      accept: "application/vnd.tenon+json, application/json;q=0.9",
      "tenon-rpc": "1",
    });
    const form = body as FormData;
    expect((form.get("file") as File).name).toBe("a.txt");
    expect(Object.fromEntries([...form].filter(([key]) => key !== "tags" && key !== "file"))).toEqual({
      title: "T",
      at: "1970-01-01T00:00:00.000Z",
      count: "3",
      meta: '{"deep":["1"]}',
    });
    expect(form.getAll("tags")).toEqual(["a", "b"]);
  });

  it("sends a list of files as repeated parts", () => {
    const { body } = encodeRpc("/rpc/a", { files: [new Blob(["a"]), new Blob(["bc"])] }, false);
    expect((body as FormData).getAll("files").map((part) => (part as Blob).size)).toEqual([1, 2]);
  });
});

describe("encodeRest", () => {
  it("fills the template, percent-encoding each segment", () => {
    expect(encodeRest("GET", "/orgs/{org}/items/{id}", { path: { org: "a/b ?#ü", id: 7n } }).url).toBe(
      "/orgs/a%2Fb%20%3F%23%C3%BC/items/7",
    );
  });

  it("keeps the slashes of a catch-all and encodes the rest", () => {
    expect(encodeRest("GET", "/files/{rest*}", { path: { rest: "a b/c?/%2e" } }).url).toBe(
      "/files/a%20b/c%3F/%252e",
    );
  });

  it.each([
    ["/items/{id}", undefined],
    ["/items/{id}", null],
    ["/items/{id}", ""],
    ["/items/{id}", "."],
    ["/items/{id}", ".."],
    ["/files/{id*}", "../secret"],
    ["/files/{id*}", "a/./b"],
    ["/files/{id*}", ""],
  ])("refuses to lead %s elsewhere by %j", (template, id) => {
    expect(() => encodeRest("GET", template, { path: { id } })).toThrow(TypeError);
  });

  it("reads nothing into the signs of a value", () => {
    expect(encodeRest("GET", "/items/{id}", { path: { id: "$&$1" } }).url).toBe("/items/%24%26%241");
  });

  it("writes queries: lists repeat, undefined is left out, rich values in their text form", () => {
    const { url } = encodeRest("GET", "/items", {
      query: {
        q: "a&b=c",
        absent: undefined,
        tags: ["x", undefined, "y"],
        ids: new Set([1, 2]),
        at: new Date(0),
        yes: true,
        "dry-run": 1n,
      },
    });
    expect(url).toBe(
      "/items?q=a%26b%3Dc&tags=x&tags=y&ids=1&ids=2&at=1970-01-01T00%3A00%3A00.000Z&yes=true&dry-run=1",
    );
    expect(encodeRest("GET", "/items", { query: { q: undefined } }).url).toBe("/items");
  });

  it("has a media type only with a body", () => {
    expect(encodeRest("GET", "/a", undefined)).toMatchObject({ body: null });
    expect(encodeRest("GET", "/a", undefined).fixed).not.toHaveProperty("content-type");
    const sent = encodeRest("POST", "/a", { body: [1n] });
    expect(sent).toMatchObject({ body: '["1"]', fixed: { "content-type": "application/json" } });
  });

  it("sends files as a form, and forms and blobs as they are", () => {
    const sent = encodeRest("POST", "/a", { body: { file: new Blob(["a"]) } });
    expect(sent.body).toBeInstanceOf(FormData);
    expect(sent.fixed).not.toHaveProperty("content-type");
    for (const body of [new FormData(), new URLSearchParams("a=1"), new Blob(["a"])]) {
      expect(encodeRest("POST", "/a", { body }).body).toBe(body);
    }
  });

  it("sends forms and other media as the call says", () => {
    const login = encodeRest("POST", "/a", {
      body: asForm({ name: "a&b", roles: ["x", "y"], at: new Date(0), home: { city: "ü" }, left: undefined }),
    });
    expect([...(login.body as FormData)]).toEqual([
      ["name", "a&b"],
      ["roles", "x"],
      ["roles", "y"],
      ["at", "1970-01-01T00:00:00.000Z"],
      ["home[city]", "ü"],
    ]);
    expect(login.fixed).not.toHaveProperty("content-type");
    const told = encodeRest("POST", "/a", { body: asForm({ meta: styled("json", { deep: [1n] }) }) });
    expect([...(told.body as FormData)]).toEqual([["meta", '{"deep":["1"]}']]);
    const file = new File(["a"], "a.txt");
    const both = encodeRest("POST", "/a", {
      body: asForm({ file, meta: styled("json", { at: [1] }), note: "n" }),
    });
    expect([...(both.body as FormData)]).toEqual([
      ["meta", '{"at":[1]}'],
      ["note", "n"],
      ["file", expect.objectContaining({ name: "a.txt" })],
    ]);
    for (const data of ["a: 1", new Uint8Array([1]), new ReadableStream<Uint8Array>()]) {
      const sent = encodeRest("POST", "/a", { body: asMedia("application/yaml", data) });
      expect(sent.body).toBe(data);
      expect(sent.fixed).toMatchObject({ "content-type": "application/yaml" });
    }
  });

  it("writes queries in the style that the call says, and refuses what would be read as something else", () => {
    const query = (value: unknown): string => encodeRest("GET", "/", { query: { q: value } }).url;
    expect(query(styled("csv", new Set([1, 2])))).toBe("/?q=1%2C2");
    expect(query(styled("spaceDelimited", ["a", "b"]))).toBe("/?q=a%20b");
    expect(query(styled("csv", []))).toBe("/?q=");
    expect(query(styled("json", { at: new Date(0) }))).toBe(
      "/?q=%7B%22at%22%3A%221970-01-01T00%3A00%3A00.000Z%22%7D",
    );
    expect(query(styled("csv", undefined))).toBe("/");
    expect(query({ "a b": 1, none: null })).toBe("/?q%5Ba%20b%5D=1");
    expect([query(null), query([])]).toEqual(["/", "/"]);
    for (const wrong of [
      styled("csv", ["a,b"]),
      styled("csv", [""]),
      styled("pipeDelimited", ["|"]),
      [{ a: 1 }],
      [null],
      { a: { b: 1 } },
      styled("csv", [[1]]),
    ]) {
      expect(() => query(wrong)).toThrow(TypeError);
    }
  });

  it("fills a path with lists: commas in a segment, a segment for each item of a catch-all", () => {
    const path = (template: string, v: unknown): string => encodeRest("GET", template, { path: { v } }).url;
    expect(path("/{v}", [1, 2])).toBe("/1%2C2");
    expect(path("/{v*}", ["a/b", "c"])).toBe("/a%2Fb/c");
    for (const [template, wrong] of [
      ["/{v}", ["a,b"]],
      ["/{v}", []],
      ["/{v*}", []],
      ["/{v*}", ["a", ".."]],
      ["/{v*}", ["a", ""]],
    ] as const) {
      expect(() => path(template, wrong)).toThrow(TypeError);
    }
  });
});
