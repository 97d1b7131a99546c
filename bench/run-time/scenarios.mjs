import { item, login, publicList, search, upload } from "./data.mjs";
import { multipartOf, queryOf } from "./body.mjs";

// Those that speak procedures only, or have no forms of their own.
const WITH_FORMS = ["raw", "tenon", "tenon-no-eval", "fastify-zod", "hono-zod", "express-zod"];
const WITH_UPLOADS = WITH_FORMS.filter((name) => name !== "express-zod");

/**
 * One request and the answer that it must get. `call` says the same to a server that speaks procedures, not paths.
 * `mentions` are the words that a refusal must hold: one per mistake in the request.
 * @typedef {{ method: "GET" | "POST", target: string, body?: unknown, raw?: { type: string, bytes: Uint8Array | string } }} Request
 * @typedef {{ status: number, body?: unknown, mentions?: string[] }} Expected
 * `only` names who takes part, where not everyone can.
 * @typedef {{ title: string, only?: string[], request: Request, call: { name: string, input?: unknown }, expected: Expected }} Scenario
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
  S6: {
    title: "urlencoded form",
    only: WITH_FORMS,
    request: {
      method: "POST",
      target: "/login",
      raw: { type: "application/x-www-form-urlencoded", bytes: queryOf(login) },
    },
    expected: { status: 200, body: login },
  },
  S7: {
    title: "10 MiB multipart upload, counted as it arrives",
    only: WITH_UPLOADS.filter((name) => name !== "hono-zod"),
    request: { method: "POST", target: "/count", raw: multipartOf(upload.size) },
    expected: { status: 200, body: upload },
  },
  S7b: {
    title: "10 MiB multipart upload, received whole (on disk; Hono: in memory)",
    only: WITH_UPLOADS,
    request: { method: "POST", target: "/upload", raw: multipartOf(upload.size) },
    expected: { status: 200, body: upload },
  },
  S8: {
    title: "query of 22 parameters, 28 values",
    only: WITH_FORMS,
    request: { method: "GET", target: `/search?${queryOf(search)}` },
    expected: { status: 200, body: search },
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
  "bad form": {
    only: WITH_FORMS,
    request: {
      method: "POST",
      target: "/login",
      raw: { type: "application/x-www-form-urlencoded", bytes: queryOf({ ...login, age: "old" }) },
    },
    expected: { status: 422 },
  },
  "bad query": {
    only: WITH_FORMS,
    request: { method: "GET", target: `/search?${queryOf({ ...search, size: [1, "x"], maxPrice: "much" })}` },
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
