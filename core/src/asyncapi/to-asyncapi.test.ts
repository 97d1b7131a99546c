import { type AsyncAPIDocumentInterface, Parser } from "@asyncapi/parser";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { project } from "../operation/project.ts";
import { describe as describeApi } from "../openapi/document.ts";
import { header, query } from "../procedure/place.ts";
import { procedure } from "../procedure/procedure-builder.ts";
import { router } from "../router/router.ts";
import { security } from "../security/security.ts";
import { type AsyncAPIObject, toAsyncAPI } from "./to-asyncapi.ts";

const Message = z.object({ text: z.string(), at: z.date() }).meta({ id: "Message" });
const ticket = security.apiKey({ in: "query", key: "ticket", name: "ticket" });
const user = security.oauth2({
  name: "user",
  flows: { password: { tokenUrl: "https://chat.example/token" } },
  scopes: { chat: "Take part" },
});
const own = security.oauth2({ name: "own", flows: { password: { tokenUrl: "/token" } } });
const who = security.any({ ticket, user, own });
const rooms = router(
  {
    chat: procedure
      .use({ who })
      .doc({ summary: "Talk" })
      .route("GET /{room}/chat")
      .input({
        room: z.string().meta({ description: "Where" }),
        since: query(z.date().optional()),
        agent: header("user-agent", z.string()),
      })
      .receive(
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("say"), text: z.string().max(100) }),
          z.object({ kind: z.literal("leave") }),
        ]),
      )
      .send(Message)
      .socket(() => {}),
    pairs: procedure
      .receive(z.tuple([z.string(), z.int()]))
      .send(z.array(Message))
      .socket(() => {}),
    list: procedure.output(z.array(z.string())).query(() => []),
  },
  { tags: ["Rooms"] },
);

const info = { title: "Chat", version: "1.0.0", description: "Rooms" };
const made = (routes: Record<string, unknown>): AsyncAPIObject | undefined =>
  toAsyncAPI(describeApi(project(routes), { info }));

/** Severities are numbers, 0 the worst. */
const isError = ({ severity }: { severity: number }): boolean => severity === 0;

async function parsed(document: object | undefined): Promise<AsyncAPIDocumentInterface> {
  const { document: read, diagnostics } = await new Parser().parse(JSON.stringify(document));
  const errors = diagnostics.filter(isError);
  expect(errors.map(({ message, path }) => `${path.join(".")}: ${message}`)).toEqual([]);
  return read as AsyncAPIDocumentInterface;
}

describe("the AsyncAPI document of sockets", () => {
  it("is valid by the official parser, with an operation for each direction", async () => {
    const document = await parsed(made({ rooms }));
    expect(document.version()).toBe("3.0.0");
    expect(
      document
        .channels()
        .all()
        .map((channel) => [channel.id(), channel.address()]),
    ).toEqual([
      ["rooms.chat", "/rooms/{room}/chat"],
      ["rooms.pairs", "/rooms/pairs"],
    ]);
    expect(
      document
        .operations()
        .all()
        .map((operation) => [operation.id(), operation.action()]),
    ).toEqual([
      ["rooms.chat.receive", "receive"],
      ["rooms.chat.send", "send"],
      ["rooms.pairs.receive", "receive"],
      ["rooms.pairs.send", "send"],
    ]);
  });

  it("says what the handshake takes, and what is needed to be let in", () => {
    const { channels, operations, components } = made({ rooms }) as AsyncAPIObject;
    expect(channels["rooms.chat"]).toMatchObject({
      title: "Talk",
      parameters: { room: { description: "Where" } },
      bindings: {
        ws: {
          method: "GET",
          query: { properties: { since: { type: "string", format: "date-time" } }, required: [] },
          headers: { properties: { "user-agent": { type: "string" } }, required: ["user-agent"] },
        },
      },
    });
    expect(operations["rooms.chat.receive"]).toMatchObject({
      summary: "Talk: from the client",
      tags: [{ name: "Rooms" }],
      security: [
        { $ref: "#/components/securitySchemes/ticket" },
        { $ref: "#/components/securitySchemes/user" },
        { $ref: "#/components/securitySchemes/own" },
      ],
    });
    expect(components["securitySchemes"]).toEqual({
      own: { type: "http", scheme: "bearer" },
      ticket: { type: "httpApiKey", in: "query", name: "ticket" },
      user: {
        type: "oauth2",
        flows: {
          password: { tokenUrl: "https://chat.example/token", availableScopes: { chat: "Take part" } },
        },
      },
    });
  });

  it("says tuples as draft 7 does, and shares named schemas", () => {
    const { channels, components } = made({ rooms }) as AsyncAPIObject;
    expect(channels["rooms.pairs"]).toMatchObject({
      messages: {
        received: { payload: { items: [{ type: "string" }, { type: "integer" }] } },
        sent: { payload: { type: "array", items: { $ref: "#/components/schemas/Message" } } },
      },
    });
    expect(JSON.stringify(channels)).not.toContain("prefixItems");
    expect(components["schemas"]).toHaveProperty("Message");
  });

  it("is not there where there are no sockets", () => {
    expect(made({ rooms: { list: procedure.output(z.int()).query(() => 1) } })).toBeUndefined();
  });
});
