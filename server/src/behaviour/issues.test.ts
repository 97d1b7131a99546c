import { body, cookie, header, procedure, query, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

const SECRETS = ["password", "token", "apiKey", "ssn", "cardNumber"] as const;
const SECRET = "hunter2-never-echo";

let running = 0;
let most = 0;
const slow = (isFine: boolean) => async (): Promise<boolean> => {
  running++;
  most = Math.max(most, running);
  await Promise.resolve();
  await Promise.resolve();
  running--;
  return isFine;
};

const Circle = z.object({ kind: z.literal("circle"), radius: z.number() });
const Square = z.object({ kind: z.literal("square"), side: z.number() });
const routes = {
  everything: procedure
    .route("POST /everything/{id}")
    .input({
      id: z.int().min(10),
      limit: query(z.int().max(5)),
      agent: header("x-agent", z.string().min(3)),
      theme: cookie("theme", z.enum(["dark", "light"])),
      item: body(
        z.strictObject({
          name: z.string().max(3),
          sizes: z.array(z.number().multipleOf(2)),
          pair: z.tuple([z.string(), z.int()]),
          unique: z.set(z.int()).max(1),
          lookup: z.map(z.string().min(2), z.int()),
          scores: z.record(z.string().regex(/^[a-z]+$/), z.int()),
          range: z
            .object({ from: z.int(), to: z.int() })
            .refine(({ from, to }) => from < to, { message: "to comes after from", path: ["to"] }),
        }),
      ),
    })
    .output(z.void())
    .mutation(() => {}),
  shapes: procedure
    .input({
      shape: z.discriminatedUnion("kind", [Circle, Square]),
      either: z.union([Circle.meta({ title: "Circle" }), z.object({ radius: z.string() })]),
    })
    .output(z.void())
    .mutation(() => {}),
  secrets: procedure
    .input({
      ...(Object.fromEntries(SECRETS.map((key) => [key, z.string().max(3)])) as Record<
        (typeof SECRETS)[number],
        z.ZodString
      >),
      email: z.email(),
      pattern: z.string().regex(/^\d+$/),
      choice: z.enum(["a"]),
      flag: z.boolean(),
      nested: z.union([z.int(), z.object({ a: z.int() })]),
      custom: z.string().refine(() => false, "no"),
    })
    .output(z.void())
    .mutation(() => {}),
  waiting: procedure
    .route("POST /waiting/{id}")
    .input({
      id: z.string().refine(slow(false), "id is taken"),
      q: query(z.string().refine(slow(false), "q is taken")),
      name: z.string().refine(slow(false), "name is taken"),
      nick: z.string().refine(slow(true)),
    })
    .output(z.unknown())
    .mutation(({ input }) => input),
  fine: procedure
    .input({ q: z.string().refine(slow(true)), n: z.int().default(1) })
    .output(z.unknown())
    .query(({ input }) => input),
};
const make = () => createApp({ routes: router(routes, { prefix: "" }) });

interface Shown {
  in: string;
  path: (string | number)[];
  code: string;
}
const shown = (text: string): string[] =>
  (JSON.parse(text) as { errors: Shown[] }).errors.map(
    (issue) => `${issue.in}:${issue.path.join(".")} ${issue.code}`,
  );

behindEveryAdapter("issues", (adapter) => {
  it("of all locations come in one reply, with the constraint and with indexes that are numbers", async () => {
    const [reply] = await answers(adapter, make(), [
      "/everything/3?limit=9",
      json(
        {
          name: "long name",
          sizes: [2, 3],
          pair: ["a", "b"],
          unique: [1, 2],
          lookup: [
            ["a", 1],
            ["bb", "x"],
          ],
          scores: { UPPER: 1, lower: "x" },
          range: { from: 2, to: 1 },
          extra: 1,
          other: 2,
        },
        "POST",
        { "x-agent": "x", cookie: "theme=blue" },
      ),
    ]);
    expect(shown(reply?.text ?? "")).toEqual([
      "path:id too_small",
      "query:limit too_big",
      "header:x-agent too_small",
      "cookie:theme value",
      "body:name too_big",
      "body:sizes.1 not_multiple_of",
      "body:pair.1 type",
      "body:unique too_big",
      "body:lookup.0.0 too_small",
      "body:lookup.1.1 type",
      "body:scores.lower type",
      "body:scores.UPPER invalid_key",
      "body:range.to custom",
      "body:extra unknown_key",
      "body:other unknown_key",
    ]);
    expect(reply?.json).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ path: ["id"], minimum: 10 }),
        expect.objectContaining({ path: ["sizes", 1], multipleOf: 2 }),
        expect.objectContaining({ path: ["theme"], values: ["dark", "light"] }),
        expect.objectContaining({ path: ["range", "to"], message: "to comes after from" }),
      ]),
    });
  });

  it("of unions name the branch, and those of a wrong tag list the tags", async () => {
    const [tagged, either] = await answers(
      adapter,
      make(),
      ["/shapes", json({ shape: { kind: "triangle" }, either: { kind: "circle", radius: "x" } })],
      ["/shapes", json({ shape: { kind: "circle", radius: 1 }, either: { kind: "square", radius: true } })],
    );
    expect(tagged?.json).toMatchObject({
      errors: [
        {
          path: ["shape", "kind"],
          code: "discriminator",
          discriminator: "kind",
          options: ["circle", "square"],
        },
      ],
    });
    expect((either as { json: { errors: unknown[] } }).json.errors).toMatchObject([
      { path: ["either", "kind"], code: "value", branch: "Circle" },
      { path: ["either", "radius"], code: "type", branch: "Circle" },
      { path: ["either", "radius"], code: "type", branch: "1" },
    ]);
  });

  it("never repeat what was sent, whatever is wrong with it", async () => {
    const sent = Object.fromEntries(
      [...SECRETS, "email", "pattern", "choice", "flag", "nested", "custom"].map((key) => [key, SECRET]),
    );
    const replies = await answers(
      adapter,
      make(),
      ["/secrets", json(sent)],
      ["/secrets", json({ ...sent, nested: { a: SECRET } })],
      ["/secrets", json([SECRET])],
      ["/secrets", { ...json({}), body: `{"password":"${SECRET}"` }],
      [
        `/everything/${SECRET}?limit=${SECRET}`,
        json({}, "POST", { cookie: `theme=${SECRET}`, "x-agent": "x" }),
      ],
      [`/everything/1?limit=${SECRET}&limit=${SECRET}`, json({ name: SECRET })],
    );
    expect(replies.map(({ status }) => status)).toEqual([422, 422, 422, 400, 422, 422]);
    for (const { text } of replies) {
      expect(text).not.toContain(SECRET);
    }
  });

  it("of asynchronous rules come with all others; the rules of independent keys wait together", async () => {
    most = 0;
    const [taken, fine] = await answers(
      adapter,
      make(),
      ["/waiting/x?q=x", json({ name: "x", nick: "x" })],
      ["/fine?q=x"],
    );
    expect(shown(taken?.text ?? "")).toEqual(["path:id custom", "query:q custom", "body:name custom"]);
    expect(most).toBeGreaterThanOrEqual(4);
    expect(fine?.json).toEqual({ q: "x", n: 1 });
  });
});
