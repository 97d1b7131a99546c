// The unit of every ratio: node:http by hand, the same checks and the same filtering, one head and one write.
import { createServer } from "node:http";
import { createItem, hello, listItems, readItem } from "../data.mjs";
import { answerCount, answerLogin, answerSearch, answerUpload } from "./raw-forms.mjs";
import { isInteger, isItem, isRow, isText, isTextList, pickItem, pickRow } from "../schemas/hand.mjs";
import { host, port } from "./address.mjs";

createServer((request, response) => {
  const { method, url } = request;
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  if (method === "GET") {
    if (path === "/") return answerHello(response);
    if (path === "/items") return answerList(response);
    if (path === "/search") return answerSearch(response, url.slice(mark + 1));
    if (path.startsWith("/items/")) {
      return answerRead(response, path.slice(7), mark < 0 ? "" : url.slice(mark + 1));
    }
  } else if (method === "POST") {
    if (path === "/items") return readBody(request, (text) => answerCreate(response, text));
    if (path === "/login") return readBody(request, (text) => answerLogin(response, text));
    if (path === "/count") return answerCount(request, response);
    if (path === "/upload") return answerUpload(request, response);
  }
  refuse(response, 404, "not found");
}).listen(port, host);

function answerHello(response) {
  const reply = hello();
  if (!isText(reply.hello)) return refuse(response, 500, "output");
  send(response, 200, JSON.stringify({ hello: reply.hello }));
}

function answerList(response) {
  const reply = listItems();
  // oxlint-disable-next-line unicorn/no-new-array -- the length is known: the unit of the bench must not grow it
  const items = new Array(reply.items.length);
  for (let index = 0; index < items.length; index++) {
    const row = reply.items[index];
    if (!isRow(row)) return refuse(response, 500, "output");
    items[index] = pickRow(row);
  }
  if (!isInteger(reply.total)) return refuse(response, 500, "output");
  send(response, 200, JSON.stringify({ items, total: reply.total }));
}

function answerRead(response, segment, query) {
  const id = toInteger(segment);
  let q;
  let limit = 10;
  if (query !== "") {
    for (const pair of query.split("&")) {
      const equals = pair.indexOf("=");
      const name = decodeText(pair.slice(0, equals));
      const value = decodeText(pair.slice(equals + 1));
      if (name === "q") q = value;
      else if (name === "limit") limit = toInteger(value);
    }
  }
  const isIdRight = id >= 1;
  const isQRight = q === undefined || (q.length >= 1 && q.length <= 50);
  const isLimitRight = limit >= 1 && limit <= 100;
  if (!isIdRight || !isQRight || !isLimitRight) {
    return refuse(
      response,
      422,
      `${isIdRight ? "" : "id "}${isQRight ? "" : "q "}${isLimitRight ? "" : "limit "}`,
    );
  }
  const reply = readItem(id, q, limit);
  if (!isReadReply(reply)) return refuse(response, 500, "output");
  const { name, tags } = reply;
  send(response, 200, JSON.stringify({ id: reply.id, q: reply.q, limit: reply.limit, name, tags }));
}

function isReadReply(reply) {
  return (
    isInteger(reply.id) &&
    (reply.q === null || isText(reply.q)) &&
    isInteger(reply.limit) &&
    isText(reply.name) &&
    isTextList(reply.tags)
  );
}

function answerCreate(response, text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return refuse(response, 400, "json");
  }
  if (!isItem(body)) return refuse(response, 422, "body");
  const reply = createItem(pickItem(body));
  if (!isInteger(reply.id) || !isItem(reply.item)) return refuse(response, 500, "output");
  send(response, 200, JSON.stringify({ id: reply.id, item: pickItem(reply.item) }));
}

function readBody(request, then) {
  let first;
  let all;
  request.on("data", (chunk) => {
    if (first === undefined) first = chunk;
    else (all ??= [first]).push(chunk);
  });
  request.on("end", () =>
    then(all ? Buffer.concat(all).toString() : first === undefined ? "" : first.toString()),
  );
}

function send(response, status, text) {
  const headers = ["content-type", "application/json", "content-length", Buffer.byteLength(text)];
  response.writeHead(status, headers);
  response.end(text);
}

function refuse(response, status, why) {
  send(response, status, `{"error":"${why}"}`);
}

function decodeText(text) {
  return text.includes("%") || text.includes("+") ? decodeURIComponent(text.replaceAll("+", " ")) : text;
}

function toInteger(text) {
  const value = Number(text);
  return text !== "" && isInteger(value) ? value : Number.NaN;
}
