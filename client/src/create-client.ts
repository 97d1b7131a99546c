import type { IsAny } from "@tenon/core";
import type { AnyAlarm, ClientOf } from "./client-of.ts";
import type { ClientOptions } from "./client-options.ts";
import { clientProxy } from "./call/proxy.ts";
import type { RestOf } from "./rest-of.ts";

/** The client of an application: RPC style by name, REST style by method. */
export type Client<App extends { "~routes": unknown }> = ClientOf<App["~routes"]> & RestOf<App["~routes"]>;

/** Makes the client of an application from its type alone: `createClient<App>({ url })`. */
export function createClient<App extends { "~routes": unknown }>(
  options: IsAny<App> extends true ? AnyAlarm : ClientOptions,
): IsAny<App> extends true ? AnyAlarm : Client<App> {
  return connect(options as ClientOptions) as never;
}

function connect(options: ClientOptions): unknown {
  const { fetch: own, url = own === undefined ? "" : "http://localhost" } = options;
  return clientProxy({
    options,
    url: url.endsWith("/") ? url.slice(0, -1) : url,
    // The global one is looked up for each call: it may be replaced, and needs no `Request`.
    fetch:
      own === undefined
        ? (address, init) => fetch(address, init)
        : (address, init) => own(new Request(address, init)),
  });
}
