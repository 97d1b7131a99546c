import { describe, expect, it } from "vitest";
import { z } from "zod";
import { body, file, form, type Operation, procedure, project } from "../index.ts";

const Item = z.object({ name: z.string(), price: z.number(), at: z.date().optional() });
const base = procedure.input({ id: z.int().max(9), item: body(Item) }).route("PUT /{id}");
const made = (documentation: Parameters<typeof base.doc>[0]): (() => readonly Operation[]) => {
  const change = base
    .output({ 200: Item, 201: z.int() })
    .doc(documentation)
    .mutation(({ reply }) => reply(201, 1));
  return () => project({ items: { change } });
};
const good = { name: "Foo", price: 35.4 };
const bad = { name: "Foo", price: "thirty five point four" };

describe("examples", () => {
  it("fit what they are an example of", () => {
    const documentation = {
      examples: {
        normal: { summary: "A normal one", value: { ...good, at: "2024-01-02T03:04:05Z" } },
        wrong: { value: bad, isInvalid: true },
      },
      parameterExamples: { id: { first: { value: 1 }, far: { value: 10, isInvalid: true } } },
      responseExamples: { 200: { found: { value: good } }, 201: { made: { value: 3 } } },
    } as const;
    expect(made(documentation)).not.toThrow();
  });

  it.each<[string, Parameters<typeof base.doc>[0], string]>([
    [
      "of a body",
      { examples: { odd: { value: bad } } },
      "'items.change', body: the example 'odd' does not fit the schema: correct it, or say isInvalid: true",
    ],
    [
      "called invalid",
      { examples: { fine: { value: good, isInvalid: true } } },
      "'items.change', body: the example 'fine' is called invalid, but it fits",
    ],
    [
      "of a parameter",
      { parameterExamples: { id: { far: { value: 10 } } } },
      "'items.change', parameter 'id': the example 'far' does not fit",
    ],
    [
      "of no parameter",
      { parameterExamples: { ID: { first: { value: 1 } } } },
      "'items.change': it has examples of the parameter 'ID', which it does not have",
    ],
    [
      "of a response",
      { responseExamples: { 201: { text: { value: "three" } } } },
      "'items.change', response: the example 'text' does not fit",
    ],
    [
      "of no response",
      { responseExamples: { 404: { none: { value: 1 } } } },
      "'items.change': it has examples of a response with status 404, which it does not have",
    ],
  ])("are refused at start where they are wrong: %s", (_which, documentation, sentence) => {
    expect(made(documentation)).toThrow(`TENON1036: ${sentence}`);
  });

  it("are refused without a body", () => {
    const list = procedure
      .output(z.int())
      .doc({ examples: { one: { value: 1 } } })
      .query(() => 1);
    expect(() => project({ items: { list } })).toThrow(
      "'items.list': it has examples of a body, but no body",
    );
  });

  it("are compared with the fields of a form, apart from its files", () => {
    const upload = (title: unknown): (() => unknown) => {
      const create = procedure
        .input({ title: form(z.string()), picture: file() })
        .output(z.void())
        .doc({ examples: { one: { value: { title } } } })
        .mutation(() => {});
      return () => project({ pictures: { create } });
    };
    expect(upload("A cat")).not.toThrow();
    expect(upload(3)).toThrow("the example 'one' does not fit");
  });

  it("stand inside schemas, too, as values or as they are sent", () => {
    const Moment = z.date().meta({ examples: [new Date(0), "2024-01-02T03:04:05Z"] });
    const list = (schema: z.ZodType): (() => unknown) => {
      const list = procedure.output(z.array(z.object({ inside: schema }))).query(() => []);
      return () => project({ items: { list } });
    };
    expect(list(Moment)).not.toThrow();
    const refused = list(z.int().meta({ examples: [1, "two"] }));
    const sentence = `'items.list': "two" is an example in .meta({ examples }) of a schema that refuses it`;
    expect(refused).toThrow(sentence);
    // Looked into once does not mean passed.
    expect(refused).toThrow(sentence);
  });
});

describe("links", () => {
  const read = procedure
    .input({ id: z.int() })
    .output(z.int())
    .query(({ input }) => input.id);
  const linked = (operation: string, parameters: Record<string, unknown>): (() => unknown) => {
    const create = procedure
      .output({ id: z.int() })
      .doc({ links: { self: { operation, parameters } } })
      .mutation(() => ({ id: 1 }));
    return () => project({ items: { read, create } });
  };

  it("lead to an operation and its parameters", () => {
    expect(linked("items.read", { id: "$response.body#/id" })).not.toThrow();
    expect(linked("items.lost", {})).toThrow("TENON1037: 'items.create' has the link 'self' to 'items.lost'");
    expect(linked("items.read", { ID: 1 })).toThrow(
      "'items.create' has the link 'self' with the parameter 'ID', which 'items.read' does not have",
    );
  });
});
