import { ApiError } from "@tenon/core";
import { enrich, encodeBase64 } from "@tenon/core/wire";
import { describe, expect, it } from "vitest";
import type { Result } from "../result.ts";
import { decodeResponse, keepResponse } from "./decode-response.ts";

const RICH = "application/vnd.tenon+json";
const PROBLEM = "application/problem+json";

function respond(body: string | null, type: string | undefined, status = 200): Promise<Result> {
  // A text brings a media type of its own; bytes do not.
  const bytes = body === null ? null : new TextEncoder().encode(body);
  return decodeResponse(
    new Response(bytes, { status, headers: type === undefined ? {} : { "content-type": type } }),
  );
}

function problem(members: object, status: number): Promise<Result> {
  return respond(JSON.stringify({ type: "about:blank", status, ...members }), PROBLEM, status);
}

describe("decodeResponse: successes", () => {
  it("reads JSON whatever the case and the parameters of its media type", async () => {
    expect(await respond('{"a":1}', "Application/JSON; charset=utf-8")).toEqual({
      ok: true,
      status: 200,
      data: { a: 1 },
    });
  });

  it("takes 204, and a body that says nothing, for undefined", async () => {
    expect(await respond(null, undefined, 204)).toEqual({ ok: true, status: 204, data: undefined });
    expect(await respond("", undefined, 202)).toEqual({ ok: true, status: 202, data: undefined });
  });

  it("keeps null", async () => {
    expect(await respond("null", "application/json")).toMatchObject({ data: null });
  });

  it("revives what JSON does not have", async () => {
    const value = {
      at: new Date(0),
      big: 12345678901234567890n,
      set: new Set(["a"]),
      map: new Map([["k", new Date(1)]]),
      url: new URL("https://example.com/x"),
      bytes: new Uint8Array([1, 2, 255]),
      "a.b": [new Date(2)],
    };
    const json = {
      at: value.at.toISOString(),
      big: String(value.big),
      set: ["a"],
      map: [["k", new Date(1).toISOString()]],
      url: value.url.href,
      bytes: encodeBase64(value.bytes),
      "a.b": [new Date(2).toISOString()],
    };
    const result = await respond(JSON.stringify({ json, meta: enrich(value) }), RICH);
    expect(result).toEqual({ ok: true, status: 200, data: value });
  });

  it("gives the plain value where the enriched form has nothing to revive", async () => {
    expect(await respond('{"json":[1]}', RICH)).toMatchObject({ data: [1] });
  });
});

describe("decodeResponse: what is no JSON", () => {
  it("is read as the server says in the media type, whatever it looks like", async () => {
    expect(await respond("[1]", "text/plain; charset=utf-8; wire=text")).toMatchObject({ data: "[1]" });
    expect(await respond("[1]", "application/json; wire=text")).toMatchObject({ data: "[1]" });
    expect(await respond("", "text/html; wire=text")).toMatchObject({ data: "" });
    const blob = (await respond("ab", "image/png; wire=bytes")) as { data: Blob };
    expect([blob.data.type, await blob.data.text()]).toEqual(["image/png", "ab"]);
    const raw = (await respond("<a/>", "application/xml; wire=raw", 203)) as { data: Response };
    expect([raw.data.status, raw.data.bodyUsed]).toEqual([203, false]);
  });

  it("is none of a failure's, nor of a parameter that is another's", async () => {
    await expect(respond("x", "text/html; wire=text", 502)).rejects.toMatchObject({ code: "UNEXPECTED" });
    await expect(respond("x", "text/html; wire=other")).rejects.toMatchObject({ code: "UNEXPECTED" });
    await expect(respond("x", "text/html; hardwire=text")).rejects.toMatchObject({ code: "UNEXPECTED" });
  });

  it("tells where a redirect leads, in the server's own media type alone", async () => {
    const body = '{"json":{"status":303,"location":"/a"}}';
    expect(await respond(body, RICH, 303)).toEqual({
      ok: true,
      status: 303,
      data: { status: 303, location: "/a" },
    });
    await expect(respond(body, "application/json", 303)).rejects.toMatchObject({ code: "UNEXPECTED" });
    await expect(respond(body, RICH, 400)).rejects.toMatchObject({ code: "UNEXPECTED" });
  });
});

describe("keepResponse", () => {
  it("leaves a success unread, and reads a failure", async () => {
    const success = new Response("ab");
    expect(await keepResponse(success)).toEqual({ ok: true, status: 200, data: success });
    expect(success.bodyUsed).toBe(false);
    const failure = new Response('{"status":404,"code":"NOT_FOUND"}', {
      status: 404,
      headers: { "content-type": PROBLEM },
    });
    expect(await keepResponse(failure)).toMatchObject({ ok: false, error: { code: "NOT_FOUND" } });
  });
});

