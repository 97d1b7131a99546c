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

/** The address of a request. Target and host come from outside: neither can put the address elsewhere, or make it none. */
export function absoluteUrl(target: string, host: string | undefined): URL {
  const path = originForm(target);
  return new URL(originOf(host) + (path.startsWith("/") ? path : "/"));
}

function originOf(host: string | undefined): string {
  if (host !== undefined && /^[^/?#@\\\s]+$/.test(host) && URL.canParse(`http://${host}`)) {
    return `http://${host}`;
  }
  return "http://localhost";
}
