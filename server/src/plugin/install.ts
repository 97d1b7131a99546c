import { DefinitionError } from "@tenon/core";
import type { AnyPlugin, PluginParts } from "./plugin.ts";

type Extensible = Pick<
  PluginParts,
  "middleware" | "mounts" | "background" | "tags" | "webhooks" | "transform"
>;

/** An application's routers and options with what its plugins bring. Throws a `DefinitionError` where two want the same place. */
export function install<Options extends Extensible>(
  routes: object,
  options: Options,
  plugins: readonly AnyPlugin[],
): { readonly routes: object; readonly options: Options } {
  const ordered = inOrder(plugins);
  if (ordered.length === 0) {
    return { routes, options };
  }
  const parts = ordered.map((each) => each["~parts"]);
  const transforms = [...parts, options].flatMap(({ transform }) => transform ?? []);
  return {
    routes: joined("the router", routes, ordered, (each) => each["~routes"]),
    options: {
      ...options,
      middleware: [...parts, options].flatMap(({ middleware }) => middleware ?? []),
      background: [...parts, options].flatMap(({ background }) => background ?? []),
      tags: [options, ...parts].flatMap(({ tags }) => tags ?? []),
      mounts: joined("the mount", options.mounts, ordered, (each) => each["~parts"].mounts),
      webhooks: joined("the webhook", options.webhooks, ordered, (each) => each["~parts"].webhooks),
      transform: (document: Parameters<NonNullable<Extensible["transform"]>>[0]) =>
        transforms.reduce((changed, transform) => transform(changed), document),
    },
  };
}

/** What the application has and what its plugins add to it, each key once. */
function joined(
  what: string,
  own: object | undefined,
  plugins: readonly AnyPlugin[],
  partOf: (plugin: AnyPlugin) => object | undefined,
): Record<string, never> {
  const all: Record<string, unknown> = { ...own };
  const from = new Map(Object.keys(all).map((key) => [key, "the application"]));
  for (const each of plugins) {
    for (const [key, value] of Object.entries(partOf(each) ?? {})) {
      const other = from.get(key);
      if (other !== undefined) {
        throw new DefinitionError(
          "DUPLICATE_PLUGIN",
          `${what} '${key}' comes from the plugin '${each.name}' and from ${other}: rename one of them`,
        );
      }
      from.set(key, `the plugin '${each.name}'`);
      all[key] = value;
    }
  }
  return all as Record<string, never>;
}

/** As they are listed, but for those that others need: they come right before the first that does. The same plugin twice is one. */
function inOrder(plugins: readonly AnyPlugin[]): readonly AnyPlugin[] {
  const byName = new Map<string, AnyPlugin>();
  for (const each of plugins) {
    const other = byName.get(each.name);
    if (other !== undefined && other !== each) {
      throw new DefinitionError(
        "DUPLICATE_PLUGIN",
        `there are two plugins '${each.name}': leave one out, or give it another name`,
      );
    }
    byName.set(each.name, each);
  }
  const ordered = new Set<AnyPlugin>();
  const add = (each: AnyPlugin, users: readonly string[]): void => {
    const path = [...users, each.name];
    if (users.includes(each.name)) {
      throw new DefinitionError("PLUGIN_CYCLE", `plugins need each other: ${path.join(" → ")}`);
    }
    for (const name of each["~parts"].needs ?? []) {
      const needed = byName.get(name);
      if (needed === undefined) {
        throw new DefinitionError(
          "MISSING_PLUGIN",
          `the plugin '${each.name}' needs the plugin '${name}', which the application does not have: add it to 'plugins'`,
        );
      }
      if (!ordered.has(needed)) {
        add(needed, path);
      }
    }
    ordered.add(each);
  };
  for (const each of byName.values()) {
    if (!ordered.has(each)) {
      add(each, []);
    }
  }
  return [...ordered];
}
