import type { SchemaObject } from "openapi3-ts/oas31";
import { DefinitionError } from "../error/definition-error.ts";
import { describeNode } from "../json-schema/write-schema.ts";
import type { Direction, SchemaWriter } from "../json-schema/writer.ts";
import type { SchemaNode } from "../schema/node.ts";
import { readSchema } from "../schema/read-schema.ts";
import { canonical } from "./canonical.ts";

/** One schema under a name, as one side sees it. */
interface Draft {
  readonly node: SchemaNode | undefined;
  schema: SchemaObject;
}

/** A component that exists in several versions, each with the operation that wants it. */
interface Variant {
  readonly owner: string;
  readonly schema: SchemaObject;
}

/** Begins every reference until all names are known; no text that an author writes begins like this. */
const PENDING = "\0";

/**
 * The schemas under `components`. While operations are described, references say side and name; only when all is known
 * can it be told whether both sides of a schema are equal, and what its name is.
 */
export class Components {
  readonly #drafts = new Map<string, Draft>();
  readonly #variants = new Map<string, Variant[]>();
  /** Names of recursive schemas that their authors did not name. */
  readonly #given = new Map<SchemaNode, string>();
  readonly #open = new Set<SchemaNode>();
  readonly #writers: Record<Direction, SchemaWriter> = {
    input: { direction: "input", write: (node) => this.#write(node, "input") },
    output: { direction: "output", write: (node) => this.#write(node, "output") },
  };

  /** Where the schema being written belongs; a recursive schema without a name is named after it. */
  #place = "Schema";

  /** The schema of a zod schema (or another library's), in place or by reference. */
  write(schema: unknown, direction: Direction, place: string): SchemaObject {
    return this.writeNode(readSchema(schema), direction, place);
  }

  /** The same of a node. */
  writeNode(node: SchemaNode, direction: Direction, place: string): SchemaObject {
    this.#place = place;
    return this.#write(node, direction);
  }

  /** Puts a finished schema under a name. */
  fixed(name: string, schema: SchemaObject): SchemaObject {
    const key = `${PENDING}output/${name}`;
    this.#keep(key, name, { node: undefined, schema });
    return { $ref: key };
  }

  /** Puts a schema under a name that its owner is added to where other operations mean something else by it. */
  variant(name: string, owner: string, schema: SchemaObject): SchemaObject {
    const variants = this.#variants.get(name) ?? [];
    this.#variants.set(name, variants);
    const text = canonical(schema);
    let index = variants.findIndex((variant) => canonical(variant.schema) === text);
    if (index < 0) {
      index = variants.push({ owner, schema }) - 1;
    }
    return { $ref: `${PENDING}variant/${name}/${index}` };
  }

  /** Ends the drafts: schemas by final name, and what turns references into final ones. */
  finish(): { schemas: Record<string, SchemaObject>; resolve: <Value>(value: Value) => Value } {
    const split = this.#findSplit();
    const schemas: Record<string, SchemaObject> = {};
    const resolve = <Value>(value: Value): Value =>
      replaceReferences(value, (reference) => `#/components/schemas/${this.#finalName(reference, split)}`);
    const put = (reference: string, schema: SchemaObject): void => {
      const name = this.#finalName(reference, split);
      const resolved = resolve(schema);
      const existing = schemas[name];
      if (existing !== undefined && canonical(existing) !== canonical(resolved)) {
        throw duplicate(name);
      }
      schemas[name] = resolved;
    };
    for (const [reference, { schema }] of this.#drafts) {
      put(reference, schema);
    }
    for (const [name, variants] of this.#variants) {
      for (const [index, { schema }] of variants.entries()) {
        put(`${PENDING}variant/${name}/${index}`, schema);
      }
    }
    const sorted = Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1));
    return { schemas: Object.fromEntries(sorted), resolve };
  }

  #write(node: SchemaNode, direction: Direction): SchemaObject {
    const name = node.meta.id === undefined ? this.#given.get(node) : toName(node.meta.id);
    if (name !== undefined) {
      return this.#reference(name, node, direction);
    }
    if (this.#open.has(node)) {
      return { $ref: `${PENDING}${direction}/${this.#nameRecursive(node)}` };
    }
    this.#open.add(node);
    const schema = describeNode(node, this.#writers[direction]);
    this.#open.delete(node);
    const given = this.#given.get(node);
    if (given === undefined) {
      return schema;
    }
    const key = `${PENDING}${direction}/${given}`;
    this.#keep(key, given, { node, schema });
    return { $ref: key };
  }

  #reference(name: string, node: SchemaNode, direction: Direction): SchemaObject {
    const key = `${PENDING}${direction}/${name}`;
    const existing = this.#drafts.get(key);
    if (existing?.node !== node && !this.#open.has(node)) {
      const draft: Draft = { node, schema: {} };
      if (existing === undefined) {
        this.#drafts.set(key, draft);
      }
      this.#open.add(node);
      draft.schema = describeNode(node, this.#writers[direction]);
      this.#open.delete(node);
      this.#keep(key, name, draft);
    }
    return { $ref: key };
  }

  #keep(key: string, name: string, draft: Draft): void {
    const existing = this.#drafts.get(key);
    if (existing === undefined) {
      this.#drafts.set(key, draft);
    } else if (existing !== draft && canonical(existing.schema) !== canonical(draft.schema)) {
      throw duplicate(name);
    }
  }

  #nameRecursive(node: SchemaNode): string {
    let name = this.#given.get(node);
    if (name === undefined) {
      const taken = new Set(this.#given.values());
      name = this.#place;
      for (let number = 2; taken.has(name); number++) {
        name = `${this.#place}${number}`;
      }
      this.#given.set(node, name);
    }
    return name;
  }

  /** Names whose two sides differ. A difference in one schema is a difference in all that refer to it. */
  #findSplit(): ReadonlySet<string> {
    const split = new Set<string>();
    const sides = [...this.#drafts].flatMap(([key, draft]) => {
      const { side, name } = readReference(key);
      const output = this.#drafts.get(`${PENDING}output/${name}`);
      return side === "input" && output !== undefined
        ? [{ name, input: draft.schema, output: output.schema }]
        : [];
    });
    const text = (schema: SchemaObject): string =>
      canonical(replaceReferences(schema, (reference) => this.#finalName(reference, split)));
    for (let before = -1; before !== split.size; ) {
      before = split.size;
      for (const { name, input, output } of sides) {
        if (!split.has(name) && text(input) !== text(output)) {
          split.add(name);
        }
      }
    }
    return split;
  }

  #finalName(reference: string, split: ReadonlySet<string>): string {
    const { side, name, index } = readReference(reference);
    if (side === "variant") {
      const variants = this.#variants.get(name) as Variant[];
      return variants.length === 1 ? name : `${variants[index]?.owner}${name}`;
    }
    return side === "input" && split.has(name) ? `${name}Input` : name;
  }
}

function readReference(reference: string): { side: string; name: string; index: number } {
  const [side = "", name = "", index = "0"] = reference.slice(PENDING.length).split("/");
  return { side, name, index: Number(index) };
}

/** What a component's key may hold (OpenAPI 3.1.1, 4.8.7.1). */
function toName(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]+/g, "_");
}

function duplicate(name: string): DefinitionError {
  return new DefinitionError(
    "DUPLICATE_COMPONENT",
    `two different schemas would both be '#/components/schemas/${name}': give one another .meta({ id })`,
  );
}

/** Copies JSON with its pending references replaced, in `$ref` and in the mapping of discriminators. */
function replaceReferences<Value>(value: Value, replace: (reference: string) => string): Value {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => replaceReferences(item, replace)) as Value;
  }
  if (typeof value === "string") {
    return (value.startsWith(PENDING) ? replace(value) : value) as Value;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, replaceReferences(part as unknown, replace)]),
  ) as Value;
}
