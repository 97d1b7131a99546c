import { DefinitionError } from "@tenon/core";
import type { Exchange } from "../exchange/exchange.ts";
import { InnerExchange } from "../exchange/inner-exchange.ts";
import { MountedExchange } from "../mount/mounted-exchange.ts";
import { externalOrigin } from "../request/external-url.ts";
import { withoutBase } from "../request/target.ts";
import { type Forwarded, readForwarded } from "./forwarded.ts";
import { compileTrust, type Trust, type TrustProxyOptions } from "./trust.ts";

/** Where callers find an application, as far as it does not see that itself. */
export interface PlaceOptions {
  /**
   * The path before every other, which a proxy or a host takes away or leaves: `/api/v1`. Of a mounted application the place is
   * where it is mounted, and neither this nor the following two have a meaning.
   */
  basePath?: `/${string}`;
  /** The address of the application for the world: `https://shop.example/api`. What is absolute begins with it, whatever `Host` says. */
  publicUrl?: string;
  /**
   * The proxies whose word is taken for who calls, by which scheme and which host: their addresses (`["10.0.0.0/8"]`), or how many
   * there are (1). None by default: whoever may send a header may write anything into it.
   */
  trustProxy?: readonly string[] | number | TrustProxyOptions;
}

/** An exchange as the caller of the outermost proxy meant it. */
class ProxiedExchange extends InnerExchange {
  readonly #place: Place;
  readonly #forwarded: Forwarded | undefined;
  readonly #target: string;
  readonly #basePath: string;

  constructor(outer: Exchange, place: Place) {
    super(outer);
    this.#place = place;
    this.#forwarded = place.trust === undefined ? undefined : readForwarded(outer, place.trust);
    const base = this.#forwarded?.prefix ?? place.basePath;
    this.#target = outer.basePath === "" ? withoutBase(outer.target, base) : outer.target;
    this.#basePath = base + outer.basePath;
  }

  override get target(): string {
    return this.#target;
  }

  override get basePath(): string {
    return this.#basePath;
  }

  override get host(): string | undefined {
    return this.#forwarded?.host ?? this.outer.host;
  }

  override get publicOrigin(): string | undefined {
    return this.#place.origin;
  }

  override get remoteAddress(): string {
    return this.#forwarded?.address ?? this.outer.remoteAddress;
  }

  override get isSecure(): boolean {
    return this.#forwarded?.isSecure ?? this.outer.isSecure;
  }

  override toRequest(): Request {
    const { target } = this;
    const url = new URL(externalOrigin(this) + (target.startsWith("/") ? target : "/"));
    return new Request(url, this.outer.toRequest());
  }
}

interface Place {
  readonly basePath: string;
  readonly origin: string | undefined;
  readonly trust: Trust | undefined;
}

/** Compiles how requests come in; undefined where they come as they are. Throws a `DefinitionError` for what makes no sense. */
export function compileEntrance(options: PlaceOptions): ((exchange: Exchange) => Exchange) | undefined {
  const { basePath, publicUrl, trustProxy } = options;
  if (basePath === undefined && publicUrl === undefined && trustProxy === undefined) {
    return undefined;
  }
  const outside = publicUrl === undefined ? undefined : readPublicUrl(publicUrl);
  if (basePath !== undefined && basePath !== "/" && !/^(?:\/[^/{}?#\s\\]+)+$/.test(basePath)) {
    throw new DefinitionError(
      "BAD_PREFIX",
      `basePath: '${basePath}' is no path: write '/api', which starts with '/', does not end with it, and has no parameters`,
    );
  }
  const own = basePath === "/" ? "" : basePath;
  if (own !== undefined && outside !== undefined && outside.path !== "" && outside.path !== own) {
    throw new DefinitionError(
      "BAD_OPTION",
      `publicUrl ends with '${outside.path}', and basePath is '${basePath}': write one of them, or the same twice`,
    );
  }
  const place: Place = {
    basePath: own ?? outside?.path ?? "",
    origin: outside?.origin,
    trust: trustProxy === undefined ? undefined : compileTrust(trustProxy),
  };
  return (exchange) =>
    exchange instanceof MountedExchange ? exchange : new ProxiedExchange(exchange, place);
}

function readPublicUrl(text: string): { readonly origin: string; readonly path: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined && /^https?:$/.test(url.protocol) && url.search + url.hash + url.username === "";
  if (!isPlain) {
    throw new DefinitionError(
      "BAD_OPTION",
      `publicUrl: '${text}' is no address of an application: write 'https://shop.example', with a path where it has one`,
    );
  }
  return { origin: url.origin, path: url.pathname.replace(/\/$/, "") };
}
