/** The cookies of a test client, kept as a browser would keep them for one origin (RFC 6265, 5.3, 5.4). */
export class CookieJar {
  readonly #cookies = new Map<
    string,
    { readonly value: string; readonly path: string; readonly ends: number }
  >();

  constructor(cookies: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(cookies)) {
      this.set(name, value);
    }
  }

  /** The value of a cookie; undefined where there is none, or its time is over. */
  get(name: string): string | undefined {
    const cookie = this.#cookies.get(name);
    return cookie === undefined || cookie.ends <= Date.now() ? undefined : cookie.value;
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, { value, path: "/", ends: Number.POSITIVE_INFINITY });
  }

  delete(name: string): void {
    this.#cookies.delete(name);
  }

  clear(): void {
    this.#cookies.clear();
  }

  /** The `Cookie` header of a request to a path; undefined where none goes there. */
  header(path: string): string | undefined {
    const sent = [...this.#cookies]
      .filter(([, cookie]) => cookie.ends > Date.now() && isBelow(path, cookie.path))
      .map(([name, { value }]) => `${name}=${value}`);
    return sent.length === 0 ? undefined : sent.join("; ");
  }

  /** Keeps what a response sets, and forgets what it ends. */
  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const equals = pair.indexOf("=");
      if (equals > 0) {
        const read = attributesOf(attributes);
        this.#cookies.set(pair.slice(0, equals), {
          value: pair.slice(equals + 1),
          path: read["path"]?.startsWith("/") === true ? read["path"] : "/",
          ends: endOf(read),
        });
      }
    }
  }
}

function attributesOf(attributes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    attributes.map((attribute) => {
      const equals = attribute.indexOf("=");
      return equals < 0
        ? [attribute.toLowerCase(), ""]
        : [attribute.slice(0, equals).trim().toLowerCase(), attribute.slice(equals + 1).trim()];
    }),
  );
}

/** `Max-Age` goes before `Expires`. */
function endOf(attributes: Readonly<Record<string, string>>): number {
  const seconds = attributes["max-age"];
  if (seconds !== undefined && /^-?\d+$/.test(seconds)) {
    return Date.now() + Number(seconds) * 1000;
  }
  const expires = Date.parse(attributes["expires"] ?? "");
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires;
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
