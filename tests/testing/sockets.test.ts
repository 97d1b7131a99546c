import { testClient } from "@tenon/client/testing";
import { type ClientSocket, dependency, procedure, security, sse } from "@tenon/core";
import { createApp } from "@tenon/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const seen: string[] = [];
const session = dependency
  .use({ key: security.apiKey({ in: "cookie", key: "session" }) })
  .errors({ STRANGER: { status: 401 } })
  .resolve(({ key, errors }) => (key === "ann" ? key : errors.STRANGER()));
const room = dependency.scope("app").resolve(async function* () {
  const members = new Set<(text: string) => Promise<void>>();
  yield members;
  seen.push("the room closes");
});
const chat = {
  echo: procedure
    .input({ times: z.int().max(3).default(1) })
    .receive({ at: z.date(), text: z.string() })
    .send({ at: z.date(), text: z.string() })
    .socket(
      async ({ socket, input }) => {
        for await (const message of socket) {
          for (let count = 0; count < input.times; count++) {
            await socket.send(message);
          }
        }
        seen.push("the caller left");
      },
      { maxMessage: 100 },
    ),
  greets: procedure
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket }) => {
      await socket.send("hello");
      await socket.send("again");
    }),
  ours: procedure
    .use({ who: session })
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket, who }) => {
      await socket.send(who);
    }),
  together: procedure
    .use({ room })
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket, room: members }) => {
      const say = (text: string): Promise<void> => socket.send(text);
      members.add(say);
      for await (const text of socket) {
        await Promise.all([...members].map((tell) => tell(text)));
      }
      members.delete(say);
      await Promise.all([...members].map((tell) => tell("somebody left")));
    }),
  ends: procedure
    .errors({ FULL: { status: 409 } })
    .receive(z.string())
    .send(z.string())
    .socket(async ({ socket, errors }) => {
      for await (const text of socket) {
        switch (text) {
          case "full":
            throw errors.FULL();
          case "break":
            throw new RangeError("out of range");
          case "late":
            socket.close(4000, "too late");
            return;
          default:
            return;
        }
      }
    }),
  guarded: procedure
    .use({
      sound: dependency.resolve((): string => {
        throw new RangeError("not even open");
      }),
    })
    .receive(z.string())
    .send(z.string())
    .socket(() => {}),
};
const counts = {
  watch: procedure.output(z.int()).stream(async function* ({ signal, lastEventId }) {
    for (let count = Number(lastEventId ?? 0); !signal.aborted; count++) {
      yield sse(count, { id: String(count + 1) });
    }
  }),
};
const app = createApp({ chat, counts });

async function next<Message>(socket: ClientSocket<never, Message>): Promise<Message | undefined> {
  const step = await socket[Symbol.asyncIterator]().next();
  return step.done === true ? undefined : step.value;
}

