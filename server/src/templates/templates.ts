import { existsSync } from "node:fs";
import { type Context, DefinitionError } from "@tenon/core";
import { Eta } from "eta";

/** What a template is shown with: made by `page<{ id: string }>()`. */
export interface Page<Data extends object> {
  readonly "~data"?: Data;
}

/** Names a template's data: `pages: { item: page<{ id: string }>() }`. */
export function page<Data extends object = object>(): Page<Data> {
  return {};
}

/** Where templates are, and which there are. */
export interface TemplateOptions<Pages extends Readonly<Record<string, Page<object>>>> {
  /** The folder: `item` is the file `item.eta` in it. */
  readonly dir: string;
  /** The templates that are rendered by name; those that they include, and their layouts, need not be here. */
  readonly pages: Pages;
  /** False to read files again for every page, while they are written; true by default. */
  readonly cache?: boolean;
}

/** Templates of HTML. */
export interface Templates<Pages extends Readonly<Record<string, Page<object>>>> {
  /**
   * A page as text, for `.output(html())`. What `<%= %>` writes is escaped; `urlFor` is there by the ids of operations
   * (`urlFor("items.read", { id: 7 })`) and the paths of mounts (`urlFor("/static", "styles.css")`). Throws what a template throws.
   */
  render<Name extends keyof Pages & string>(
    ctx: Context,
    name: Name,
    data: NonNullable<Pages[Name]["~data"]>,
  ): string;
}

/**
 * Templates of Eta, in a folder: `const views = templates({ dir: "views", pages: { item: page<{ id: string }>() } })`. Each is read and
 * compiled at once; throws a `DefinitionError` for one that is not there, or cannot be read.
 */
export function templates<const Pages extends Readonly<Record<string, Page<object>>>>(
  options: TemplateOptions<Pages>,
): Templates<Pages> {
  const { dir, pages, cache = true } = options;
  if (!existsSync(dir)) {
    throw new DefinitionError("BAD_TEMPLATE", `templates: there is no folder '${dir}'`);
  }
  const eta = new Eta({
    views: dir,
    cache,
    autoEscape: true,
    escapeFunction: (value) =>
      value === undefined || value === null ? "" : escapeText((value as number | string).toString()),
    functionHeader: "const urlFor = it.urlFor;",
  });
  for (const name of Object.keys(pages)) {
    try {
      eta.compile(eta.readFile(eta.resolvePath(name)));
    } catch (error) {
      throw new DefinitionError(
        "BAD_TEMPLATE",
        `templates: '${name}' of '${dir}': ${(error as Error).message}`,
      );
    }
  }
  return {
    render: (ctx, name, data) => eta.render(name, { ...data, urlFor: ctx.urlFor }),
  };
}

const ESCAPED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** For texts and for attributes in quotes; an address or a script in an attribute is no text, and not made safe by it. */
function escapeText(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ESCAPED[character] as string);
}
