import type { Operation } from "../operation/operation.ts";
import { NAMING } from "../router/naming.ts";
import { singular, wordsOf } from "./words.ts";

/** What an operation is called where its author did not say: `items.read` → "Read item". */
export function summaryOf({ id, kind, parameters }: Operation): string {
  const names = id.split(".");
  const name = names.at(-1) as string;
  const noun = wordsOf(names.at(-2) ?? "").join(" ");
  const isOfOne = parameters.some((parameter) => parameter.in === "path");
  if (Object.hasOwn(NAMING, name)) {
    return sentence(`${name} ${name === "list" ? noun : singular(noun)}`);
  }
  // `articles.favorite` acts on one article; `users.login` stands for itself.
  const verb = wordsOf(name).join(" ");
  return sentence(kind === "mutation" && isOfOne ? `${verb} ${singular(noun)}` : verb);
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
