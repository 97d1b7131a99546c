import { dependency, procedure, router } from "@tenon/core";
import { expect, it } from "vitest";
import { z } from "zod";
import { createApp, TextBody } from "../index.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

class UnicornError extends Error {
  readonly unicorn: string;
  constructor(unicorn: string) {
    super(`the unicorn ${unicorn} escaped`);
    this.unicorn = unicorn;
  }
}
class ShyUnicornError extends UnicornError {}

const guarded = procedure
  .errors({
    TEAPOT: { status: 418, data: { name: z.string() } },
    SHY: { status: 423 },
  })
  .mapError(ShyUnicornError, (_error, errors) => errors.SHY())
  .mapError(UnicornError, (error, errors) => errors.TEAPOT({ name: error.unicorn }));
const Name = z.string();
const stable = dependency.input({ name: Name }).resolve(({ input }) => {
  if (input.name === "early") {
    throw new UnicornError("in the stable");
  }
  return {};
});
const unicorns = {
  read: guarded
    .use({ stable })
    .route("GET /{name}")
    .input({ name: Name })
    .output(z.string())
    .query(({ input: { name } }) => {
      if (name === "shy") {
        throw new ShyUnicornError(name);
      }
      if (name === "yolo") {
        throw new UnicornError(name);
      }
      if (name === "other") {
        throw new TypeError("no unicorn");
      }
      return name;
    }),
  odd: guarded
    .mapError(RangeError, () => {
      throw new TypeError("the mapping itself is wrong");
    })
    .output(z.void())
    .mutation(() => {
      throw new RangeError("too far");
    }),
  flow: guarded
    .route("GET /{name}/flow")
    .input({ name: z.string() })
    .output(z.string())
    .stream(async function* ({ input }) {
      yield "first";
      throw new UnicornError(input.name);
    }),
};

behindEveryAdapter("mapError", (adapter) => {
  it("tells errors of a class, thrown anywhere below, as the declared failure", async () => {
    const reported: unknown[] = [];
    const app = createApp({ unicorns }, { onError: (error) => reported.push((error as Error).message) });
    const [yolo, shy, early, good, other, odd, flow] = await answers(
      adapter,
      app,
      ["/unicorns/yolo"],
      ["/unicorns/shy"],
      ["/unicorns/early"],
      ["/unicorns/good"],
      ["/unicorns/other"],
      ["/unicorns/odd", json({})],
      ["/unicorns/yolo/flow"],
    );
    expect([yolo?.status, yolo?.json]).toMatchObject([418, { code: "TEAPOT", data: { name: "yolo" } }]);
    expect([shy?.status, shy?.json]).toMatchObject([423, { code: "SHY" }]);
    expect([early?.status, early?.json]).toMatchObject([418, { data: { name: "in the stable" } }]);
    expect(good?.json).toBe("good");
    expect([other?.status, odd?.status]).toEqual([500, 500]);
    expect(flow?.text).toContain('event: error\ndata: {"type":"about:blank"');
    expect(flow?.text).toContain('"code":"TEAPOT"');
    expect(reported).toEqual(["no unicorn", "the mapping itself is wrong"]);
  });
});

const items = {
  create: procedure
    .input({ name: z.string().min(2) })
    .output(z.string())
    .mutation(({ input }) => input.name),
  read: procedure
    .input({ id: z.int() })
    .output(z.string())
    .errors({ NOT_FOUND: { status: 404, description: "There is no such item." } })
    .query(({ errors }) => errors.NOT_FOUND()),
};
const Refused = z.object({ wrong: z.array(z.string()) }).meta({ id: "Refused" });

behindEveryAdapter("validationError", (adapter) => {
  const app = createApp(
    { items },
    {
      validationError: {
        status: 400,
        schema: Refused,
        map: (issues) => ({ wrong: issues.map(({ path }) => path.join(".")) }),
      },
    },
  );

  it("changes refused input, on the wire and in the document, and nothing else", async () => {
    const [refused, rich, missing, document] = await answers(
      adapter,
      app,
      ["/items", json({ name: "" })],
      ["/items", json({ name: "" }, "POST", { accept: "application/vnd.tenon+json" })],
      ["/items/1"],
      ["/openapi.json"],
    );
    expect([refused?.status, refused?.json]).toEqual([400, { wrong: ["name"] }]);
    expect(refused?.headers.get("content-type")).toBe("application/json");
    expect([rich?.status, rich?.json]).toMatchObject([400, { code: "INVALID_INPUT", status: 400 }]);
    expect(missing?.headers.get("content-type")).toBe("application/problem+json");
    expect(missing?.json).toMatchObject({ code: "NOT_FOUND" });
    const { paths, components } = (document as { json: unknown }).json as {
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content?: object; $ref?: string }> }>
      >;
      components: { responses: Record<string, { content: object }> };
    };
    const { post } = paths["/items"] as { post: { responses: Record<string, { $ref?: string }> } };
    expect(Object.keys(post.responses)).not.toContain("422");
    const { content } = components.responses[post.responses["400"]?.$ref?.split("/").at(-1) ?? ""] as {
      content: object;
    };
    expect(content).toMatchObject({
      "application/json": { schema: { $ref: "#/components/schemas/Refused" } },
    });
    expect(paths["/items/{id}"]?.["get"]?.responses["404"]?.content).not.toHaveProperty("application/json");
  });

  it("may be text", async () => {
    const plain = createApp(
      { items },
      { validationError: { schema: z.string(), map: (issues) => new TextBody(`${issues.length} wrong`) } },
    );
    const [refused] = await answers(adapter, plain, ["/items", json({})]);
    expect([refused?.status, refused?.text]).toEqual([422, "1 wrong"]);
    expect(refused?.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  });
});

behindEveryAdapter("problemTypes", (adapter) => {
  it("lead to a page for each code", async () => {
    const app = createApp({ items: router(items) }, { problemTypes: true });
    const [missing, page, unknown] = await answers(
      adapter,
      app,
      ["/items/1"],
      ["/docs/problems/NOT_FOUND"],
      ["/docs/problems/NO_CODE"],
    );
    expect(missing?.json).toMatchObject({ type: "/docs/problems/NOT_FOUND", code: "NOT_FOUND" });
    expect(page?.status).toBe(200);
    expect(page?.text).toContain("There is no such item.");
    expect(page?.text).toContain('href="../../docs#');
    expect(page?.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect([unknown?.status, unknown?.json]).toMatchObject([404, { code: "ROUTE_NOT_FOUND" }]);
  });

  it("may be addresses elsewhere, and are about:blank by default", async () => {
    const elsewhere = createApp({ items }, { problemTypes: "https://errors.example/" });
    const [there] = await answers(adapter, elsewhere, ["/items/1"]);
    expect(there?.json).toMatchObject({ type: "https://errors.example/NOT_FOUND" });
    const [usual] = await answers(adapter, createApp({ items }), ["/items/1"]);
    expect(usual?.json).toMatchObject({ type: "about:blank" });
  });
});
