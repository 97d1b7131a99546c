import { DefinitionError } from "../error/definition-error.ts";

const ROUTE = /^(GET|POST|PUT|PATCH|DELETE) (\/\S*)$/;
const SEGMENT = /^(?:\{[A-Za-z_$][\w$-]*\*?\}|[^{}\\?#\s]*)$/;

/** Refuses what is no `METHOD /template`; returns the route as it is. */
export function checkRoute(route: string): string {
  const match = ROUTE.exec(route);
  if (match === null) {
    throw new DefinitionError(
      "BAD_ROUTE",
      `'${route}' is no route: write "POST /{id}/archive", a method and a path template`,
    );
  }
  checkTemplate(match[2] as string, route);
  return route;
}

/** Refuses a path template with half parameters, empty segments, or a catch-all that is not last. */
export function checkTemplate(template: string, where: string): void {
  const segments = template.split("/").slice(1);
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (!SEGMENT.test(segment) || (segment === "" && !isLast)) {
      throw new DefinitionError(
        "BAD_ROUTE",
        `'${where}' has the segment '${segment}': a segment is literal or one '{key}', and not empty`,
      );
    }
    if (segment.endsWith("*}") && !isLast) {
      throw new DefinitionError("BAD_ROUTE", `'${where}' has the catch-all '${segment}' before its end`);
    }
  });
}
