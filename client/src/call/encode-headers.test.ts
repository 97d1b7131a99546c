import { describe, expect, it } from "vitest";
import { encodeHeaders } from "./encode-headers.ts";

const url = "http://test";

describe("encodeHeaders", () => {
  it("hands the fixed headers through where there are no others, without a copy", () => {
    const fixed = { accept: "x" };
    expect(encodeHeaders({ url }, fixed, undefined)).toBe(fixed);
  });

  it("lets the call win over credentials, those over the client, whatever the case", async () => {
    const options = {
      url,
      headers: { Authorization: "client", "X-Client": "1", "X-Both": "client" },
      auth: { bearer: "t" },
    };
    expect(await encodeHeaders(options, { accept: "x" }, { headers: { "x-both": "call" } })).toEqual({
      accept: "x",
      authorization: "Bearer t",
      "x-client": "1",
      "x-both": "call",
    });
    expect(
      await encodeHeaders(options, {}, { headers: { AUTHORIZATION: "call", ACCEPT: "y" } }),
    ).toMatchObject({ authorization: "call", accept: "y" });
  });

  it("asks for credentials and headers at each call, sync or async", async () => {
    let count = 0;
    const options = {
      url,
      headers: () => ({ "x-count": String(++count) }),
      auth: { bearer: async () => `t${count}` },
    };
    expect(await encodeHeaders(options, {}, undefined)).toEqual({
      "x-count": "1",
      authorization: "Bearer t1",
    });
    expect(await encodeHeaders(options, {}, undefined)).toEqual({
      "x-count": "2",
      authorization: "Bearer t2",
    });
  });

  it("sends no credential where there is none now", async () => {
    const auth = {
      bearer: () => undefined,
      basic: () => undefined,
      apiKey: { header: { "x-key": () => undefined } },
    };
    expect(await encodeHeaders({ url, auth }, {}, undefined)).toEqual({});
  });

  it("writes basic credentials in UTF-8", async () => {
    const auth = { basic: { username: "jürgen", password: "p:ß" } };
    const { authorization } = await encodeHeaders({ url, auth }, {}, undefined);
    expect(authorization).toBe(`Basic ${Buffer.from("jürgen:p:ß", "utf8").toString("base64")}`);
    await expect(
      encodeHeaders({ url, auth: { basic: { username: "a:b", password: "" } } }, {}, undefined),
    ).rejects.toThrow(TypeError);
  });

  it("sends API keys in headers", async () => {
    const auth = { apiKey: { header: { "X-Key": "h" } } };
    expect(await encodeHeaders({ url, auth }, {}, undefined)).toEqual({ "x-key": "h" });
  });

  it("writes values as text; undefined ones are left out, lists are joined", () => {
    const headers = { "x-at": new Date(0), "x-n": 7, "x-list": ["a", 1n], "x-none": undefined };
    expect(encodeHeaders({ url }, {}, { headers })).toEqual({
      "x-at": "1970-01-01T00:00:00.000Z",
      "x-n": "7",
      "x-list": "a, 1",
    });
  });

  it("joins cookies into one header, encoded", () => {
    expect(
      encodeHeaders(
        { url },
        {},
        { headers: { cookie: "a=1" }, cookies: { theme: "d;rk", none: undefined, n: 2 } },
      ),
    ).toEqual({ cookie: "a=1; theme=d%3Brk; n=2" });
  });
});
