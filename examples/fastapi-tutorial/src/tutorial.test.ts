import type { App } from "@tenon/server";
import type { OpenAPIObject, OperationObject, ParameterObject } from "@tenon/core/openapi";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Asked, Table } from "./expected/ask.ts";
import { bodies } from "./expected/bodies.ts";
import { dependencies } from "./expected/dependencies.ts";
import { documents } from "./expected/documents.ts";
import { parameters } from "./expected/parameters.ts";
import { replies } from "./expected/replies.ts";
import { streams } from "./expected/streams.ts";

const METHODS = ["get", "put", "post", "patch", "delete"] as const;

for (const [page, table] of Object.entries({
  parameters,
  bodies,
  replies,
  documents,
  dependencies,
  streams,
})) {
  describe(page, () => {
    for (const [path, { asked, documented }] of Object.entries<Table[string]>(table)) {
      describe(path, () => {
        let app: App<unknown>;
        beforeAll(async () => {
          vi.spyOn(console, "error").mockImplementation(() => {});
          ({ app } = (await import(`./${path}.ts`)) as { app: App<unknown> });
        });
        afterAll(() => app.stop());

        it.each(asked.map((each) => [`${each.method} ${each.path}`, each.status, each] as const))(
          "answers %s with %i",
          async (_request, _status, each) => check(await send(app, each), each),
        );

        if (documented !== undefined) {
          it("says what FastAPI's document says", async () => {
            const response = await app.fetch(new Request("http://testserver/openapi.json"));
            expect(shortened((await response.json()) as OpenAPIObject)).toEqual(documented);
          });
        }
      });
    }
  });
}

function send(app: App<unknown>, { method, path, headers, body }: Asked): Promise<Response> {
  const sent = { host: "testserver", ...headers };
  const init = body === undefined ? { method, headers: sent } : { method, headers: sent, body };
  const request = new Request(`http://testserver${path}`, init);
  if (typeof body === "string" && headers["content-type"] === undefined) {
    // Without one of its own, a request would be given a content type.
    request.headers.delete("content-type");
  }
  return app.fetch(request);
}

async function check(response: Response, { status, expected }: Asked): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  if ("json" in expected) {
    expect(JSON.parse(text)).toEqual(expected.json);
  }
  if (expected.text !== undefined) {
    expect(text).toBe(expected.text);
  }
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    expect(response.headers.get(name), name).toBe(value);
  }
  if (expected.detail !== undefined) {
    const { detail } = JSON.parse(text) as {
      readonly detail: readonly { readonly type: string; readonly loc: unknown; readonly msg: string }[];
    };
    expect(detail.map(({ type, loc, msg }) => [type, loc, msg])).toEqual(expected.detail);
  }
}

/** The document in short, as the tables have it. */
function shortened({ paths = {} }: OpenAPIObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [[`${method.toUpperCase()} ${path}`, inShort(operation)]];
      }),
    ),
  );
}

function inShort({ parameters: read = [], requestBody, responses }: OperationObject): string {
  const asked = (read as readonly ParameterObject[]).map(
    ({ in: location, name, required }) => `${location}:${name}${required === true ? "" : "?"}`,
  );
  const content = requestBody !== undefined && "content" in requestBody ? requestBody : undefined;
  const body =
    content === undefined
      ? []
      : [`body${content.required === true ? "" : "?"}:${Object.keys(content.content).join(",")}`];
  const answers = Object.entries(responses ?? {}).map(([status, response]) => {
    const types = Object.keys((response as { content?: object }).content ?? {});
    return types.length === 0 ? status : `${status}:${types.join(",")}`;
  });
  return [...asked, ...body, "→", ...answers].join(" ");
}
