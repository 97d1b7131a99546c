import { objectOf, type RequestBody } from "@tenon/core";
import { canBeDeep, readSchema, type ScalarGrammar } from "@tenon/core/wire";
import { isPromise } from "../exchange/promise.ts";
import { frameworkError } from "../response/problem.ts";
import type { BackEnd } from "../validation/compile-schema.ts";
import { type BodyPlan, compileJsonBody } from "./decode-input.ts";
import { isJson } from "./media-type.ts";
import { NO_BODY, readJson } from "./read-json.ts";
import type { RequestContext } from "./request-context.ts";

/** A body that came as JSON where a form is taken, too. */
class JsonInput {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/**
 * A form at a canonical address, where an input without files is JSON like any other. A form could be sent by any page:
 * only a caller that may set headers gets it.
 */
export function orJson(
  form: BodyPlan,
  body: RequestBody & { readonly kind: "form" },
  {
    backEnd,
    grammar,
    limit,
  }: { readonly backEnd: BackEnd; readonly grammar: ScalarGrammar | undefined; readonly limit: number },
): BodyPlan {
  const fields = new Map(body.fields.map(({ key, schema }) => [key, schema]));
  const node = readSchema(objectOf(fields, body.isStrict));
  const json = compileJsonBody(node, undefined, backEnd, grammar);
  const rules = { limit, isDeep: canBeDeep(node), isTypeNeeded: true, isUntypedRead: false };
  return {
    decode: {
      key: undefined,
      absent: undefined,
      decode: (raw) => (raw instanceof JsonInput ? json.decode(raw.value) : form.decode.decode(raw)),
      explain: (raw) => (raw instanceof JsonInput ? json.explain(raw.value) : form.decode.explain(raw)),
    },
    read: (context) => {
      if (isJson(context.exchange.header("content-type") ?? "")) {
        const read = readJson(context.exchange, rules);
        return isPromise(read) ? read.then(toInput) : toInput(read);
      }
      requireHeader(context);
      return form.read(context);
    },
  };

  function toInput(raw: unknown): JsonInput {
    return new JsonInput(raw === NO_BODY ? json.absent : raw);
  }
}

function requireHeader(context: RequestContext): void {
  if (context.exchange.header("tenon-rpc") !== "1") {
    throw frameworkError("UNSUPPORTED_MEDIA_TYPE", "multipart at this address needs the header tenon-rpc: 1");
  }
}
