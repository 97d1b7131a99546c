import { match } from "ts-pattern";
import type { RequestContext } from "./request-context.ts";
import { headerValues } from "./request-headers.ts";
import type { ParameterRead } from "./parameter-plan.ts";

/** The text of a parameter as it was sent: undefined where it was not, several where its name was repeated. */
export type ParameterText = string | readonly string[] | undefined;

/** Makes the function that fetches a parameter's text from its place. */
export function compileFetch(read: ParameterRead): (context: RequestContext) => ParameterText {
  const { parameter, pathIndex, isList } = read;
  const { name } = parameter;
  return match(parameter)
    .returnType<(context: RequestContext) => ParameterText>()
    .with({ in: "path" }, () => (context) => context.values[pathIndex])
    .with({ in: "query", isCommaSeparated: true }, () => (context) => splitCommas(context.readQuery()[name]))
    .with({ in: "query" }, () => (context) => context.readQuery()[name])
    .with({ in: "header" }, () =>
      isList ? (context) => listOf(context, name) : (context) => context.exchange.header(name),
    )
    .with({ in: "cookie" }, () => (context) => context.requestCookies.get(name))
    .exhaustive();
}

/** Each line of a header is one item: nothing is split. */
function listOf(context: RequestContext, name: string): ParameterText {
  const values = headerValues(context.exchange.headerList, name);
  return values.length === 0 ? undefined : values;
}

/** `a,b` is two items; a name that is not there is none. */
function splitCommas(text: ParameterText): ParameterText {
  return typeof text === "string" ? (text === "" ? [] : text.split(",")) : text;
}
