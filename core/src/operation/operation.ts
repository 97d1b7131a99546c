import type { DependencyDefinition, UseStep } from "../dependency/dependency.ts";
import type { ErrorShape } from "../error/declared.ts";
import type { Documentation } from "../procedure/documentation.ts";
import type { InputField } from "../procedure/input-field.ts";
import type { Media } from "../procedure/media.ts";
import type { ParameterStyle } from "../wire/parameter-style.ts";
import type { LeanMode } from "../schema/lean-node.ts";
import type { Kind, Method, ProcedureDefinition } from "../procedure/procedure.ts";

/** Where a parameter is read from: OpenAPI's own terms. */
export type ParameterLocation = "path" | "query" | "header" | "cookie";

/** One parameter of an operation: a key of the input, or one field of a parameter model. */
export interface Parameter {
  readonly in: ParameterLocation;
  /** The name on the wire; header names in lower case. */
  readonly name: string;
  /** The input key; for a model's field the key of the model. */
  readonly key: string;
  /** The field of the model. */
  readonly field: string | undefined;
  readonly schema: unknown;
  readonly style: ParameterStyle;
  readonly isCatchAll: boolean;
  readonly isHidden: boolean;
}

/** A parameter model: its fields are parameters, gathered under one key. */
export interface ParameterModel {
  readonly in: ParameterLocation;
  readonly key: string;
  readonly schema: unknown;
}

/** One field of a form body. */
export interface FormField {
  readonly key: string;
  readonly name: string;
  readonly schema: unknown;
  readonly isHidden: boolean;
  readonly kind: "text" | "json" | "file" | "file-stream";
  /** Largest size of a file in bytes, where it is said. */
  readonly maxBytes: number | undefined;
  /** The media types that a file may have; none for any. */
  readonly types: readonly string[];
  /** The fields of a parameter model: they are parts by their own names, gathered under its key. */
  readonly fields: readonly FormField[] | undefined;
}

/** What the body of a request is. */
export type RequestBody =
  /** A JSON object of the keys that have no other place. */
  | {
      readonly kind: "object";
      readonly fields: ReadonlyMap<string, unknown>;
      readonly schema: unknown;
      /** What the document describes: the author's own object where the body is all of it, for its name. */
      readonly described: unknown;
    }
  /** One key is the whole JSON body. */
  | { readonly kind: "whole"; readonly key: string; readonly schema: unknown }
  /** One key is the whole body, which is no JSON, or JSON under another name. */
  | {
      readonly kind: "raw";
      readonly key: string;
      readonly schema: unknown;
      readonly form: "text" | "bytes" | "stream" | "parsed";
      readonly types: readonly string[];
      readonly maxBytes: number | undefined;
      readonly parse: ((text: string) => unknown) | undefined;
    }
  | {
      readonly kind: "form";
      readonly encoding: "urlencoded" | "multipart";
      readonly fields: readonly FormField[];
      /** Parts that nobody declared are refused; otherwise they are dropped. */
      readonly isStrict: boolean;
    };

/** A response that success can have. */
export interface SuccessResponse {
  readonly status: number;
  /** Undefined where no body may follow (204, 205, 304), and where the body is no JSON. */
  readonly schema: unknown;
  /** What the body is where it is no JSON. */
  readonly media: Media | undefined;
  /** How its JSON differs from the schema. */
  readonly mode: LeanMode;
}

/** A procedure projected on HTTP. The document, the route table and the client's routes read this list. */
export interface Operation {
  /** The procedure's path in the router: `items.read`. */
  readonly id: string;
  readonly operationId: string;
  readonly kind: Kind;
  readonly method: Method;
  /** `/items/{id}`, `{rest*}` for a catch-all. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly models: readonly ParameterModel[];
  readonly body: RequestBody | undefined;
  readonly responses: readonly SuccessResponse[];
  /** Declared errors, those of its dependencies included. */
  readonly errors: Readonly<Record<string, ErrorShape>>;
  readonly responseHeaders: ReadonlyMap<string, unknown>;
  /** Names of cookies that its replies may set. */
  readonly responseCookies: readonly string[];
  /** All its `.use` and `.guard` steps, the routers' guards first. */
  readonly uses: readonly UseStep[];
  /** Each dependency at or below it once, the used before the users. */
  readonly dependencies: readonly DependencyDefinition[];
  /** Security scopes that it asks for, those of its dependencies included. */
  readonly scopes: readonly string[];
  readonly tags: readonly string[];
  readonly documentation: Documentation;
  readonly isDeprecated: boolean;
  readonly isHidden: boolean;
  readonly hasRpc: boolean;
  readonly bodyLimit: number | undefined;
  readonly procedure: ProcedureDefinition;
  /** Every input key with its field, those of dependencies included. */
  readonly input: ReadonlyMap<string, InputField>;
}
