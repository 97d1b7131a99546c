/**
 * Control characters, the backslash and the fragment's `#` have no place in a path; anything outside ASCII must be
 * percent-encoded (RFC 3986, 2).
 */
export function hasForbidden(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 32 || code >= 127 || code === 92 || code === 35) {
      return true;
    }
  }
  return false;
}

/** A path segment's text; undefined where its percent-encoding is no UTF-8, or hides a control character. */
export function decodeSegment(segment: string): string | undefined {
  if (!segment.includes("%")) {
    return segment;
  }
  let text: string;
  try {
    text = decodeURIComponent(segment);
  } catch {
    return undefined;
  }
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 127) {
      return undefined;
    }
  }
  return text;
}

/** The origin form of a request target: absolute-form loses its scheme and authority (RFC 9112, 3.2.2). */
export function originForm(target: string): string {
  if (target.startsWith("/") || target === "*") {
    return target;
  }
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target);
  if (match === null) {
    return target;
  }
  const rest = target.slice(match[0].length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** The authority of a target in absolute form: `shop.example:8080`. */
export function authorityOf(target: string): string | undefined {
  return /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target)?.[1];
}

/** A target without the path that leads to the application; the same target where it does not begin with that. */
export function withoutBase(target: string, basePath: string): string {
  const path = originForm(target);
  if (basePath === "" || !path.startsWith(basePath)) {
    return target;
  }
  const rest = path.slice(basePath.length);
  return rest === "" || rest.startsWith("?") ? `/${rest}` : rest.startsWith("/") ? rest : target;
}
