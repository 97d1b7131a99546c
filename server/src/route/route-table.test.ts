import fc from "fast-check";
import { expect, it } from "vitest";
import { RouteTable } from "./route-table.ts";

function table(...paths: string[]): RouteTable<string> {
  const routes = new RouteTable<string>();
  for (const path of paths) {
    routes.add("GET", path, path);
  }
  return routes;
}

const find = (routes: RouteTable<string>, path: string): unknown => {
  const found = routes.match("GET", path);
  return typeof found === "object" ? [found.entry, ...found.values] : found;
};

it("prefers static to parameter to catch-all, whatever the order of adding", () => {
  const paths = ["/{rest*}", "/items/{id}", "/items/new", "/items/{id}/{part}", "/items/new/{part}", "/"];
  fc.assert(
    fc.property(fc.shuffledSubarray(paths, { minLength: paths.length }), (order) => {
      const routes = table(...order);
      expect(find(routes, "/items/new")).toEqual(["/items/new"]);
      expect(find(routes, "/items/7")).toEqual(["/items/{id}", "7"]);
      expect(find(routes, "/items/new/a")).toEqual(["/items/new/{part}", "a"]);
      expect(find(routes, "/items/7/a")).toEqual(["/items/{id}/{part}", "7", "a"]);
      expect(find(routes, "/items/7/a/b")).toEqual(["/{rest*}", "items/7/a/b"]);
      expect(find(routes, "/")).toEqual(["/"]);
    }),
  );
});

it("goes back where a static part leads nowhere", () => {
  const routes = table("/a/b/c", "/{x}/b/d");
  expect(find(routes, "/a/b/d")).toEqual(["/{x}/b/d", "a"]);
  expect(find(routes, "/a/b/e")).toBeUndefined();
  expect(find(table("/a/b/c", "/{x}/b/d", "/a/{y*}"), "/a/b/d")).toEqual(["/a/{y*}", "b/d"]);
});

it("decodes a segment after it was found, and finds no empty ones", () => {
  const routes = table("/items/{id}", "/caf\u00e9");
  expect(find(routes, "/items/a%2Fb%20c")).toEqual(["/items/{id}", "a/b c"]);
  expect(find(routes, "/caf%C3%A9")).toEqual(["/caf\u00e9"]);
  expect(find(routes, "/items/%zz")).toBe("malformed");
  expect(find(routes, "/items/%0a")).toBe("malformed");
  expect(find(routes, "/items/")).toBeUndefined();
  expect(find(routes, "/items//")).toBeUndefined();
});

it("knows the methods of an address", () => {
  const routes = new RouteTable<string>();
  routes.add("GET", "/items/{id}", "a");
  routes.add("PUT", "/items/{id}", "b");
  routes.add("POST", "/items/new", "c");
  expect(routes.methodsAt("/items/7")).toEqual(["GET", "PUT"]);
  expect(routes.methodsAt("/items/new")).toEqual(["GET", "POST", "PUT"]);
  expect(routes.methodsAt("/nope")).toEqual([]);
});
