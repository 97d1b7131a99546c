import type { Check, Payload } from "./check.ts";

/** One schema as Tenon sees it: a kind, its parts, and the checks that run on the value afterwards. */
export type SchemaNode =
  | StringNode
  | NumberNode
  | ScalarNode
  | PlainNode
  | ValuesNode
  | ObjectNode
  | ArrayNode
  | TupleNode
  | RecordNode
  | MapNode
  | SetNode
  | UnionNode
  | DiscriminatedUnionNode
  | IntersectionNode
  | WrapperNode
  | DefaultNode
  | CatchNode
  | CodecNode
  | PipeNode
  | PreprocessNode
  | TransformNode
  | FileNode
  | ForeignNode;

/** The kinds of schema; `match` over them is exhaustive. */
export type SchemaKind = SchemaNode["kind"];

/** What the author wrote about a schema with `.meta()` or `.describe()`. */
export interface SchemaMeta {
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly examples?: readonly unknown[];
  readonly [key: string]: unknown;
}

/** What every node carries. */
export interface NodeBase {
  /** The author's schema, for its messages and for whatever only it can do. */
  readonly schema: unknown;
  readonly meta: SchemaMeta;
  /** In the schema library's order: an overwrite (`trim`) comes before the checks that see its result. */
  readonly checks: readonly Check[];
}

export interface StringNode extends NodeBase {
  readonly kind: "string";
  readonly coerces: boolean;
  /** The format the author named: `email`, `uuid`, `datetime`, … */
  readonly format?: string;
}

export interface NumberNode extends NodeBase {
  readonly kind: "number";
  readonly coerces: boolean;
  readonly isInteger: boolean;
}

export interface ScalarNode extends NodeBase {
  readonly kind: "boolean" | "bigint" | "date";
  readonly coerces: boolean;
}

/** Kinds that are told by their name alone; `url` and `bytes` are `z.instanceof(URL)` and `z.instanceof(Uint8Array)`. */
export interface PlainNode extends NodeBase {
  readonly kind: "null" | "undefined" | "unknown" | "never" | "url" | "bytes";
}

export interface ValuesNode extends NodeBase {
  readonly kind: "literal" | "enum";
  readonly values: readonly LiteralValue[];
}

/** A value that a literal or enum schema can list. */
export type LiteralValue = string | number | boolean | bigint | null | undefined;

export interface ObjectNode extends NodeBase {
  readonly kind: "object";
  readonly properties: readonly PropertyNode[];
  /** What happens to keys that are not listed: dropped, refused, kept, or decoded by a node of their own. */
  readonly unknownKeys: "strip" | "strict" | "passthrough" | SchemaNode;
}

export interface PropertyNode {
  readonly key: string;
  readonly node: SchemaNode;
}

export interface ArrayNode extends NodeBase {
  readonly kind: "array";
  readonly element: SchemaNode;
}

export interface TupleNode extends NodeBase {
  readonly kind: "tuple";
  readonly items: readonly SchemaNode[];
  readonly rest: SchemaNode | undefined;
}

export interface RecordNode extends NodeBase {
  readonly kind: "record";
  readonly key: SchemaNode;
  readonly value: SchemaNode;
  /** The keys that must all be there, when the key schema lists them (`z.record(z.enum([…]), …)`). */
  readonly requiredKeys: readonly string[] | undefined;
  /** The keys that may be there, when the key schema lists them; a strict record refuses others as unknown. */
  readonly knownKeys: readonly string[] | undefined;
  /** A loose record passes keys that its key schema does not know through unchanged. */
  readonly isLoose: boolean;
}

export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly key: SchemaNode;
  readonly value: SchemaNode;
}

export interface SetNode extends NodeBase {
  readonly kind: "set";
  readonly element: SchemaNode;
}

export interface UnionNode extends NodeBase {
  readonly kind: "union";
  readonly options: readonly SchemaNode[];
  /** Exactly one option must fit (`z.xor`). */
  readonly isExclusive: boolean;
}

export interface DiscriminatedUnionNode extends NodeBase {
  readonly kind: "discriminatedUnion";
  readonly discriminator: string;
  readonly options: readonly TaggedOption[];
  /** A tag that no option claims falls back to trying the options in order. */
  readonly fallsBack: boolean;
}

export interface TaggedOption {
  readonly tags: readonly LiteralValue[];
  readonly node: SchemaNode;
}

export interface IntersectionNode extends NodeBase {
  readonly kind: "intersection";
  readonly left: SchemaNode;
  readonly right: SchemaNode;
}

/** Kinds that change how absence, null or mutability is treated and hand the rest to `inner`. */
export interface WrapperNode extends NodeBase {
  readonly kind: "optional" | "nullable" | "nonoptional" | "readonly" | "lazy";
  readonly inner: SchemaNode;
}

export interface DefaultNode extends NodeBase {
  /** `default` supplies a finished server-side value, `prefault` one that is still validated. */
  readonly kind: "default" | "prefault";
  readonly inner: SchemaNode;
  /** A fresh value on each call, so that no two requests share an object. */
  readonly makeValue: () => unknown;
}

export interface CatchNode extends NodeBase {
  readonly kind: "catch";
  readonly inner: SchemaNode;
  readonly makeValue: (context: CatchContext) => unknown;
}

export interface CatchContext {
  readonly value: unknown;
  readonly input: unknown;
  readonly issues: readonly unknown[];
  readonly error: { readonly issues: readonly unknown[] };
}

export type PayloadFunction = (value: unknown, payload: Payload) => unknown;

export interface CodecNode extends NodeBase {
  readonly kind: "codec";
  /** The wire side. */
  readonly in: SchemaNode;
  /** The server side. */
  readonly out: SchemaNode;
  readonly decode: PayloadFunction;
  readonly encode: PayloadFunction;
}

/** `a.pipe(b)`; `a.transform(fn)` is a pipe whose `out` is a `transform` node. */
export interface PipeNode extends NodeBase {
  readonly kind: "pipe";
  readonly in: SchemaNode;
  readonly out: SchemaNode;
}

export interface PreprocessNode extends NodeBase {
  readonly kind: "preprocess";
  readonly in: SchemaNode;
  readonly out: SchemaNode;
}

/** One-way: it has no encoding. */
export interface TransformNode extends NodeBase {
  readonly kind: "transform";
  readonly transform: PayloadFunction;
}

export interface FileNode extends NodeBase {
  readonly kind: "file";
  /** `File` or `Blob`, as the author asked. */
  readonly accepts: "File" | "Blob";
}

export interface ForeignNode extends NodeBase {
  /**
   * `custom` is judged by its checks alone; an `island` is a zod schema that is only understood by calling it;
   * `standard` is another library's schema (Standard Schema v1).
   */
  readonly kind: "custom" | "island" | "standard";
}
