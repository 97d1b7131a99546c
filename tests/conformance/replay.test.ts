import { testClient } from "@tenon/client/testing";
import { procedure } from "@tenon/core";
import type { OpenAPIObject, ResponseObject, SchemaObject } from "@tenon/core/openapi";
import { createApp } from "@tenon/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { app as realworld } from "../../examples/realworld/src/app.ts";
import { codesIn, documentedOperations, parametersOf, resolve } from "./documented.ts";
import { emittedDocument } from "./emitted-document.ts";
import { realworldSubject } from "./realworld-subject.ts";
import { complaintsOf, replay, type Replayed, type Subject } from "./replay.ts";
import { app as sample } from "./sample-app.ts";
import { sampleSubject } from "./sample-subject.ts";
import { closeSchemas, schemaCheck } from "./schema-check.ts";
import { responseValidator } from "./validate-response.ts";

const MINUTES = 60_000;
const RICH = "application/vnd.tenon+json";
const PROBLEM = "application/problem+json";

/** What no request can bring about on purpose: an unforeseen failure, and the passing of thirty seconds. */
const UNPROVOKED = ["INTERNAL", "TIMEOUT"];

/** What must have been asked of each operation at each address and on each wire, by what its document says of it. */
function duties(document: OpenAPIObject): readonly string[] {
  return documentedOperations(document).flatMap((documented) => {
    const { id, operation, isStream, isSocket, rpcPath, method } = documented;
    const security = operation.security ?? [];
    const isOptional = security.some((requirement) => Object.keys(requirement).length === 0);
    const parameters = parametersOf(operation);
    const isFlat = parameters.some((each) => each.in === "path" || each.in === "query");
    return (rpcPath === undefined ? ["rest"] : ["rest", "rpc"]).flatMap((address) => {
      const hasBody = operation.requestBody !== undefined || (address === "rpc" && isFlat);
      const names = isSocket
        ? ["no upgrade"]
        : [
            "valid",
            "broken query",
            ...(address === "rest" && method === "GET" ? ["head"] : []),
            ...(isStream ? ["not acceptable"] : []),
            ...(security.length > 0 ? ["no credentials", "wrong credentials"] : []),
            ...(security.length > 0 && isOptional ? ["no credentials"] : []),
            ...(hasBody ? ["wrong media type", "malformed body", "too large"] : []),
            ...(address === "rest" && parameters.some((each) => each.in === "path") ? ["broken path"] : []),
            ...parameters
              .filter((each) => each.required === true && (each.in === "header" || each.in === "cookie"))
              .map((each) => `missing ${each.in}:${each.name}`),
          ];
      return [0, 1].flatMap((wire) => names.map((name) => `${id} ${address} ${wire} ${name}`));
    });
  });
}

function asked(replayed: readonly Replayed[]): ReadonlySet<string> {
  return new Set(
    replayed.map(({ operation, address, accept, variant }) => {
      const wire = accept.startsWith(RICH) || accept === "application/jsonl" ? 1 : 0;
      return `${operation} ${address} ${wire} ${variant}`;
    }),
  );
}

/** Every documented code of every operation that its REST address never answered with. */
function unseenCodes(document: OpenAPIObject, replayed: readonly Replayed[]): readonly string[] {
  return documentedOperations(document).flatMap(({ id, operation, isSocket }) => {
    const codes = Object.values((operation.responses ?? {}) as Record<string, ResponseObject>).flatMap(
      (entry) => {
        const schema = resolve(document, entry).content?.[PROBLEM]?.schema;
        return schema === undefined ? [] : codesIn(document, schema as SchemaObject);
      },
    );
    const seen = new Set(
      replayed
        .filter((each) => each.operation === id && each.address === "rest")
        .flatMap((each) => each.codes),
    );
    return isSocket
      ? []
      : codes.filter((code) => !seen.has(code) && !UNPROVOKED.includes(code)).map((code) => `${id} ${code}`);
  });
}

/** Every documented success, as status and media type, that was never seen. */
function unseenSuccesses(document: OpenAPIObject, replayed: readonly Replayed[]): readonly string[] {
  const seen = new Set(
    replayed.flatMap(({ operation, status, type }) =>
      [type?.split(";")[0] ?? "empty", "*/*"].map((each) => `${operation} ${status} ${each}`),
    ),
  );
  return documentedOperations(document).flatMap(({ id, operation }) =>
    Object.entries((operation.responses ?? {}) as Record<string, ResponseObject>)
      .filter(([status]) => status.startsWith("2") || status.startsWith("3"))
      .flatMap(([status, entry]) => {
        const types = Object.keys(resolve(document, entry).content ?? {});
        return (types.length === 0 ? ["empty"] : types).map((type) => `${id} ${status} ${type}`);
      })
      .filter((each) => !seen.has(each)),
  );
}

/** How much was asked: pinned, so that a generator that makes less is noticed. */
function tally({ document }: Subject, replayed: readonly Replayed[]): Record<string, number> {
  const at = (address: string): number => replayed.filter((each) => each.address === address).length;
  const succeeded = replayed.filter(({ status }) => status < 300).length;
  return {
    operations: documentedOperations(document).length,
    rest: at("rest"),
    rpc: at("rpc"),
    succeeded,
    failed: replayed.length - succeeded,
  };
}

