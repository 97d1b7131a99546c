import { type AppOf, procedure } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createClient } from "./create-client.ts";

const contract = {
  items: {
    read: procedure
      .input({ id: z.int() })
      .output({ id: z.int(), name: z.string() })
      .errors({ NOT_FOUND: { status: 404 } })
      .contract("query"),
  },
};

it("calls a contract without having seen its server", async () => {
  const asked: string[] = [];
  const api = createClient<AppOf<typeof contract>>({
    url: "http://api.test",
    fetch: async (request) => {
      asked.push(`${request.method} ${request.url} ${await request.text()}`);
      return Response.json({ id: 7, name: "cup" });
    },
  });
  const { name }: { name: string } = await api.items.read({ id: 7 });
  expect(name).toBe("cup");
  const result = await api.GET("/items/{id}", { path: { id: 7 } });
  expect(result.ok && result.data.id).toBe(7);
  expect(asked).toEqual(['POST http://api.test/rpc/items.read {"id":7}', "GET http://api.test/items/7 "]);
});