describe("decodeResponse: problems", () => {
  it("makes an ApiError of a problem, without its unknown members", async () => {
    const result = await problem(
      { code: "NOT_FOUND", title: "Not Found", detail: "no 7", data: { id: 7 }, extra: 1, instance: "x" },
      404,
    );
    const error = (result as { error: ApiError }).error;
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "NOT_FOUND", status: 404, data: { id: 7 }, title: "Not Found" });
    expect(error.message).toBe("NOT_FOUND: no 7");
    expect(error).not.toHaveProperty("extra");
    expect(error).not.toHaveProperty("instance");
  });

  it("gives INVALID_INPUT its issues as data", async () => {
    const errors = [{ in: "body", path: ["a"], code: "missing", message: "…" }];
    expect(await problem({ code: "INVALID_INPUT", errors, truncated: true }, 422)).toMatchObject({
      error: { data: { issues: errors, truncated: true } },
    });
    const whole = await problem({ code: "INVALID_INPUT", errors }, 422);
    expect((whole as { error: ApiError }).error.data).toEqual({ issues: errors });
    expect(await problem({ code: "INVALID_INPUT", errors: "none" }, 422)).toMatchObject({
      error: { data: { issues: [] } },
    });
  });

  it("keeps the headers, so that Retry-After can be read", async () => {
    const result = await decodeResponse(
      new Response('{"status":429,"code":"RATE_LIMITED"}', {
        status: 429,
        headers: { "content-type": PROBLEM, "retry-after": "99999999999999999999" },
      }),
    );
    expect(result).toMatchObject({ error: { headers: { "retry-after": "99999999999999999999" } } });
  });

  it("drops a title and a detail that are no text", async () => {
    const result = await problem({ code: "X", title: { toString: "boom" }, detail: 7 }, 400);
    expect((result as { error: ApiError }).error.message).toBe("X");
  });

  it("is not led astray by names of the prototype", async () => {
    const text = '{"__proto__":{"code":"X","status":500},"constructor":{"prototype":{"polluted":1}}}';
    await expect(respond(text, PROBLEM, 500)).rejects.toMatchObject({ code: "UNEXPECTED" });
    const kept = await respond(
      '{"code":"__proto__","status":500,"data":{"__proto__":{"polluted":1}}}',
      PROBLEM,
      500,
    );
    expect(kept).toMatchObject({ error: { code: "__proto__" } });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("decodeResponse: answers that are not the application's", () => {
  it.each([
    ["an HTML error page", "<html>502</html>", "text/html", 502],
    ["an HTML page with 200", "<html>log in</html>", "text/html; charset=utf-8", 200],
    ["text with 200", "hello", "text/plain", 200],
    ["a body without a media type", "{}", undefined, 200],
    ["JSON of another kind", '{"message":"no"}', "application/json", 500],
    ["a problem without a code", '{"type":"about:blank","status":500}', PROBLEM, 500],
    ["a problem with another status", '{"code":"X","status":404}', PROBLEM, 500],
    ["a problem that is null", "null", PROBLEM, 500],
    ["an error without a body", "", undefined, 503],
    ["a redirect that was not followed", "", undefined, 304],
  ])("says UNEXPECTED to %s", async (_name, body, type, status) => {
    const answer = respond(status === 304 ? null : body, type, status);
    await expect(answer).rejects.toMatchObject({
      code: "UNEXPECTED",
      status: undefined,
      cause: { status, type: type ?? "", text: body },
    });
  });

  it("keeps only the beginning of an unexpected body", async () => {
    await expect(respond("x".repeat(100_000), "text/html", 500)).rejects.toMatchObject({
      cause: { text: "x".repeat(1000) },
    });
  });

  it.each([
    ["truncated JSON", '{"a":', "application/json", 200],
    ["JSON that is empty", "", "application/json", 200],
    ["a truncated problem", '{"code":"X', PROBLEM, 500],
    ["an enriched reply that is truncated", '{"json":{"a"', RICH, 200],
    ["an enriched reply that is null", "null", RICH, 200],
    [
      "a path through the prototype",
      '{"json":{},"meta":{"v":1,"values":{"__proto__.x":["Date"]}}}',
      RICH,
      200,
    ],
    ["a class", '{"json":{"a":{}},"meta":{"v":1,"values":{"a":[["class","Item"]]}}}', RICH, 200],
  ])("says MALFORMED to %s", async (_name, body, type, status) => {
    await expect(respond(body, type, status)).rejects.toMatchObject({ code: "MALFORMED" });
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });
});