describe("the sample, replayed from its document", () => {
  let subject: Subject;
  let replayed: readonly Replayed[];
  beforeAll(async () => {
    subject = await sampleSubject();
    replayed = await replay(subject);
  }, 3 * MINUTES);

  it("answers everything as documented", () => {
    expect(complaintsOf(replayed)).toEqual([]);
  });

  it("was asked for everything", () => {
    const missing = duties(subject.document).filter((duty) => !asked(replayed).has(duty));
    expect(missing).toEqual([]);
    expect(tally(subject, replayed)).toEqual({
      operations: 57,
      rest: 1348,
      rpc: 1626,
      succeeded: 322,
      failed: 2652,
    });
  });

  it("answered with every documented code that can be provoked", () => {
    expect(unseenCodes(subject.document, replayed)).toEqual([]);
  });

  it("answered with every documented success", () => {
    const broken = ["faults.broken 200 application/json", "faults.liar 200 application/json"];
    expect(unseenSuccesses(subject.document, replayed)).toEqual(broken);
  });

  it("answered with an opaque failure where a handler breaks, or breaks its promise", () => {
    const internal = replayed.filter(({ codes }) => codes.includes("INTERNAL"));
    expect([...new Set(internal.map(({ operation }) => operation))]).toEqual([
      "streams.ending",
      "faults.broken",
      "faults.liar",
    ]);
  });
});

describe("RealWorld, replayed from its document", () => {
  let subject: Subject;
  let replayed: readonly Replayed[];
  beforeAll(async () => {
    vi.stubEnv("DATABASE_URL", undefined);
    vi.stubEnv("PGLITE_DIRECTORY", undefined);
    vi.stubEnv("JWT_SECRET", "a secret of the tests, of 32 bytes and more");
    await realworld.start();
    subject = await realworldSubject();
    replayed = await replay(subject);
  }, 5 * MINUTES);
  afterAll(async () => {
    await realworld.stop();
    vi.unstubAllEnvs();
  });

  it("answers everything as documented", () => {
    expect(complaintsOf(replayed)).toEqual([]);
  });

  it("was asked for everything", () => {
    const missing = duties(subject.document).filter((duty) => !asked(replayed).has(duty));
    expect(missing).toEqual([]);
    expect(tally(subject, replayed)).toEqual({
      operations: 19,
      rest: 468,
      rpc: 636,
      succeeded: 106,
      failed: 998,
    });
  });

  it("answered with every documented success", () => {
    expect(unseenSuccesses(subject.document, replayed)).toEqual([]);
  });
});

describe("sockets of the sample", () => {
  it("say what their documents say they say", async () => {
    await using test = await testClient(sample);
    const document = closeSchemas(await emittedDocument((request) => test.fetch(request)));
    const check = schemaCheck(document);
    const { receive, send } = document.paths!["/streams/clock"]!.get!["x-websocket"] as {
      receive: SchemaObject;
      send: SchemaObject;
    };
    const socket = await test.socket("/streams/clock");
    const said = { since: "1970-01-01T00:00:00Z" };
    expect(check(receive, said)).toBeUndefined();
    socket.send(JSON.stringify(said));
    const heard = JSON.parse((await socket.receive()) as string) as unknown;
    expect(heard).toEqual({ at: "1970-01-01T00:00:01.000Z", elapsed: "1000" });
    expect(check(send, heard)).toBeUndefined();
    const asked = await test.fetch("/asyncapi.json");
    expect(await asked.json()).toMatchObject({
      channels: { "streams.clock": { address: "/streams/clock" } },
    });
    const wrong = { since: "yesterday" };
    expect(check(receive, wrong)).toBeDefined();
    socket.send(JSON.stringify(wrong));
    expect((await socket.closed).code).toBe(1008);
    const typed = await test.api.streams.clock.connect();
    typed.send({ since: new Date(0) });
    for await (const { at, elapsed } of typed) {
      expect([at, elapsed]).toEqual([new Date(1000), 1000n]);
      typed.close();
    }
  });

  it("tells of lost events where it says that it can", async () => {
    await using test = await testClient(sample);
    const { paths } = await emittedDocument((request) => test.fetch(request));
    const { responses } = paths!["/streams/kept"]!.get as { responses: Record<string, ResponseObject> };
    expect(responses["200"]?.description).toContain("`gap`");
    const answer = await test.fetch("/streams/kept?topic=own", { headers: { "last-event-id": "lost" } });
    expect(await answer.text()).toMatch(/^event: gap\ndata: \{"lastEventId":"lost"\}\n\nid: 1\n/);
  });
});

it("answers as documented where the time is up", async () => {
  const slow = createApp(
    {
      slow: {
        list: procedure.output(z.void()).query(async ({ signal }) => {
          await new Promise((aborted) => signal.addEventListener("abort", aborted));
        }),
      },
    },
    { limits: { timeout: 20 } },
  );
  const validate = responseValidator(await emittedDocument((request) => slow.fetch(request)));
  const { status, headers, ...response } = await slow
    .fetch(new Request("http://conformance.test/slow"))
    .then(async (response) => ({
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    }));
  expect(status).toBe(503);
  expect(response.text).toContain('"TIMEOUT"');
  expect(validate("GET", "http://conformance.test/slow", { status, headers, ...response })).toEqual([]);
});