describe("sockets of a test client", () => {
  it("carry messages both ways without a network, as what they are", async () => {
    await using test = await testClient(app);
    const socket = await test.api.chat.echo.connect({ times: 2 });
    const message = { at: new Date(5), text: "a" };
    socket.send(message);
    expect([await next(socket), await next(socket)]).toEqual([message, message]);
    socket.close();
    expect(await socket.closed).toEqual({ code: 1000, reason: "" });
    await expect.poll(() => seen).toContain("the caller left");
  });

  it("hear what was said before they were open, in its order, and then the end", async () => {
    await using test = await testClient(app);
    const heard: string[] = [];
    const socket = await test.api.chat.greets.connect();
    for await (const text of socket) {
      heard.push(text);
    }
    expect(heard).toEqual(["hello", "again"]);
    expect(await socket.closed).toEqual({ code: 1000, reason: "" });
  });

  it("reject with the problem where the application refuses", async () => {
    await using test = await testClient(app);
    await expect(test.api.chat.ours.connect()).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
      status: 401,
    });
    test.cookies.set("session", "bob");
    await expect(test.api.chat.ours.connect()).rejects.toMatchObject({ code: "STRANGER", status: 401 });
    await expect(test.api.chat.echo.connect({ times: 4 })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      status: 422,
      data: { issues: [expect.objectContaining({ path: ["times"] })] },
    });
    await expect(test.socket("/nowhere")).rejects.toMatchObject({ code: "ROUTE_NOT_FOUND", status: 404 });
  });

  it("send the cookies that the test client keeps", async () => {
    await using test = await testClient(app, { cookies: { session: "ann" } });
    const socket = await test.api.chat.ours.connect();
    expect(await next(socket)).toBe("ann");
  });

  it("throw what broke before they were open, where it was caused", async () => {
    await using test = await testClient(app);
    await expect(test.api.chat.guarded.connect()).rejects.toThrow("not even open");
  });

  it("close with the same codes each time", async () => {
    await using test = await testClient(app, { rethrow: false });
    for (const [said, code, reason] of [
      ["full", 1008, "FULL"],
      ["break", 1011, ""],
      ["late", 4000, "too late"],
      ["well", 1000, ""],
    ] as const) {
      const socket = await test.api.chat.ends.connect();
      socket.send(said);
      expect(await socket.closed).toEqual({ code, reason });
    }
    expect(test.errors).toEqual([new RangeError("out of range")]);
  });

  it("are closed for messages that do not fit, that are bytes, that are too large", async () => {
    await using test = await testClient(app);
    for (const [frame, code] of [
      ['{"at":1}', 1008],
      ["no JSON", 1008],
      [new Uint8Array([1]), 1003],
      ["é".repeat(51), 1009],
    ] as const) {
      const socket = await test.socket("/chat/echo");
      socket.send(frame);
      expect((await socket.closed).code).toBe(code);
      await expect(socket.receive()).rejects.toMatchObject({ code: "NETWORK" });
    }
  });

  it("know each other, and hear of one that leaves", async () => {
    await using test = await testClient(app);
    const [ann, bob] = [await test.api.chat.together.connect(), await test.api.chat.together.connect()];
    ann.send("hello");
    expect([await next(ann), await next(bob)]).toEqual(["hello", "hello"]);
    bob.close();
    expect(await next(ann)).toBe("somebody left");
  });

  it("are closed with 1001 by an application that stops, which waits for them", async () => {
    seen.length = 0;
    const test = await testClient(app);
    const socket = await test.api.chat.together.connect();
    await test.stop();
    expect(await socket.closed).toEqual({ code: 1001, reason: "the server stops" });
    expect(seen).toEqual(["the room closes"]);
  });

  it("show their frames as they are to whoever asks for no more", async () => {
    await using test = await testClient(app);
    const socket = await test.socket("/chat/echo?times=1");
    socket.send('{"at":"1970-01-01T00:00:00Z","text":"a"}');
    expect(await socket.receive()).toBe('{"at":"1970-01-01T00:00:00.000Z","text":"a"}');
  });

  it("give each frame to one of those who wait for it, and the end to all others", async () => {
    await using test = await testClient(app);
    const socket = await test.socket("/chat/together");
    const waiting = [socket.receive(), socket.receive(), socket.receive()];
    socket.send('"one"');
    socket.send('"two"');
    expect(await Promise.all(waiting.slice(0, 2))).toEqual(['"one"', '"two"']);
    socket.close(4001, "enough");
    await expect(waiting[2]).rejects.toThrow("the socket was closed: 4001 enough");
  });

  it("are given up while they open", async () => {
    await using test = await testClient(app);
    const controller = new AbortController();
    const opening = test.api.chat.echo.connect({}, { signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toMatchObject({ code: "ABORTED" });
  });
});

describe("streams without an end", () => {
  it("are read in process for as long as one likes, and end with the loop", async () => {
    await using test = await testClient(app);
    const heard: number[] = [];
    for await (const count of test.api.counts.watch.stream()) {
      heard.push(count);
      if (count === 3) {
        break;
      }
    }
    expect(heard).toEqual([0, 1, 2, 3]);
  });

  it("go on after an event, as for a caller who comes back", async () => {
    await using test = await testClient(app);
    for await (const count of test.api.counts.watch.stream({}, { lastEventId: "7" })) {
      expect(count).toBe(7);
      break;
    }
  });
});
