import { isDeepStrictEqual } from "node:util";
import { bodyOf } from "./body.mjs";
import { requestOf, valueOf } from "./dialect.mjs";
import { probes, scenarios } from "./scenarios.mjs";

/** Asks each scenario once and returns a sentence for each way in which the answer is not the expected one. */
export async function compareAnswers(server) {
  const deviations = [];
  for (const [name, scenario] of Object.entries({ ...scenarios, ...probes })) {
    if (scenario.only?.includes(server.name) === false) continue;
    const { request, reply, text } = await ask(server, scenario);
    for (const words of deviationsOf(server, scenario, request, reply, text))
      deviations.push(`${name}: ${words}`);
  }
  return deviations;
}

async function ask(server, scenario) {
  const request = requestOf(server.contestant, scenario);
  const sent = bodyOf(request);
  const body = sent === undefined ? {} : { body: sent.bytes, headers: { "content-type": sent.type } };
  const reply = await fetch(`${server.url}${request.target}`, { method: request.method, ...body });
  return { request, reply, text: await reply.text() };
}

function* deviationsOf(server, scenario, request, reply, text) {
  const { expected } = scenario;
  const isRefused = reply.status >= 400 && reply.status < 500;
  if (reply.status !== expected.status) yield `status ${reply.status}, not ${expected.status}`;
  if (!/^application\/([a-z.-]+\+)?json/.test(reply.headers.get("content-type") ?? "")) {
    yield `content type ${reply.headers.get("content-type")}`;
  }
  if (expected.body !== undefined && !isRefused) {
    const value = valueOf(server.contestant, parse(text));
    if (!isDeepStrictEqual(value, expected.body)) yield `body ${text.slice(0, 160)}`;
    for (const key of ["unknownKey", "secret", "internalCost"]) {
      if (text.includes(`"${key}"`)) yield `the key '${key}' is in the answer`;
    }
  }
  if (expected.mentions !== undefined) {
    if (!isRefused) yield `not refused: ${request.method} ${request.target}`;
    const missing = expected.mentions.filter((word) => !new RegExp(`\\b${word}\\b`).test(text));
    if (missing.length > 0) yield `does not name ${missing.join(", ")}`;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
