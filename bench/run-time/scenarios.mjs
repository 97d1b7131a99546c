import { item, publicList } from "./data.mjs";

/**
 * One request and the answer that it must get. `call` says the same to a server that speaks procedures, not paths.
 * `mentions` are the words that a refusal must hold: one per mistake in the request.
 * @typedef {{ method: "GET" | "POST", target: string, body?: unknown }} Request
 * @typedef {{ status: number, body?: unknown, mentions?: string[] }} Expected
 * @typedef {{ title: string, request: Request, call: { name: string, input?: unknown }, expected: Expected }} Scenario
 */

/** @type {Record<string, Scenario>} */
export const scenarios = {
  S1: {
    title: "path + 2 query → small JSON",
    request: { method: "GET", target: "/items/123?q=hello&limit=25" },
    call: { name: "read", input: { id: 123, q: "hello", limit: 25 } },
    expected: { status: 200, body: { id: 123, q: "hello", limit: 25, name: "Item 123", tags: ["a", "b"] } },
  },
  S2: {
    title: "POST 1 KB nested → response model",
    request: { method: "POST", target: "/items", body: { ...item, unknownKey: "dropped" } },
    call: { name: "create" },
    expected: { status: 200, body: { id: 42, item } },
  },
  S3: {
    title: "list of 100 × 10 fields, 20 KB",
    request: { method: "GET", target: "/items" },
    call: { name: "list" },
    expected: { status: 200, body: publicList },
  },
  S4a: {
    title: "404",
    request: { method: "GET", target: "/nope/x" },
    call: { name: "nope" },
    expected: { status: 404 },
  },
  S4b: {
    title: "422 with all issues",
    request: { method: "GET", target: "/items/abc?limit=1000" },
    call: { name: "read", input: { id: "abc", limit: 1000 } },
    expected: { status: 422, mentions: ["id", "limit"] },
  },
  S5: {
    title: "hello",
    request: { method: "GET", target: "/" },
    call: { name: "hello" },
    expected: { status: 200, body: { hello: "world" } },
  },
};

/** Asked before the timing only: what must be dropped or refused, whatever it costs. */
export const probes = {
  "unknown key at depth": {
    request: {
      method: "POST",
      target: "/items",
      body: { ...item, supplier: { ...item.supplier, unknownKey: "dropped" } },
    },
    call: { name: "create" },
    expected: { status: 200, body: { id: 42, item } },
  },
  "bad body": {
    request: { method: "POST", target: "/items", body: { ...item, sku: "nope" } },
    call: { name: "create" },
    expected: { status: 422 },
  },
  "bad body at depth": {
    request: {
      method: "POST",
      target: "/items",
      body: { ...item, variants: [{ ...item.variants[0], stock: -1 }] },
    },
    call: { name: "create" },
    expected: { status: 422 },
  },
};

export const timedByDefault = ["S1", "S2", "S3", "S5"];
