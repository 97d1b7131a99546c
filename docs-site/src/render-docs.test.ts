import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe as describeApi, type OpenAPIObject, type SchemaObject } from "@tenon/core/openapi";
import { download, file, procedure, project } from "@tenon/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sampleMiddleware, sampleOperations } from "../../tests/fixtures/openapi/sample.ts";
import { exampleOf } from "./example/example.ts";
import { listOperations } from "./operation.ts";
import { renderDocs } from "./render-docs.ts";

const document = describeApi(sampleOperations, {
  info: { title: "Sample", version: "1.0.0" },
  middleware: [sampleMiddleware],
  rpcPath: "/rpc",
});
const options = { base: "docs", documentUrl: "openapi.json" };
const page = renderDocs(document, options).html;

describe("renderDocs", () => {
  it("shows every operation with its address and a link to it", () => {
    for (const { anchor, path, summary } of listOperations(document)) {
      expect(page).toContain(`id="${anchor}"`);
      expect(page).toContain(`href="#${anchor}"`);
      expect(page).toContain(summary);
      expect(page.replaceAll("<wbr>", "")).toContain(`<code class="path">${path}</code>`);
    }
    expect(listOperations(document)).toHaveLength(14);
  });

  it("leads to the documents, to that of sockets where there is one", () => {
    expect(page).toContain('<a href="openapi.json">the document</a>');
    expect(page).not.toContain("AsyncAPI");
    const { html } = renderDocs(document, { ...options, asyncapiUrl: "../asyncapi.json" });
    expect(html).toContain('AsyncAPI 3.0.0 · <a href="../asyncapi.json">its sockets</a>');
  });

  it("shows every component, and no link leads nowhere", () => {
    const targets = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(links.filter((target) => !targets.has(target))).toEqual([]);
    for (const name of Object.keys(document.components?.schemas ?? {})) {
      expect([name, targets.has(`schema-${name}`) || targets.has(`error-${name}`)]).toEqual([name, true]);
    }
  });

  it("gives every element an id of its own", () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("holds no inline script, no inline style and no address of another host", () => {
    expect(page).not.toMatch(/<script(?![^>]* src=)/);
    expect(page).not.toMatch(/<style| style=| on\w+="/);
    expect([...page.matchAll(/(?:src|href)="(https?:[^"]+)"/g)].map(([, url]) => url)).toEqual([
      "https://example.com",
      "https://example.com",
    ]);
  });

  it("escapes whatever a document says", () => {
    const attack = `</script><img src=x onerror=alert(1)>'"&`;
    const hostile = describeApi(
      project({
        things: {
          read: procedure
            .input({ id: z.string().meta({ description: attack, examples: [attack] }) })
            .output(z.object({ [attack]: z.literal(attack) }).meta({ title: attack, description: attack }))
            .errors({ EVIL: { status: 400, description: attack, data: { [attack]: z.string() } } })
            .doc({
              summary: attack,
              description: `[x](javascript:alert(1)) ${attack}`,
              tags: [attack],
              operationId: attack,
            })
            .query(() => ({}) as never),
        },
      }),
      { info: { title: attack, version: attack, description: attack } },
    );
    const { html } = renderDocs(hostile, { ...options, title: attack });
    expect(html).not.toContain("<img");
    expect(html).not.toContain("</script><");
    expect(html).not.toMatch(/href="javascript:/);
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it("names its files after their content", () => {
    const { assets } = renderDocs(document, options);
    expect(assets.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^docs\.[0-9a-f]{12}\.css$/),
      expect.stringMatching(/^docs\.[0-9a-f]{12}\.js$/),
    ]);
    for (const { name } of assets) {
      expect(page).toContain(`"docs/assets/${name}"`);
    }
  });

  it("calls files files and their limits bytes, and makes up no example of them", () => {
    const files = describeApi(
      project({
        files: {
          send: procedure
            .input({ photo: file({ maxBytes: 1_000_000, types: ["image/png"] }) })
            .output(download("text/csv"))
            .mutation(() => ({}) as never),
        },
      }),
      { info: { title: "Files", version: "1" } },
    );
    const { html } = renderDocs(files, options);
    expect(html).toContain("at most 1000000 bytes");
    expect(html).toContain('<span class="type">file <span class="format">image/png</span></span>');
    expect(html).toContain('<code>text/csv</code> <span class="type">bytes</span>');
    expect(html).not.toContain("200 text/csv");
    expect(html).not.toContain("characters");
  });

  it("renders documents that Tenon did not write", () => {
    const foreign: OpenAPIObject = {
      openapi: "3.1.0",
      info: { title: "Other", version: "1" },
      paths: {
        "/a b/{x}": {
          parameters: [
            { name: "x", in: "path", required: true, schema: { $ref: "#/components/schemas/Missing" } },
          ],
          get: { responses: { default: { description: "Anything" } } },
        },
      },
      components: { schemas: { Loop: { $ref: "#/components/schemas/Loop" } } },
    };
    expect(renderDocs(foreign, options).html).toContain("get%20%2Fa%20b%2F%7Bx%7D");
  });
});

describe("samples", () => {
  const sample = (id: string): string => {
    const start = page.indexOf(`id="op-${id}"`);
    return page
      .slice(page.indexOf('<div class="samples">', start), page.indexOf("</article>", start))
      .replace(/<[^>]+>/g, "")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&gt;", ">");
  };

  it("calls the typed client by the procedure's path, with the values that it takes", () => {
    expect(sample("items.read")).toContain("const result = await api.items.read({ id: 1 });");
    expect(sample("items.remove")).toContain("\nawait api.items.remove({ id: 1 });".trim());
    expect(sample("items.create")).toContain("api.items.create({\n  item: {");
    expect(sample("items.watch")).toContain("for await (const item of api.items.watch.stream()) {");
    expect(sample("items.chat")).toContain('await api.items.chat.connect({ room: "room" });');
    expect(sample("misc.echo")).toContain('new Date("2020-01-01T00:00:00.000Z")');
    expect(sample("misc.echo")).toContain('new Set(["unique"])');
  });

  it("calls by address where there is no canonical one", () => {
    expect(sample("users.login")).toContain('await api.POST("/users/login", {');
  });

  it("writes curl commands that a shell reads as they are", () => {
    expect(sample("items.read")).toContain("curl 'http://localhost:8000/items/1'");
    expect(sample("items.replace")).toContain('-H "authorization: Bearer $TOKEN"');
    expect(sample("items.upload")).toContain("-F 'picture=@file'");
    expect(sample("users.login")).toContain("--data-urlencode 'username=username'");
  });
});

describe("examples", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat("time-local", /^\d\d:\d\d:\d\d$/);
  ajv.addSchema(document, "api");

  it("fit the component that they are examples of", () => {
    for (const name of Object.keys(document.components?.schemas ?? {})) {
      const example = exampleOf(document, { $ref: `#/components/schemas/${name}` });
      const validate = ajv.getSchema(`api#/components/schemas/${name}`);
      void validate?.(example);
      expect([name, example === undefined, validate?.errors]).toEqual([name, false, null]);
    }
  });

  it("fit every parameter, body and response", () => {
    let count = 0;
    const check = (path: (string | number)[]): void => {
      const pointer = path.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
      const schema = path.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document);
      const validate = ajv.compile({ $ref: `api#/${encodeURI(pointer)}` });
      validate(exampleOf(document, schema as SchemaObject));
      expect([pointer, validate.errors]).toEqual([pointer, null]);
      count++;
    };
    const visit = (value: unknown, path: (string | number)[]): void => {
      if (typeof value !== "object" || value === null) {
        return;
      }
      for (const [key, part] of Object.entries(value)) {
        if (key === "schema") {
          check([...path, key]);
        } else {
          visit(part, [...path, key]);
        }
      }
    };
    visit(document.paths, ["paths"]);
    expect(count).toBeGreaterThan(40);
  });

  it.each([
    ["^[A-Z]{2}-\\d{3,}$"],
    ["^(?:foo|bar)+[^a0]?$"],
    ["^[a-z0-9]+(?:-[a-z0-9]+)*$"],
    ["^\\+?\\d+\\.[\\w.]+@x$"],
    ["^\\p{L}{2}$"],
    ["^[^\\u0000]*$"],
    ["^\\x41\\u0042$"],
  ])("are found for %s", (pattern) => {
    const text = exampleOf(document, { type: "string", pattern });
    expect(text).toMatch(new RegExp(pattern, "u"));
  });

  it("are left out where none can be found", () => {
    expect(exampleOf(document, { type: "string", pattern: "^(?=a)(?=b)" })).toBeUndefined();
    expect(exampleOf(document, { not: {} })).toBeUndefined();
  });
});
