import { emittedDocument } from "./emitted-document.ts";
import type { Scenario, Subject } from "./replay.ts";
import { app } from "./sample-app.ts";

// Every declared error and every further status of success is provoked once.
const scenarios: readonly Scenario[] = [
  { operation: "items.create", status: 409, known: { name: "taken" } },
  { operation: "items.create", status: 409, known: { name: "closed" } },
  { operation: "items.read", status: 404, known: { id: 404 } },
  { operation: "items.replace", status: 404, known: { id: 404 } },
  { operation: "items.update", status: 404, known: { "x-tenant": "nobody" } },
  { operation: "items.update", status: 402, known: { plan: "paid" } },
  { operation: "forms.login", status: 401, known: { name: "nobody" } },
  { operation: "wire.late", status: 409, known: { by: 11 } },
  { operation: "statuses.several", status: 201, known: { id: 201 } },
  { operation: "statuses.several", status: 202, known: { id: 202 } },
  { operation: "statuses.several", status: 204, known: { id: 204 } },
  { operation: "media.report", status: 404, known: { id: 404 } },
  { operation: "media.report", status: 206, headers: { range: "bytes=0-1" }, address: "rest" },
  { operation: "media.report", status: 304, headers: { "if-none-match": "*" }, address: "rest" },
  { operation: "media.report", status: 412, headers: { "if-match": '"other"' }, address: "rest" },
  { operation: "media.report", status: 416, headers: { range: "bytes=9999999-" }, address: "rest" },
  { operation: "media.report", status: 200, headers: { range: "bytes=0-1" }, address: "rpc" },
  { operation: "media.attachment", status: 206, headers: { range: "bytes=-1" }, address: "rest" },
  { operation: "media.attachment", status: 304, headers: { "if-none-match": '"1"' }, address: "rest" },
  { operation: "media.attachment", status: 412, headers: { "if-match": '"2"' }, address: "rest" },
  { operation: "media.attachment", status: 416, headers: { range: "bytes=9-" }, address: "rest" },
  { operation: "media.either", status: 203, known: { id: 203 } },
  { operation: "media.either", status: 303, known: { id: 303 } },
  { operation: "streams.watch", status: 404, known: { "x-tenant": "nobody" } },
  { operation: "streams.ending", status: 200, known: { how: "declared" } },
  { operation: "streams.kept", status: 200, known: { topic: "all" } },
  { operation: "streams.kept", status: 200, known: { topic: "all" }, headers: { "last-event-id": "1" } },
  { operation: "streams.kept", status: 200, known: { topic: "all" }, headers: { "last-event-id": "lost" } },
  { operation: "streams.ending", status: 200, known: { how: "thrown" } },
  { operation: "limited.list", status: 429, headers: { "x-flood": "yes" } },
  { operation: "limited.list", status: 503, headers: { "x-flood": "drain" } },
  { operation: "layered.few", status: 429, headers: { "x-often": "yes" } },
  { operation: "layered.few", status: 503, headers: { "x-often": "broken" } },
  { operation: "layered.once", status: 400, headers: { "idempotency-key": "a b" } },
  { operation: "layered.once", status: 409, headers: { "idempotency-key": "a", "x-before": "running" } },
  { operation: "layered.once", status: 422, headers: { "idempotency-key": "a", "x-before": "other" } },
  { operation: "layered.ours", status: 403, headers: { origin: "https://evil.example" } },
  { operation: "layered.here", status: 400, headers: { host: "evil.example" } },
  { operation: "layered.secure", status: 308, headers: { "x-forwarded-for": "1.2.3.4" } },
  { operation: "layered.kept", status: 304, headers: { "if-none-match": "*" }, address: "rest" },
  { operation: "layered.kept", status: 412, headers: { "if-match": '"other"' }, address: "rest" },
];

const credentials = (token: string): Record<string, string> => ({
  bearer: `Bearer ${token}`,
  basic: `Basic ${btoa(`${token}:password`)}`,
  headerKey: token,
  cookieKey: token,
  queryKey: token,
});

/** The sample as the replay asks it. */
export async function sampleSubject(): Promise<Subject> {
  const fetch = (request: Request): Promise<Response> => {
    // Which every request of HTTP/1.1 has, and none that is made here.
    request.headers.set("host", request.headers.get("host") ?? "localhost");
    return app.fetch(request);
  };
  return {
    document: await emittedDocument(fetch),
    fetch,
    credentials: { good: credentials("good"), wrong: credentials("wrong"), weak: credentials("weak") },
    scenarios,
    failing: { "faults.broken": 500, "faults.liar": 500 },
  };
}
