import type { MaybePromise, Operation } from "@tenon/core";
import { isPromise } from "../exchange/promise.ts";
import type { FormParts } from "../upload/form-parts.ts";
import type { BodyPlan } from "./decode-input.ts";
import { essence, isJson } from "./media-type.ts";
import { NO_BODY } from "./read-json.ts";
import type { Semantics } from "../semantics.ts";

const NO_PARTS: FormParts = Object.freeze(Object.create(null));

/**
 * Takes a body of another media type for none, as FastAPI does: what is missing in it is said key by key, or of the whole where
 * one key is the whole body. A form's field without a text is taken for none, too. What is read as text or bytes is read
 * whatever its type.
 */
export function ignoreType(plan: BodyPlan, { body }: Operation, untyped: Semantics["untyped"]): BodyPlan {
  if (body?.kind === "raw") {
    return plan;
  }
  const isForm = body?.kind === "form";
  const absent = isForm ? NO_PARTS : body?.kind === "object" ? {} : plan.decode.absent;
  return {
    decode: { ...plan.decode, absent },
    read: (context) => {
      const type = context.exchange.header("content-type");
      const fits =
        type === undefined ? untyped === "read" && !isForm : isForm ? isFormType(type) : isJson(type);
      if (!fits) {
        return NO_BODY;
      }
      const read = plan.read(context);
      return isForm ? withoutEmpty(read) : read;
    },
  };
}

function isFormType(contentType: string): boolean {
  const type = essence(contentType);
  return type === "multipart/form-data" || type === "application/x-www-form-urlencoded";
}

function withoutEmpty(read: MaybePromise<unknown>): MaybePromise<unknown> {
  if (isPromise(read)) {
    return read.then(withoutEmpty);
  }
  const parts = read as FormParts;
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== ""));
}
