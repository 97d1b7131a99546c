import { DefinitionError } from "../error/definition-error.ts";
import type { Flat } from "../type/flat.ts";
import type { In, Returnable, Delivered } from "../type/schema-side.ts";
import { isSchema } from "./input-field.ts";
import type { Codec } from "./media.ts";
import { objectOf, readShape } from "./shape.ts";

/** How JSON differs from its schema. */
export interface JsonOptions {
  /**
   * Keys that are left out at every depth: `"undefined"`, those that the handler left out, in spite of a default;
   * `"defaults"`, those that equal their default, too; `"null"`, those that are null.
   */
  readonly omit?: "undefined" | "defaults" | "null";
  /** Values are encoded and stripped, and not checked: for what was checked when it was stored. */
  readonly trust?: boolean;
}

/** An output of JSON that differs from its schema: `json(Item, { omit: "null" })`. */
export interface JsonOutput<Server, Client> extends Codec<Server, Client> {
  readonly "~json": { readonly schema: unknown } & JsonOptions;
}

/** What the client gets of a slot under the options. */
export type JsonDelivered<Slot, Options> = Options extends { omit: "null" }
  ? WithoutNulls<Delivered<Slot>>
  : Options extends { omit: "undefined" | "defaults" }
    ? In<Slot>
    : Delivered<Slot>;

/** Keys that may be null become keys that may be absent, at every depth. */
export type WithoutNulls<Value> = Value extends readonly (infer Item)[]
  ? WithoutNulls<Item>[]
  : Value extends Date | URL | Uint8Array | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>
    ? Value
    : Value extends object
      ? Flat<
          { [K in keyof Value as null extends Value[K] ? never : K]: WithoutNulls<Value[K]> } & {
            [K in keyof Value as null extends Value[K] ? K : never]?: WithoutNulls<Exclude<Value[K], null>>;
          }
        >
      : Value;

/** JSON by a schema, with keys left out, or without checks. The document says what is sent. */
export function json<Slot, const Options extends JsonOptions>(
  schema: Slot,
  options: Options,
): JsonOutput<Returnable<Slot>, JsonDelivered<Slot, Options>> {
  const read = isSchema(schema) ? schema : objectOf(readShape(schema as object, "json(…)"));
  if (![undefined, "undefined", "defaults", "null"].includes(options.omit)) {
    throw new DefinitionError(
      "UNENCODABLE_OUTPUT",
      `json(…, { omit: '${options.omit}' }): omit is "undefined", "defaults" or "null"`,
    );
  }
  const output = Object.freeze({ "~json": Object.freeze({ ...options, schema: read }) });
  return output as unknown as JsonOutput<Returnable<Slot>, JsonDelivered<Slot, Options>>;
}

/** What an output slot says by `json(…)`; undefined for everything else. */
export function readJson(slot: unknown): JsonOutput<unknown, unknown>["~json"] | undefined {
  return (slot as Partial<JsonOutput<unknown, unknown>> | null | undefined)?.["~json"];
}
