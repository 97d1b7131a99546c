import { describe, expect, it } from "vitest";
import { z } from "zod";
import { callback, createSecret, receive, send, webhook } from "../index.ts";
import { sign } from "./signature.ts";

const paid = webhook({ body: { id: z.int(), at: z.date() } });
const at = new Date("2024-01-02T03:04:05.000Z");
const secret = createSecret();

/** Sends to a receiver that keeps the request. */
async function sent(options: Partial<Parameters<typeof send>[2]> = {}): Promise<Request> {
  let kept: Request | undefined;
  await send(
    paid,
    { id: 7, at },
    {
      url: "https://receiver.test/hooks",
      secret,
      fetch: async (url, init) => {
        kept = new Request(url, init);
        return new Response(null, { status: 204 });
      },
      ...options,
    },
  );
  return kept as Request;
}
const altered = async (change: (headers: Headers, body: string) => string | void): Promise<Request> => {
  const request = await sent();
  const headers = new Headers(request.headers);
  const body = await request.text();
  return new Request(request.url, { method: "POST", headers, body: change(headers, body) ?? body });
};

describe("a webhook", () => {
  it("arrives as the data that was sent", async () => {
    const request = await sent({ id: "msg_1", headers: { "x-tenant": "a" } });
    expect(request.method).toBe("POST");
    expect(request.headers.get("content-type")).toBe("application/json");
    expect(request.headers.get("x-tenant")).toBe("a");
    expect(await request.clone().json()).toEqual({ id: 7, at: at.toISOString() });
    expect(await receive(paid, request, { secret })).toEqual({ ok: true, id: "msg_1", data: { id: 7, at } });
  });

  it("is signed as Standard Webhooks says", async () => {
    // The example of the specification's own libraries.
    const known = await sign(
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      1614265330,
      '{"test": 2432232314}',
    );
    expect(known).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("is taken with the old secret and the new one while it is changed", async () => {
    const request = await sent();
    expect(await receive(paid, request, { secret: [createSecret(), secret] })).toMatchObject({ ok: true });
  });

  it.each<[string, () => Promise<Request>, object]>([
    ["unsigned", () => sent({ secret: undefined } as never), { reason: "unsigned" }],
    ["with another body", () => altered((_headers, body) => body.replace("7", "8")), { reason: "forged" }],
    [
      "with another id",
      () => altered((headers) => headers.set("webhook-id", "msg_other")),
      { reason: "forged" },
    ],
    [
      "with a signature that is none",
      () => altered((headers) => headers.set("webhook-signature", "v1,%%% v2,abc v1")),
      { reason: "forged" },
    ],
    [
      "of long ago",
      () => altered((headers) => headers.set("webhook-timestamp", "1614265330")),
      { reason: "expired" },
    ],
    [
      "of no time",
      () => altered((headers) => headers.set("webhook-timestamp", "1e9")),
      { reason: "unsigned" },
    ],
  ])("is refused where it came %s", async (_how, make, expected) => {
    expect(await receive(paid, await make(), { secret })).toMatchObject({ ok: false, ...expected });
  });

  it("is refused past the limit, where it is no JSON, and where it breaks its schema", async () => {
    expect(await receive(paid, await sent(), { secret, limit: 10 })).toEqual({
      ok: false,
      reason: "too_large",
    });
    const signed = async (body: string): Promise<Request> => {
      const time = Math.floor(Date.now() / 1000);
      const headers = {
        "webhook-id": "m",
        "webhook-timestamp": String(time),
        "webhook-signature": await sign(secret, "m", time, body),
      };
      return new Request("https://receiver.test", { method: "POST", headers, body });
    };
    expect(await receive(paid, await signed("{"), { secret })).toEqual({ ok: false, reason: "malformed" });
    expect(await receive(paid, await signed('{"id":"x"}'), { secret })).toMatchObject({
      ok: false,
      reason: "invalid",
      issues: [{ path: ["id"] }, { path: ["at"] }],
    });
  });

  it("is never taken for young or small by a setting that is no number", async () => {
    const old = await altered((headers) => headers.set("webhook-timestamp", "1"));
    expect(await receive(paid, old, { secret, tolerance: Number("5 minutes") })).toMatchObject({
      ok: false,
      reason: "expired",
    });
    expect(await receive(paid, await sent(), { secret, limit: Number.NaN })).toMatchObject({
      ok: false,
      reason: "too_large",
    });
  });

  it("has one value of each header, however its sender writes the name", async () => {
    const request = await sent({
      headers: { "Content-Type": "text/plain", "Webhook-Id": "mine" },
      id: "msg_2",
    });
    expect(request.headers.get("content-type")).toBe("application/json");
    expect(await receive(paid, request, { secret })).toMatchObject({ ok: true, id: "msg_2" });
  });

  it("is not sent with wrong data, and needs a secret worth its name", async () => {
    await expect(send(paid, { id: 1.5, at }, { url: "https://receiver.test" })).rejects.toThrow(
      "Cannot encode this value: id",
    );
    await expect(
      send(paid, { id: 1, at }, { url: "https://receiver.test", secret: "short" }),
    ).rejects.toThrow("at least 16 bytes in base64");
  });

  it("tells what the receiver answered, and follows nobody elsewhere", async () => {
    const redirects: unknown[] = [];
    const delivery = await send(
      paid,
      { id: 1, at },
      {
        url: "https://receiver.test",
        fetch: async (_url, init) => {
          redirects.push(init.redirect);
          return new Response("no", { status: 503 });
        },
      },
    );
    expect(delivery).toMatchObject({ isDelivered: false, status: 503 });
    expect(redirects).toEqual(["manual"]);
  });

  it("is given up when its caller does", async () => {
    const controller = new AbortController();
    const sending = send(
      paid,
      { id: 1, at },
      {
        url: "https://receiver.test",
        signal: controller.signal,
        fetch: (_url, { signal }) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener("abort", () => reject(signal.reason as Error));
            controller.abort(new Error("no longer wanted"));
          }),
      },
    );
    await expect(sending).rejects.toThrow("no longer wanted");
  });
});

describe("a callback", () => {
  it("is written as a method and an expression", () => {
    expect(() => callback("POST {$request.query.url}/a b", { body: z.int() })).toThrow("TENON1006");
    expect(() => callback("POST {$request.query.url", { body: z.int() })).toThrow("is no callback");
  });

  it("is sent by its method", async () => {
    const put = callback("PUT {$request.body#/url}", { body: z.int() });
    const methods: unknown[] = [];
    await send(put, 3, {
      url: "https://receiver.test",
      fetch: async (_url, { method, body }) => {
        methods.push(method, body);
        return new Response();
      },
    });
    expect(methods).toEqual(["PUT", "3"]);
  });
});
