import type { IsAny } from "@tenon/core";
import type { AnyAlarm, ClientOf } from "./client-of.ts";
import type { ClientOptions } from "./client-options.ts";
import type { RestOf } from "./rest-of.ts";

/** The client of an application: RPC style by name, REST style by method. */
export type Client<App extends { "~routes": unknown }> = ClientOf<App["~routes"]> & RestOf<App["~routes"]>;

declare const run: (options: ClientOptions) => unknown;

/** Makes the client of an application from its type alone: `createClient<App>({ url })`. */
export function createClient<App extends { "~routes": unknown }>(
  options: IsAny<App> extends true ? AnyAlarm : ClientOptions,
): IsAny<App> extends true ? AnyAlarm : Client<App> {
  return run(options as ClientOptions) as never;
}
