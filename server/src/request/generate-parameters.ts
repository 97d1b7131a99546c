import { INVALID, type TextRules } from "@tenon/core/wire";
import type { Compiled } from "../validation/compile-schema.ts";
import { compileStyled } from "./decode-parameter.ts";
import type { DecodeParameters, ParameterPlan, ParameterRead } from "./parameter-plan.ts";
import { compileFetch } from "./parameter-text.ts";

/**
 * The reading of parameters as source text: one object literal of one shape, no loop and no table. A tenth of the whole
 * request in `bench/run-time` S1. Only for plans without models; `decode-parameters.ts` is the general form.
 */
export function generateParameters(plan: ParameterPlan, rules: TextRules): DecodeParameters {
  const names: string[] = ["INVALID"];
  const values: unknown[] = [INVALID];
  const constant = (name: string, value: unknown): string => {
    names.push(name);
    values.push(value);
    return name;
  };
  const lines: string[] = [];
  const always: string[] = [];
  const sometimes: string[] = [];
  const usesQuery = plan.reads.some(({ parameter }) => parameter.in === "query");
  if (usesQuery) {
    lines.push("const query = context.readQuery();");
  }
  plan.reads.forEach((read, index) => {
    const decode: Compiled = compileStyled(read, "generate", rules);
    const value = `v${index}`;
    lines.push(`const ${value} = ${constant(`d${index}`, decode)}(${fetchText(read, index, constant)});`);
    lines.push(`if (${value} === INVALID) return INVALID;`);
    const key = read.parameter.key === "__proto__" ? '["__proto__"]' : JSON.stringify(read.parameter.key);
    if (isAlwaysThere(read)) {
      always.push(`${key}: ${value}`);
    } else {
      sometimes.push(`if (${value} !== undefined) input[${JSON.stringify(read.parameter.key)}] = ${value};`);
    }
  });
  lines.push(`const input = { ${always.join(", ")} };`, ...sometimes, "return input;");
  const text = `return function decodeParameters(context) {\n${lines.join("\n")}\n};`;
  // oxlint-disable-next-line typescript/no-implied-eval -- what this back end is; hosts that forbid it take the general form
  return new Function(...names, text)(...values) as DecodeParameters;
}

type Constant = (name: string, value: unknown) => string;

function fetchText(read: ParameterRead, index: number, constant: Constant): string {
  const { parameter, pathIndex } = read;
  if (parameter.in === "path" && parameter.style !== "segments") {
    return `context.values[${pathIndex}]`;
  }
  if (parameter.in === "query" && parameter.style !== "deepObject") {
    return `query[${JSON.stringify(parameter.name)}]`;
  }
  return `${constant(`f${index}`, compileFetch(read))}(context)`;
}

/** A required value, or one with a default, is there whenever the decoding succeeds. */
function isAlwaysThere({ parameter, node }: ParameterRead): boolean {
  return parameter.in === "path" || node.kind === "default" || node.kind === "prefault";
}
