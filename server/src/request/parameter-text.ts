import type { RequestContext } from "./request-context.ts";
import { headerValues } from "./request-context.ts";
import type { ParameterRead } from "./parameter-plan.ts";

/** The text of a parameter as it was sent: undefined where it was not, several where its name was repeated. */
export type ParameterText = string | readonly string[] | undefined;

/** Makes the function that fetches a parameter's text from its place. */
export function compileFetch(read: ParameterRead): (context: RequestContext) => ParameterText {
  const { parameter, pathIndex, isList } = read;
  const { name } = parameter;
  switch (parameter.in) {
    case "path":
      return (context) => context.values[pathIndex];
    case "query":
      if (parameter.isCommaSeparated) {
        return (context) => splitCommas(context.readQuery()[name]);
      }
      return (context) => context.readQuery()[name];
    case "header":
      if (isList) {
        return (context) => {
          const values = headerValues(context.exchange.headerList, name);
          return values.length === 0 ? undefined : values;
        };
      }
      return (context) => context.exchange.header(name);
    case "cookie":
      return (context) => context.requestCookies.get(name);
  }
}

/** `a,b` is two items; a name that is not there is none. */
function splitCommas(text: ParameterText): ParameterText {
  return typeof text === "string" ? (text === "" ? [] : text.split(",")) : text;
}
