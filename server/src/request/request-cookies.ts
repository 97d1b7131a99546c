import type { CookieAttributes, Cookies } from "@tenon/core";
import { parseCookie, stringifySetCookie } from "cookie";
import type { ReplyHeaders } from "../response/reply-headers.ts";

/** Who carries the headers of the reply. */
interface Carrier {
  readonly response: { readonly headers: Pick<ReplyHeaders, "append"> };
}

/** The cookies of one request, and those that its reply sets. */
export class RequestCookies implements Cookies {
  readonly #values: Readonly<Record<string, string | undefined>>;
  readonly #carrier: Carrier;

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
    const cookie = {
      path: "/",
      httpOnly: true,
      secure: true,
      sameSite: "lax" as const,
      ...attributes,
      name,
      value,
    };
    this.#carrier.response.headers.append("set-cookie", stringifySetCookie(cookie));
  }

  delete(name: string, attributes: Pick<CookieAttributes, "domain" | "path"> = {}): void {
    this.set(name, "", { ...attributes, maxAge: 0 });
  }
}
