import { ApiError } from "@tenon/core";
import { describe, expect, it } from "vitest";
import { isApiError } from "./is-api-error.ts";
import { TransportError } from "./transport-error.ts";

describe("isApiError", () => {
  it("knows errors of calls, transport failures included, from everything else", () => {
    expect(isApiError(new ApiError("NOT_FOUND", 404, undefined))).toBe(true);
    expect(isApiError(new TransportError("NETWORK", new Error("offline")))).toBe(true);
    for (const other of [new Error("x"), { code: "NOT_FOUND", status: 404 }, null, undefined, "NOT_FOUND"]) {
      expect(isApiError(other)).toBe(false);
    }
  });

  it("compares the code where one is given", () => {
    const error: unknown = new ApiError("NOT_FOUND", 404, undefined);
    expect(isApiError(error, "NOT_FOUND")).toBe(true);
    expect(isApiError(error, "GONE")).toBe(false);
  });
});

describe("TransportError", () => {
  it("is an ApiError and an Error, with its own name and its cause", () => {
    const error = new TransportError("TIMEOUT", "because", "no answer");
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toBeInstanceOf(Error);
    expect(new ApiError("TIMEOUT", 503, undefined)).not.toBeInstanceOf(TransportError);
    expect(`${error.name}: ${error.message}`).toBe("TransportError: TIMEOUT: no answer");
    expect(error).toMatchObject({ code: "TIMEOUT", status: undefined, data: undefined, cause: "because" });
  });
});
