import type { Operation } from "@tenon/core";
import { canBeDeep, readSchema } from "@tenon/core/wire";
import type { Address } from "../route/route.ts";
import type { Semantics } from "../semantics.ts";
import { compileRules, type FormLimits } from "../upload/form-limits.ts";
import type { Spool } from "../upload/spool.ts";
import type { BackEnd } from "../validation/compile-schema.ts";
import { compileForm } from "./decode-form.ts";
import { type BodyPlan, compileJsonBody } from "./decode-input.ts";
import { orJson } from "./form-or-json.ts";
import { planRaw } from "./raw-body.ts";
import { readForm } from "./read-form.ts";
import { readJson, readJsonParameter } from "./read-json.ts";
import type { RequestContext } from "./request-context.ts";

/** What the app says about every body. */
export interface BodySettings {
  readonly backEnd: BackEnd;
  readonly semantics: Semantics;
  /** Bytes of a body. */
  readonly bodyLimit: number;
  readonly formLimits: FormLimits;
  /** Where large uploads go; undefined keeps them in memory. */
  readonly spool: Spool | undefined;
}

/** Plans how the body of an operation is read and decoded at one of its addresses; undefined where it has none. */
export function planBody(
  { body, bodyLimit, kind }: Operation,
  address: Address,
  { backEnd, semantics, bodyLimit: appLimit, formLimits, spool }: BodySettings,
): BodyPlan | undefined {
  if (body === undefined) {
    return undefined;
  }
  const limit = bodyLimit ?? appLimit;
  if (body.kind === "form") {
    const rules = compileRules(body, formLimits, bodyLimit);
    // What is not told apart by its type may be either.
    const encoding = semantics.mediaType === "ignore" ? "urlencoded" : body.encoding;
    const form = {
      decode: compileForm(body, backEnd, semantics.text),
      read: (context: RequestContext) => readForm(context, encoding, rules, spool),
    };
    return address === "rpc" ? orJson(form, body, { backEnd, grammar: semantics.json, limit }) : form;
  }
  if (body.kind === "raw") {
    const isAnyType = semantics.mediaType === "ignore" && address === "rest";
    return planRaw(body, {
      backEnd,
      grammar: semantics.json,
      limit,
      streamLimit: formLimits.file,
      isAnyType,
    });
  }
  const node = readSchema(body.schema);
  const rules = {
    limit,
    isDeep: canBeDeep(node),
    isTypeNeeded: address === "rpc",
    isUntypedRead: semantics.untyped === "read" && address === "rest",
  };
  return {
    decode: compileJsonBody(node, body.kind === "whole" ? body.key : undefined, backEnd, semantics.json),
    read:
      address === "rpc" && kind === "socket"
        ? (context) => readJsonParameter(context.readQuery().input, rules.isDeep)
        : (context) => readJson(context.exchange, rules),
  };
}
