/** The path of a code's page, below the docs. */
export const PROBLEM_PATH = "/problems/";

interface Options {
  readonly problemTypes?: boolean | string;
  readonly docs?: string | false;
  readonly openapi?: string | false;
}

/** What makes the type of a problem from its code; undefined for `about:blank`. */
export function problemTypeOf({
  problemTypes = false,
  docs = "/docs",
  openapi,
}: Options): ((code: string) => string) | undefined {
  if (typeof problemTypes === "string") {
    return (code) => problemTypes + encodeURIComponent(code);
  }
  return problemTypes && docs !== false && openapi !== false
    ? (code) => docs + PROBLEM_PATH + encodeURIComponent(code)
    : undefined;
}
