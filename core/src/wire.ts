export { isAmbiguous } from "./schema/ambiguity.ts";
export type { Check, Payload, ZodCheck } from "./schema/check.ts";
export { childrenOf } from "./schema/children.ts";
export {
  DEPTH_LIMIT,
  ISSUE_LIMIT,
  type IssueCode,
  type MaybePromise,
  type SchemaIssue,
  type SchemaResult,
} from "./schema/issue.ts";
export type {
  ArrayNode,
  CatchContext,
  CatchNode,
  CodecNode,
  DefaultNode,
  DiscriminatedUnionNode,
  FileNode,
  ForeignNode,
  IntersectionNode,
  LiteralValue,
  MapNode,
  NumberNode,
  ObjectNode,
  PayloadFunction,
  PipeNode,
  PlainNode,
  PreprocessNode,
  PropertyNode,
  RecordNode,
  ScalarNode,
  SchemaKind,
  SchemaMeta,
  SchemaNode,
  SetNode,
  StringNode,
  TaggedOption,
  TransformNode,
  TupleNode,
  UnionNode,
  ValuesNode,
  WrapperNode,
} from "./schema/node.ts";
export { type InputPresence, inputPresence, isOptionalIn, isOptionalOut } from "./schema/optionality.ts";
export { leanNode, type LeanMode, type Omission } from "./schema/lean-node.ts";
export { findLossyUnion } from "./schema/lossy-union.ts";
export { innermost } from "./schema/innermost.ts";
export { isSchema, readSchema } from "./schema/read-schema.ts";
export { canBeDeep, holdsFile, holdsRichType, isOneWay, isRecursive } from "./schema/trait.ts";
export { decodeBase64, encodeBase64 } from "./wire/base64.ts";
export { countLost } from "./wire/best-option.ts";
export { checkValue } from "./wire/check-value.ts";
export { decode, encode, safeDecode, safeEncode, type TypedSchema } from "./wire/convert.ts";
export { type DecodeOptions, decodeNode } from "./wire/decode.ts";
export { coerce, isFile, isOfType, literalOnWire } from "./wire/decode-scalar.ts";
export { freeze, validate } from "./wire/decode-wrapper.ts";
export { ENCODE_DEPTH_LIMIT, type EncodeOptions, encodeNode } from "./wire/encode.ts";
export { validateBack } from "./wire/encode-wrapper.ts";
export { copyAny, Unwritable } from "./wire/encode-any.ts";
export { BYTES_TRANSFORMER } from "./wire/bytes-transformer.ts";
export { type Annotation, type EnrichedMeta, enrich } from "./wire/enrich.ts";
export { leadingLimits } from "./wire/list-size.ts";
export { INVALID } from "./wire/invalid.ts";
export { isInheritedKey, isObject, mergeValues, readKey } from "./wire/object-value.ts";
export { findUnsafe } from "./wire/plain.ts";
export type { Outcome } from "./wire/outcome.ts";
export { toText, toWire } from "./wire/request-value.ts";
export { runFunction } from "./wire/run-zod.ts";
export { SchemaError } from "./wire/schema-error.ts";
export {
  type DelimitedStyle,
  describeStyle,
  fieldName,
  fieldOf,
  isDelimited,
  itemsOf,
  joinItems,
  type ParameterStyle,
  splitItems,
} from "./wire/parameter-style.ts";
export { relax } from "./wire/relax.ts";
export { decodeText, lowerText, type TextFields, type TextInput, type TextOptions } from "./wire/text.ts";
export {
  type MakeReader,
  readerOf,
  type ScalarGrammar,
  TEXT_RULES,
  type TextRules,
} from "./wire/text-rules.ts";
export { readBoolean, readNumber } from "./wire/text-scalar.ts";
export { takesAnyText, textView } from "./wire/text-view.ts";
export { type TextWireType, WIRE_TYPES, type WireType } from "./wire/wire-type.ts";
