import type { CookieAttributes, Cookies } from "@tenon/core";
import { parseCookie } from "cookie";
import type { ReplyHeaders } from "../response/reply-headers.ts";
import { writeSetCookie } from "../response/set-cookie.ts";

/** Who carries the headers of the reply. */
interface Carrier {
  readonly addedHeaders: Pick<ReplyHeaders, "replace">;
}

/** The cookies of one request, and those that its reply sets. */
export class RequestCookies implements Cookies {
  readonly #values: Readonly<Record<string, string | undefined>>;
  readonly #carrier: Carrier;
  readonly #written = new Map<string, string>();

  constructor(header: string | undefined, carrier: Carrier) {
    this.#values = header === undefined ? Object.create(null) : parseCookie(header);
    this.#carrier = carrier;
  }

  get(name: string): string | undefined {
    return this.#values[name];
  }

  /** All names and values, for parameter models that refuse unknown ones. */
  all(): Readonly<Record<string, string | undefined>> {
    return this.#values;
  }

  set(name: string, value: string, attributes: CookieAttributes = {}): void {
    const text = writeSetCookie(name, value, attributes);
    // Two of one name, domain and path would leave it to the browser which one counts (RFC 6265, 4.1.1).
    const key = `${name};${attributes.domain ?? ""};${attributes.path ?? "/"}`;
    this.#carrier.addedHeaders.replace("set-cookie", this.#written.get(key), text);
    this.#written.set(key, text);
  }

  delete(name: string, attributes: Pick<CookieAttributes, "domain" | "path"> = {}): void {
    this.set(name, "", { ...attributes, maxAge: 0 });
  }
}
