import { DefinitionError } from "../error/definition-error.ts";
import { readShape } from "./shape.ts";

// RFC 9110, 5.1 and 5.6.2; a cookie's name is a token, too (RFC 6265, 4.1.1).
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/** Headers that are somebody else's to say. */
const TAKEN: Readonly<Record<string, string>> = {
  "set-cookie": 'write .responseCookies("session")',
  "content-type": "the output says it",
  "content-length": "the server says it",
  "transfer-encoding": "the server says it",
};

/** Reads `.responseHeaders({ "x-total": z.int() })`. */
export function readResponseHeaders(headers: Record<string, unknown>, where: string): Map<string, unknown> {
  const fields = readShape(headers, where);
  for (const name of fields.keys()) {
    const reason = TOKEN.test(name) ? TAKEN[name.toLowerCase()] : "it is no header name (RFC 9110, 5.1)";
    if (reason !== undefined) {
      throw new DefinitionError(
        "BAD_HEADER",
        `${where}: the response header '${name}' cannot be declared: ${reason}`,
      );
    }
  }
  return fields;
}

/** Reads `.responseCookies("session")`. */
export function readResponseCookies(names: readonly string[], where: string): readonly string[] {
  for (const name of names) {
    if (!TOKEN.test(name)) {
      throw new DefinitionError("BAD_HEADER", `${where}: '${name}' is no name of a cookie (RFC 6265, 4.1.1)`);
    }
  }
  return names;
}
