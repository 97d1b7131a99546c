import { decodeNode, decodeText, encodeNode, INVALID, type SchemaNode } from "@tenon/core/wire";

export type BackEnd = "generated" | "closures";
export function chooseBackEnd(): BackEnd {
  return "generated";
}
export function compileDecoder(node: SchemaNode, _backEnd: BackEnd): (value: unknown) => unknown {
  return (value) => settle(decodeNode(node, value));
}
export function compileTextDecoder(node: SchemaNode, _backEnd: BackEnd): (value: unknown) => unknown {
  return (value) => settle(decodeText(node, value as string));
}
export function compileEncoder(node: SchemaNode, _backEnd: BackEnd): (value: unknown) => unknown {
  return (value) => settle(encodeNode(node, value));
}
function settle(result: unknown): unknown {
  const settled = result as { ok?: boolean; value?: unknown };
  return settled.ok === true ? settled.value : INVALID;
}
