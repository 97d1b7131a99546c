import {
  dependency,
  header,
  procedure,
  query,
  requireScopes,
  router,
  security,
  unauthenticated,
} from "@tenon/core";
import { describe as describeApi } from "@tenon/core/openapi";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createApp } from "../app.ts";
import { answers, behindEveryAdapter, json } from "./adapters.ts";

// One constant: what two instances ask for is the same parameter.
const q = query(z.string().default(""));
/** A dependency that is made of a value: an instance for each word. */
const contains = (word: string) => dependency.input({ q }).resolve(({ input }) => input.q.includes(word));

/** An object with methods is a value like any other. */
class Paging {
  readonly #skip: number;
  readonly #limit: number;

  constructor({ skip, limit }: { skip: number; limit: number }) {
    this.#skip = skip;
    this.#limit = limit;
  }

  of<T>(items: readonly T[]): T[] {
    return items.slice(this.#skip, this.#skip + this.#limit);
  }
}
const paging = dependency
  .input({ skip: query(z.int().min(0).default(0)), limit: query(z.int().max(100).default(2)) })
  .resolve(({ input }) => new Paging(input));

const token = security.oauth2({
  flows: { password: { tokenUrl: "/token" } },
  scopes: { read: "Read", write: "Write" },
});
const user = dependency
  .use({ token })
  .errors({ LOCKED: { status: 423, data: { until: z.date() } } })
  .resolve(({ token: given, errors, ctx }) => {
    if (given === "nobody") {
      throw unauthenticated();
    }
    requireScopes(ctx, given.split(","));
    return given === "locked,read" ? errors.LOCKED({ until: new Date(0) }) : { name: given };
  });
/** Uses what others use, two steps below. */
const audit = dependency
  .use({ user })
  .input({ trace: header("x-trace", z.string().min(2)) })
  .scopes("read")
  .resolve(({ user: { name }, input }) => `${input.trace}:${name}`);

const things = {
  list: procedure
    .use({ paging, hasFoo: contains("foo"), hasBar: contains("bar") })
    .output({ items: z.array(z.int()), hasFoo: z.boolean(), hasBar: z.boolean() })
    .query(({ paging: page, hasFoo, hasBar }) => {
      expectTypeOf(page).toEqualTypeOf<Paging>();
      return { items: page.of([1, 2, 3, 4]), hasFoo, hasBar };
    }),
  create: procedure
    .use({ audit })
    .input({ name: z.string() })
    .output(z.string())
    .mutation(({ audit: given, input }) => `${given}:${input.name}`),
};
const app = createApp({ things });

behindEveryAdapter("what a dependency asks of the caller", (adapter) => {
  it("is asked for wherever it is used: inputs, shared ones once", async () => {
    const [some, wrong] = await answers(
      adapter,
      app,
      ["/things?q=foo&skip=1"],
      ["/things?limit=101&skip=-1"],
    );
    expect(some?.json).toEqual({ items: [2, 3], hasFoo: true, hasBar: false });
    expect(wrong?.json).toMatchObject({
      status: 422,
      errors: [
        { in: "query", path: ["skip"], code: "too_small" },
        { in: "query", path: ["limit"], code: "too_big" },
      ],
    });
  });

  it("comes from deep below: credentials, scopes, headers, errors with data", async () => {
    const ask = (authorization: string | undefined, trace = "ab") =>
      [
        "/things",
        json({ name: "pen" }, "POST", { ...(authorization && { authorization }), "x-trace": trace }),
      ] as const;
    const [good, none, nobody, lacking, locked, untraced] = await answers(
      adapter,
      app,
      ask("Bearer ann,read"),
      ask(undefined),
      ask("Bearer nobody"),
      ask("Bearer write"),
      ask("Bearer locked,read"),
      ask("Bearer ann,read", "x"),
    );
    expect(good?.json).toBe("ab:ann,read:pen");
    expect([none?.status, nobody?.status, lacking?.status, locked?.status, untraced?.status]).toEqual([
      401, 401, 403, 423, 422,
    ]);
    // A refusal that says nothing of it asks for what the operation takes.
    expect(nobody?.headers.get("www-authenticate")).toBe("Bearer");
    expect(locked?.json).toMatchObject({ code: "LOCKED", data: { until: "1970-01-01T00:00:00.000Z" } });
  });
});

describe("what a dependency asks of the caller, in the document", () => {
  const document = describeApi(app.operations, { info: { title: "T", version: "1" } });

  it("is what the operation asks for: parameters once, in declared order", () => {
    expect(document.paths?.["/things"]?.get?.parameters).toMatchObject([
      { name: "skip", in: "query" },
      { name: "limit", in: "query" },
      { name: "q", in: "query" },
    ]);
    expect(document.paths?.["/things"]?.post?.parameters).toMatchObject([{ name: "x-trace", in: "header" }]);
  });

  it("is its security, with all scopes, and every way to fail; nothing where there is none", () => {
    const { security: asked, responses } = document.paths?.["/things"]?.post ?? {};
    expect(asked).toEqual([{ oauth2: ["read"] }]);
    expect(Object.keys(responses ?? {})).toEqual(expect.arrayContaining(["401", "403", "423", "422"]));
    const { security: none, responses: open } = document.paths?.["/things"]?.get ?? {};
    expect(none).toEqual([]);
    expect(Object.keys(open ?? {})).not.toEqual(expect.arrayContaining(["401"]));
  });
});

describe("guards", () => {
  const seen: string[] = [];
  const note = (name: string) => dependency.resolve(() => void seen.push(name));
  const tenant = dependency
    .input({ tenant: header("x-tenant", z.int()) })
    .errors({ NO_TENANT: { status: 404 } })
    .resolve(({ input, errors }) => (input.tenant === 7 ? { id: 7 } : errors.NO_TENANT()));
  /** What changes types: a base, which each procedure says that it starts from. */
  const ours = procedure.guard(tenant);
  const rooms = {
    list: ours
      .guard(note("own"))
      .output(z.string())
      .query(() => {
        seen.push("handler");
        return "rooms";
      }),
  };
  const guarded = createApp(
    { rooms: router(rooms, { guard: [note("router")] }) },
    { guard: [note("app"), note("app again")] },
  );

  behindEveryAdapter("of applications, routers and procedures", (adapter) => {
    it("run in that order, in declared order, and before the handler", async () => {
      seen.length = 0;
      const [inside, outside, canonical, nowhere] = await answers(
        adapter,
        guarded,
        ["/rooms", { headers: { "x-tenant": "7" } }],
        ["/rooms", { headers: { "x-tenant": "8" } }],
        ["/rpc/rooms.list", json({}, "POST", { "x-tenant": "7" })],
        ["/nowhere"],
      );
      expect([inside?.status, outside?.json, canonical?.status, nowhere?.status]).toMatchObject([
        200,
        { code: "NO_TENANT" },
        200,
        404,
      ]);
      const whole = ["app", "app again", "router", "own", "handler"];
      expect(seen).toEqual([...whole, "app", "app again", "router", ...whole]);
    });
  });

  it("of applications may ask for credentials, which are documented everywhere, and for nothing else", () => {
    const closed = createApp({ rooms }, { guard: [security.bearer()] });
    const document = describeApi(closed.operations, { info: { title: "T", version: "1" } });
    expect(document.paths?.["/rooms"]?.get).toMatchObject({
      security: [{ bearer: [] }],
      responses: { "401": {} },
    });
    // @ts-expect-error -- it has an input
    expect(() => createApp({ rooms }, { guard: [tenant] })).toThrow("TENON1018");
    const failing = dependency.errors({ NO: { status: 409 } }).resolve(() => 1);
    // @ts-expect-error -- it has an error of its own
    expect(() => createApp({ rooms }, { guard: [failing] })).toThrow("TENON1018");
  });
});

describe("the graph of dependencies", () => {
  it("is walked at the start, and never for a request", async () => {
    let walks = 0;
    const below = dependency.resolve(() => 1);
    const plain = dependency.use({ below }).resolve(({ below: value }) => value + 1);
    const watched: typeof plain = Object.defineProperty({ ...plain }, "uses", {
      get: () => {
        walks++;
        return (plain as unknown as { uses: unknown }).uses;
      },
    }) as never;
    const list = procedure
      .use({ watched })
      .output(z.int())
      .query(({ watched: value }) => value);
    const watching = createApp({ things: { list } });
    const ask = async () => (await watching.fetch(new Request("http://x/things"))).json();
    expect(await ask()).toBe(2);
    const before = walks;
    expect(before).toBeGreaterThan(0);
    expect([await ask(), await ask(), walks]).toEqual([2, 2, before]);
  });

  it("refuses circles and scopes that could not hold, at the start", () => {
    const circle = { uses: [] as unknown[] };
    const plain = dependency.resolve(() => 1) as unknown as Record<string, unknown>;
    const one = Object.assign({ ...plain, name: "one" }, circle);
    one.uses = [{ kind: "guard", dependencies: [one] }];
    const list = procedure
      .guard(one as never)
      .output(z.int())
      .query(() => 1);
    expect(() => createApp({ things: { list } })).toThrow("TENON1016");
    const session = dependency.resolve(() => 1);
    const pool = dependency
      .scope("app")
      .use({ session })
      // @ts-expect-error -- a session is shorter than the application
      .resolve(() => 1);
    const read = procedure
      .use({ pool: pool as never })
      .output(z.int())
      .query(() => 1);
    expect(() => createApp({ things: { read } })).toThrow("TENON1015");
  });

  it("resolves each once for a request, whichever way it is reached, and again for the next", async () => {
    let count = 0;
    const counted = dependency.resolve(() => ++count);
    const left = dependency.use({ counted }).resolve(({ counted: value }) => value);
    const right = dependency
      .guard(counted)
      .use({ left, counted })
      .resolve(({ left: one, counted: two }) => [one, two]);
    const list = procedure
      .guard(counted)
      .use({ left, right, again: dependency.fresh(counted), more: dependency.fresh(counted) })
      .output(z.array(z.int()))
      .query(({ left: one, right: two, again, more }) => [one, ...two, again, more]);
    const counting = createApp({ things: { list } });
    const ask = async () => (await counting.fetch(new Request("http://x/things"))).json();
    expect(await ask()).toEqual([1, 1, 1, 2, 3]);
    expect(await ask()).toEqual([4, 4, 4, 5, 6]);
  });
});
