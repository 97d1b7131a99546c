// Forms, uploads and long queries on node:http by hand: each field by its own test, multipart through busboy.
import { createWriteStream } from "node:fs";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Busboy } from "@fastify/busboy";

const folder = mkdtempSync(join(tmpdir(), "tenon-bench-raw-"));
let count = 0;

const text = (least, most) => (value) =>
  typeof value === "string" && value.length >= least && value.length <= most ? value : undefined;
const number = (least, most) => (value) => {
  const read = typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
  return read >= least && read <= most ? read : undefined;
};
const integer = (least, most) => {
  const read = number(least, most);
  return (value) => {
    const found = read(value);
    return Number.isInteger(found) ? found : undefined;
  };
};
const boolean = (value) => (value === "true" ? true : value === "false" ? false : undefined);
const oneOf = (values) => (value) => (values.includes(value) ? value : undefined);
const matching = (pattern) => (value) =>
  typeof value === "string" && pattern.test(value) ? value : undefined;
const list = (read, most) => (value) => {
  const values = Array.isArray(value) ? value : [value];
  const found = values.map(read);
  return found.length > most || found.includes(undefined) ? undefined : found;
};
const date = matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

const LOGIN = Object.entries({
  name: text(1, 100),
  email: matching(/^[\w.+-]+@[\w-]+\.[\w.-]+$/),
  age: integer(18, 150),
  remember: boolean,
  interest: list(text(0, 1000), 10),
});
const SEARCH = Object.entries({
  q: text(1, 100),
  page: integer(1, Infinity),
  limit: integer(1, 100),
  sort: oneOf(["price", "name", "rating"]),
  order: oneOf(["asc", "desc"]),
  minPrice: number(0, Infinity),
  maxPrice: number(0, Infinity),
  inStock: boolean,
  brand: list(text(1, 1000), 10),
  color: list(oneOf(["red", "green", "blue"]), 3),
  size: list(integer(0, Infinity), 10),
  rating: integer(0, 5),
  seller: integer(-Infinity, Infinity),
  country: text(2, 2),
  language: text(2, 2),
  currency: oneOf(["EUR", "USD", "GBP"]),
  since: date,
  until: date,
  warehouse: list(text(0, 1000), 10),
  weight: number(-Infinity, Infinity),
  isNew: boolean,
  isSale: boolean,
});

export const answerLogin = (response, body) => answerFields(response, LOGIN, body);
export const answerSearch = (response, query) => answerFields(response, SEARCH, query);

/** Counts the bytes of the file as they arrive. */
export function answerCount(request, response) {
  const parser = new Busboy({ headers: request.headers });
  let size = 0;
  parser.on("file", (_name, stream) =>
    stream.on("data", (chunk) => {
      size += chunk.length;
    }),
  );
  parser.on("finish", () => send(response, 200, { size }));
  request.pipe(parser);
}

/** Writes the file to the disk, answers, and removes it. */
export function answerUpload(request, response) {
  const parser = new Busboy({ headers: request.headers });
  parser.on("file", (_name, stream) => {
    const path = join(folder, String(count++));
    const disk = stream.pipe(createWriteStream(path));
    disk.on("finish", () => {
      send(response, 200, { size: disk.bytesWritten });
      void rm(path);
    });
  });
  request.pipe(parser);
}

function answerFields(response, fields, encoded) {
  const values = Object.create(null);
  for (const pair of encoded.split("&")) {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, equals);
    const value = decodeURIComponent(pair.slice(equals + 1).replaceAll("+", " "));
    const before = values[name];
    if (before === undefined) values[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else values[name] = [before, value];
  }
  const found = {};
  let wrong = "";
  for (const [name, read] of fields) {
    found[name] = read(values[name]);
    if (found[name] === undefined) wrong += `${name} `;
  }
  if (wrong === "") send(response, 200, found);
  else send(response, 422, { error: wrong });
}

function send(response, status, value) {
  const body = JSON.stringify(value);
  const headers = ["content-type", "application/json", "content-length", Buffer.byteLength(body)];
  response.writeHead(status, headers);
  response.end(body);
}
