import type { AnyDependency, Middleware } from "@tenon/core";
import type { DescribeOptions, OpenAPIObject } from "@tenon/core/openapi";
import type { Background } from "../background.ts";
import type { Mountable } from "../mount/mounts.ts";

/** What a plugin brings to an application: any of these, and nothing has to be. */
export interface PluginParts {
  /** Names of plugins that have to be in the application, too. They come before this one. */
  readonly needs?: readonly string[];
  /** Routers by key, beside those of the application: clients see them in its type. */
  readonly routes?: object;
  /** What procedures of the application may use: `metering.dependencies.caller`. */
  readonly dependencies?: Readonly<Record<string, AnyDependency>>;
  /** Around every request, outside of the application's own. */
  readonly middleware?: readonly Middleware[];
  readonly mounts?: Readonly<Record<`/${string}`, Mountable>>;
  /** What runs for as long as the application does. */
  readonly background?: readonly Background[];
  readonly tags?: DescribeOptions["tags"];
  readonly webhooks?: DescribeOptions["webhooks"];
  /** Changes the document, before the application has its last word (`transform`). */
  readonly transform?: (document: OpenAPIObject) => OpenAPIObject;
}

/** One unit that is installed: `createApp(routes, { plugins: [metering] })`. */
export interface Plugin<Routes extends object, Dependencies> {
  readonly name: string;
  readonly "~routes": Routes;
  /** The dependencies that it brings, for `.use`. */
  readonly dependencies: Dependencies;
  readonly "~parts": PluginParts;
}

/** The top of the constraint. */
export type AnyPlugin = Plugin<object, unknown>;

/** The routers of an application with those of its plugins. */
export type WithPlugins<
  Routes extends object,
  Plugins extends readonly AnyPlugin[],
> = Plugins extends readonly [infer First extends AnyPlugin, ...infer Rest extends readonly AnyPlugin[]]
  ? WithPlugins<Routes & First["~routes"], Rest>
  : Routes;

type RoutesIn<Parts> = Parts extends { readonly routes: infer Routes extends object } ? Routes : {};
type DependenciesIn<Parts> = Parts extends { readonly dependencies: infer Dependencies } ? Dependencies : {};

/**
 * Makes a plugin: what belongs together of routers, dependencies, middleware and words in the document, as one value.
 *
 *     export const health = plugin("health", { routes: { health: router({ list: … }) } });
 */
export function plugin<const Parts extends PluginParts>(
  name: string,
  parts: Parts,
): Plugin<RoutesIn<Parts>, DependenciesIn<Parts>> {
  return Object.freeze({
    name,
    dependencies: (parts.dependencies ?? {}) as DependenciesIn<Parts>,
    "~routes": (parts.routes ?? {}) as RoutesIn<Parts>,
    "~parts": parts,
  });
}
