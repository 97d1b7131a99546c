import type { Result } from "../result.ts";
import { decodeProblem, parseJson } from "./decode-problem.ts";
import { TransportError, type UnexpectedResponse } from "../transport-error.ts";

/** Reads a response into a result. */
export async function decodeResponse(response: Response, signal?: AbortSignal): Promise<Result> {
  const { ok, status, headers } = response;
  const type = headers.get("content-type") ?? "";
  const essence = (type.split(";", 1)[0] as string).trim().toLowerCase();
  const wire = ok ? WIRE.exec(type)?.[1] : undefined;
  if (wire !== undefined && essence !== "text/event-stream") {
    return { ok: true, status, data: await decodeMedia(wire, response) };
  }
  if (ok && essence === "text/event-stream") {
    const { readEvents } = await import("../stream/open-stream.ts");
    return { ok, status, data: await readEvents(response, signal) };
  }
  const text = await response.text();
  if (ok && text === "" && (type === "" || status === 204)) {
    return { ok, status, data: undefined };
  }
  if (essence === "application/json" || essence.endsWith("+json")) {
    const json = parseJson(text);
    if (ok || isRedirect(status, essence)) {
      const isPlain = essence !== "application/vnd.tenon+json";
      return { ok: true, status, data: isPlain ? json : (await import("./revive.ts")).revive(json) };
    }
    const error = decodeProblem(await reviveData(json), Object.fromEntries(headers));
    if (error?.status === status) {
      return { ok: false, error };
    }
  }
  const cause: UnexpectedResponse = { status, type, text: text.slice(0, 1000) };
  throw new TransportError("UNEXPECTED", cause, `${status} ${type}`);
}

/** Leaves a success unread; a failure is a failure. */
export async function keepResponse(response: Response, signal?: AbortSignal): Promise<Result> {
  const { status } = response;
  return status < 400 ? { ok: true, status, data: response } : decodeResponse(response, signal);
}

// How the server says what its body is to the typed client.
const WIRE = /;\s*wire=(text|bytes|raw)\s*$/;

async function decodeMedia(wire: string, response: Response): Promise<unknown> {
  if (wire === "raw") {
    return response;
  }
  if (wire === "text") {
    return response.text();
  }
  const type = (response.headers.get("content-type") as string).replace(WIRE, "");
  return (await response.blob()).slice(undefined, undefined, type);
}

/** A redirect that says where it leads in its body, for nobody to follow unasked. */
function isRedirect(status: number, essence: string): boolean {
  return status >= 300 && status < 400 && essence === "application/vnd.tenon+json";
}

/** A problem whose `data` holds values that JSON does not have says so in `meta`. */
async function reviveData(json: unknown): Promise<unknown> {
  const { data, meta } = (json ?? {}) as { data?: unknown; meta?: unknown };
  return meta === undefined
    ? json
    : { ...(json as object), data: (await import("./revive.ts")).revive({ json: data, meta }) };
}
