import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dependency, download, file, form, procedure, query, redirect, router, security } from "@tenon/core";
import { z } from "zod";
import { type App, createApp } from "../app.ts";
import type { AppOptions } from "../app-options.ts";
import { staticFiles } from "../static.ts";

interface Tree {
  children: Tree[];
}
const Tree: z.ZodType<Tree> = z.object({
  get children() {
    return z.array(Tree);
  },
});

/** What the handlers of an attacked application have seen and done. */
export interface Seen {
  readonly bodies: unknown[];
  readonly reported: string[];
  /** How often a handler ran that changes something by the caller's cookie. */
  transfers: number;
  files: { readonly name: string; readonly size: number }[];
  /** Called while a file that was uploaded is there. */
  whileUploading: () => void;
}

/** An application that says nothing about its security, for somebody to attack. */
export interface Target {
  readonly app: App<unknown>;
  readonly seen: Seen;
  /** What is served from here is public, and what is beside it is not. */
  readonly folder: string;
  remove(): void;
}

/** Makes an application of which every option that has to do with security is left as it is. */
export function makeTarget(options: AppOptions = {}): Target {
  const seen: Seen = { bodies: [], reported: [], transfers: 0, files: [], whileUploading: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "target-"));
  const root = join(folder, "public");
  mkdirSync(root);
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(root, "page.txt"), "public");
  writeFileSync(join(root, ".env"), "SECRET=1");
  symlinkSync(join(folder, "secret.txt"), join(root, "link.txt"));

  const cookie = security.apiKey({ in: "cookie", key: "sid", name: "cookie" });
  const token = security.bearer();
  const user = dependency.use({ token }).resolve(({ token: given }) => ({ given }));
  const open = {
    create: procedure
      .route("POST /notes")
      .input({ title: z.string(), count: z.int().optional(), tags: z.array(z.int()).optional() })
      .output(z.string())
      .mutation(({ input }) => {
        seen.bodies.push(input);
        return input.title;
      }),
    list: procedure
      .route("GET /notes")
      .input({ limit: z.int().default(1) })
      .output(z.int())
      .query(({ input }) => input.limit),
    record: procedure
      .route("POST /record")
      .input({ values: z.record(z.string(), z.unknown()) })
      .output(z.array(z.string()))
      .mutation(({ input }) => {
        seen.bodies.push(input);
        return Object.keys(input.values);
      }),
    tree: procedure
      .route("POST /tree")
      .input({ tree: Tree })
      .output(z.string())
      .mutation(() => "kept"),
    slow: procedure
      .route("POST /pattern")
      .input({
        word: z
          .string()
          .max(20)
          .regex(/^(a+)+$/),
      })
      .output(z.string())
      .mutation(({ input }) => input.word),
    upload: procedure
      .route("POST /upload")
      .input({ picture: file(), note: form(z.string().optional()) })
      .output(z.string())
      .mutation(({ input }) => {
        seen.whileUploading();
        seen.files.push({ name: input.picture.name, size: input.picture.size });
        return input.picture.name;
      }),
    broken: procedure
      .route("GET /broken")
      .output(z.string())
      .query(() => {
        throw new Error("the password of the database is hunter2");
      }),
    leaky: procedure
      .route("GET /leaky")
      .output({ id: z.int(), friends: z.array(z.object({ id: z.int() })) })
      .query(() => ({ id: 1, hash: "secret", friends: [{ id: 2, hash: "secret" }] }) as never),
    liar: procedure
      .route("GET /liar")
      .output(z.int())
      .query(() => "secret" as never),
    head: procedure
      .route("GET /head")
      .input({ name: z.string().default("x-said"), said: z.string() })
      .output(z.string())
      .query(({ input, ctx }) => {
        ctx.response.headers.set(input.name, input.said);
        return "";
      }),
    remember: procedure
      .route("POST /remember")
      .input({ value: query(z.string()) })
      .output(z.void())
      .mutation(({ input, ctx }) => ctx.cookies.set("seen", input.value)),
    report: procedure
      .route("GET /report")
      .input({ path: z.string() })
      .output(download())
      .query(({ input }) => ({ root, path: input.path })),
    named: procedure
      .route("GET /named")
      .input({ name: z.string() })
      .output(download())
      .query(({ input }) => ({ body: new Uint8Array([1]), filename: input.name })),
    moved: procedure
      .route("GET /moved")
      .input({ to: z.string() })
      .output(redirect())
      .query(({ input }) => input.to),
    whence: procedure
      .route("GET /whence")
      .output({ ip: z.string(), origin: z.string() })
      .query(({ ctx }) => ({ ip: ctx.ip, origin: ctx.url.origin })),
    waits: procedure
      .route("GET /waits")
      .output(z.string())
      .query(
        ({ signal }) =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      ),
    echo: procedure
      .route("GET /echo")
      .receive(z.string())
      .send(z.string())
      .socket(async ({ socket }) => {
        for await (const message of socket) {
          await socket.send(message);
        }
      }),
  };
  const closed = {
    read: procedure
      .route("GET /account")
      .use({ user })
      .output(z.string())
      .query(() => "yours"),
    change: procedure
      .route("POST /account")
      .use({ user })
      .input({ name: z.string() })
      .output(z.string())
      .mutation(({ input }) => input.name),
    transfer: procedure
      .route("POST /transfer")
      .use({ cookie })
      .output(z.int())
      .mutation(() => ++seen.transfers),
    talk: procedure
      .route("GET /talk")
      .use({ cookie })
      .receive(z.string())
      .send(z.string())
      .socket(() => {}),
  };
  const app = createApp(
    { open: router(open, { prefix: "" }), closed: router(closed, { prefix: "" }) },
    {
      info: { title: "<script>alert(1)</script>", version: "1", description: "<img src=x onerror=alert(1)>" },
      mounts: { "/static": staticFiles({ dir: root }) },
      onError: (error) => seen.reported.push((error as Error).message),
      ...options,
    },
  );
  return { app, seen, folder, remove: () => rmSync(folder, { recursive: true }) };
}
