import { testClient } from "@tenon/client/testing";
import { expect, it } from "vitest";
import { app as echo } from "./tutorial001.ts";
import { app as guarded } from "./tutorial002.ts";
import { app as room } from "./tutorial003.ts";

it("echoes texts as they are", async () => {
  await using test = await testClient(echo);
  const socket = await test.socket("/ws");
  socket.send("Message one");
  expect(await socket.receive()).toBe("Message text was: Message one");
  socket.send('"quoted" {');
  expect(await socket.receive()).toBe('Message text was: "quoted" {');
});

it("speaks JSON with the typed client", async () => {
  await using test = await testClient(echo);
  const socket = await test.api.chat.talk.connect();
  socket.send("Message one");
  for await (const text of socket) {
    expect(text).toBe("Message text was: Message one");
    break;
  }
});

it.each([
  ["a cookie", { session: "fakesession" }, "/items/foo/ws", "fakesession", undefined],
  ["a token", {}, "/items/bar/ws?token=some-token", "some-token", undefined],
  ["a token and a number", {}, "/items/bar/ws?token=some-token&q=3", "some-token", 3],
] as const)("lets somebody in with %s", async (_case, cookies, path, given, q) => {
  await using test = await testClient(guarded, { cookies });
  const socket = await test.socket(path);
  for (const text of ["Message one", "Message two"]) {
    socket.send(text);
    expect(await socket.receive()).toBe(`Session cookie or query token value is: ${given}`);
    if (q !== undefined) {
      expect(await socket.receive()).toBe(`Query parameter q is: ${q}`);
    }
    expect(await socket.receive()).toBe(`Message text was: ${text}, for item ID: ${path.split("/")[2]}`);
  }
});

it("lets nobody in without either, or with what is no number", async () => {
  await using test = await testClient(guarded);
  await expect(test.api.items.talk.connect({ item_id: "foo" })).rejects.toMatchObject({ status: 403 });
  await expect(test.socket("/items/foo/ws?token=t&q=abc")).rejects.toMatchObject({ status: 422 });
});

it("tells everybody what somebody says, and who left", async () => {
  await using test = await testClient(room);
  const one = await test.socket("/ws/1234");
  const two = await test.socket("/ws/5678");
  one.send("Hello from 1234");
  expect(await one.receive()).toBe("You wrote: Hello from 1234");
  expect(await two.receive()).toBe("Client #1234 says: Hello from 1234");
  expect(await one.receive()).toBe("Client #1234 says: Hello from 1234");
  two.close();
  expect(await one.receive()).toBe("Client #5678 left the chat");
});
