import { ApiError } from "@tenon/core";
import { describe, expect, it } from "vitest";
import type { Result } from "../result.ts";
import { TransportError } from "../transport-error.ts";
import { type Connection, call } from "./call.ts";
import type { EncodedRequest } from "./encode-request.ts";

const request: EncodedRequest = { method: "POST", url: "/rpc/x", fixed: {}, body: "{}" };

function connection(fetch: Connection["fetch"], timeout?: number): Connection {
  return { url: "http://test", options: { url: "", ...(timeout === undefined ? {} : { timeout }) }, fetch };
}

/** Answers when its signal aborts, as `fetch` does. */
function hanging(_url: string, { signal }: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

function errorOf(result: Result): ApiError | TransportError {
  if (result.ok) {
    throw new Error("the call succeeded");
  }
  return result.error;
}

describe("call", () => {
  it("gives data and status of a success", async () => {
    const result = await call(
      connection(async () => Response.json({ id: 1 }, { status: 201 })),
      request,
      {},
    );
    expect(result).toEqual({ ok: true, status: 201, data: { id: 1 } });
  });

  it("adds the keys that travel in the query, asked for at each call", async () => {
    const seen: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      seen.push(url);
      return Response.json(1);
    };
    let count = 0;
    const query = { key: async () => `a&${++count}`, none: undefined };
    const keyed: Connection = {
      url: "http://test",
      options: { url: "", auth: { apiKey: { query } } },
      fetch,
    };
    await call(keyed, request, undefined);
    await call(keyed, { ...request, url: "/a?q=1" }, undefined);
    expect(seen).toEqual(["http://test/rpc/x?key=a%261", "http://test/a?q=1&key=a%262"]);
  });

  it("tells a failing network from everything else and keeps its cause", async () => {
    const cause = new TypeError("fetch failed");
    const error = errorOf(
      await call(
        connection(() => Promise.reject(cause)),
        request,
        {},
      ),
    );
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: "NETWORK", status: undefined, cause });
  });

  it("counts a fetch that throws as a failing network", async () => {
    const broken = (): never => {
      throw new Error("no network here");
    };
    expect(errorOf(await call(connection(broken), request, {})).code).toBe("NETWORK");
  });

  it("counts a body that breaks off as a failing network", async () => {
    const body = new ReadableStream({
      pull: (controller) => controller.error(new TypeError("terminated")),
    });
    const answer = new Response(body, { headers: { "content-type": "application/json" } });
    expect(
      errorOf(
        await call(
          connection(async () => answer),
          request,
          {},
        ),
      ).code,
    ).toBe("NETWORK");
  });

  it("fails with TIMEOUT after the client's time", async () => {
    expect(errorOf(await call(connection(hanging, 5), request, {})).code).toBe("TIMEOUT");
  });

  it("prefers the call's time to the client's", async () => {
    expect(errorOf(await call(connection(hanging, 60_000), request, { timeout: 5 })).code).toBe("TIMEOUT");
  });

  it("counts the time until the body has arrived", async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([123])) });
    const answer = new Response(body, { headers: { "content-type": "application/json" } });
    const error = errorOf(
      await call(
        connection(async () => answer),
        request,
        { timeout: 5 },
      ),
    );
    expect(error.code).toBe("TIMEOUT");
  });

  it("takes an endless timeout for none", async () => {
    const later = async (): Promise<Response> => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return Response.json(1);
    };
    expect(await call(connection(later), request, { timeout: Number.POSITIVE_INFINITY })).toMatchObject({
      ok: true,
    });
  });

  it("fails with ABORTED and sends nothing where the signal has aborted before", async () => {
    let calls = 0;
    const fetch = async (): Promise<Response> => {
      calls++;
      return Response.json(1);
    };
    const error = errorOf(await call(connection(fetch), request, { signal: AbortSignal.abort("no need") }));
    expect(error).toMatchObject({ code: "ABORTED", cause: "no need" });
    expect(calls).toBe(0);
  });

  it("fails with ABORTED where the signal aborts during the call, and aborts the fetch", async () => {
    const controller = new AbortController();
    let seen: AbortSignal | null | undefined;
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      seen = init.signal;
      return hanging(url, init);
    };
    const pending = call(connection(fetch, 60_000), request, { signal: controller.signal });
    setTimeout(() => controller.abort(), 1);
    expect(errorOf(await pending).code).toBe("ABORTED");
    expect(seen?.aborted).toBe(true);
  });

  it("does not wait for a fetch that ignores its signal", async () => {
    const deaf = (): Promise<Response> => new Promise(() => {});
    expect(errorOf(await call(connection(deaf), request, { timeout: 5 })).code).toBe("TIMEOUT");
  });

  it("calls a signal of AbortSignal.timeout a TIMEOUT", async () => {
    const error = errorOf(await call(connection(hanging), request, { signal: AbortSignal.timeout(5) }));
    expect(error.code).toBe("TIMEOUT");
  });

  it("leaves no listener on a signal that outlives the call", async () => {
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    signal.addEventListener = (_type: string, listener: unknown) => listeners.add(listener);
    signal.removeEventListener = (_type: string, listener: unknown) => listeners.delete(listener);
    await call(
      connection(async () => Response.json(1)),
      request,
      { signal },
    );
    expect(listeners.size).toBe(0);
  });
});
