import { ApiError } from "@tenon/core";
import { TransportError } from "../transport-error.ts";

/** The error of a problem document; undefined where the value is none. Unknown members are dropped. */
export function decodeProblem(value: unknown, headers?: Record<string, string>): ApiError | undefined {
  const document = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { code, status, data, errors, truncated } = document;
  if (typeof code !== "string" || typeof status !== "number") {
    return undefined;
  }
  const invalid = {
    issues: Array.isArray(errors) ? errors : [],
    ...(truncated === true ? { truncated } : undefined),
  };
  return new ApiError(code, status, code === "INVALID_INPUT" ? invalid : data, {
    title: textOf(document["title"]),
    detail: textOf(document["detail"]),
    headers,
  });
}

/** Parses JSON; `MALFORMED` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TransportError("MALFORMED", error);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
